# SPDX-License-Identifier: Apache-2.0
"""Futures: who is told of a result, when, and of what."""
import asyncio

from tracing import Boom, join, outcome, settle, start, tick, trace


def _future():
    return asyncio.get_running_loop().create_future()


async def done_callbacks_run_in_order_and_not_inline():
    future = _future()
    for name in "abc":
        future.add_done_callback(lambda done, name=name: trace(f"{name} sees {outcome(done)}"))
    future.set_result(42)
    trace("the result is set")
    await tick()


async def a_done_callback_added_late_is_queued():
    future = _future()
    future.set_result(42)
    future.add_done_callback(lambda done: trace(outcome(done)))
    trace("added")
    await tick()


async def a_done_callback_added_twice_runs_twice():
    future = _future()
    callback = lambda done: trace(outcome(done))
    future.add_done_callback(callback)
    future.add_done_callback(callback)
    future.set_result(42)
    await tick()


async def a_removed_done_callback_does_not_run():
    future = _future()
    callback = lambda done: trace("never")
    future.add_done_callback(callback)
    future.add_done_callback(lambda done: trace("the other one"))
    future.add_done_callback(callback)
    trace(f"removed {future.remove_done_callback(callback)}")
    trace(f"removed {future.remove_done_callback(callback)}")
    future.set_result(42)
    await tick()


async def a_done_callback_may_add_another():
    future = _future()

    def first(done):
        trace("first")
        done.add_done_callback(lambda _: trace("third"))

    future.add_done_callback(first)
    future.add_done_callback(lambda _: trace("second"))
    future.set_result(42)
    await tick()
    trace("one iteration has passed")
    await tick()


async def who_waits_and_who_is_called_back_stand_in_one_line():
    future = _future()

    async def waiter(name):
        trace(f"{name} got {await future}")

    tasks = [start(waiter("a"))]
    await tick()
    future.add_done_callback(lambda done: trace("callback"))
    tasks.append(start(waiter("b")))
    await tick()
    future.set_result(42)
    await join(*tasks)


async def a_future_is_set_once():
    future = _future()
    trace(outcome(future))
    future.set_result(42)
    for again in (lambda: future.set_result(43), lambda: future.set_exception(Boom())):
        try:
            again()
        except asyncio.InvalidStateError:
            trace("refused")
    trace(f"cancel: {future.cancel()}".lower())
    trace(outcome(future))


async def looking_too_early_is_refused():
    future = _future()
    for look in (future.result, future.exception):
        try:
            look()
        except asyncio.InvalidStateError:
            trace("refused")


async def a_cancelled_future_tells_who_waits():
    future = _future()

    async def waiter():
        try:
            await future
        finally:
            trace("the wait is over")

    task = start(waiter())
    await tick()
    trace(f"cancel: {future.cancel()}".lower())
    trace(f"cancel: {future.cancel()}".lower())
    await join(task)
    trace(f"the waiter: {outcome(task)}")


async def cancelling_who_waits_and_the_future():
    future = _future()

    async def waiter():
        await future

    task = start(waiter())
    await tick()
    task.cancel()
    await join(task)
    trace(f"the waiter: {outcome(task)}")
    trace(f"the future: {outcome(future)}")


async def a_result_that_came_before_the_cancellation():
    future = _future()

    async def waiter():
        trace(f"got {await future}")
        await settle()
        trace("went on")

    task = start(waiter())
    await tick()
    future.set_result(42)
    task.cancel()
    await join(task)
    trace(outcome(task))
