# SPDX-License-Identifier: Apache-2.0
"""Cancelling tasks: requests, when they are seen, and what comes of them."""
import asyncio

from tracing import Boom, join, outcome, start, tick, trace


async def cancelled_in_a_wait():
    async def work():
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError as e:
            trace(f"cancelled: {e}")
            raise

    task = start(work())
    await tick()
    trace(f"cancel: {task.cancel('enough')}".lower())
    trace(outcome(task))
    await join(task)
    trace(outcome(task))
    trace(f"cancel: {task.cancel()}".lower())


async def cancelled_before_the_start():
    async def work():
        trace("the first step")
        await tick()
        trace("the second step")

    task = start(work())
    task.cancel()
    await join(task)
    trace(outcome(task))


async def a_swallowed_request_comes_once():
    async def work():
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            trace("swallowed")
        await asyncio.sleep(1)
        return "slept again"

    task = start(work())
    await tick()
    task.cancel()
    await join(task)
    trace(outcome(task))
    trace(f"requests: {task.cancelling()}")


async def two_requests_before_the_turn_end_one_wait():
    async def work():
        for _ in range(2):
            try:
                await asyncio.sleep(1)
                trace("slept")
            except asyncio.CancelledError as e:
                trace(f"cancelled: {e}")

    task = start(work())
    await tick()
    task.cancel("one")
    task.cancel("two")
    await join(task)
    trace(f"requests: {task.cancelling()}")


async def a_second_request_cuts_the_clean_up():
    async def work():
        try:
            await asyncio.sleep(1)
        finally:
            trace("cleaning up")
            await asyncio.sleep(1)
            trace("never")

    task = start(work())
    await tick()
    task.cancel()
    await tick()
    task.cancel()
    await join(task)
    trace(outcome(task))


async def a_clean_up_may_wait():
    async def work():
        try:
            await asyncio.sleep(1)
        finally:
            await asyncio.sleep(1)
            trace("cleaned up")

    task = start(work())
    await tick()
    task.cancel()
    await join(task)
    trace(outcome(task))


async def requests_are_counted_and_taken_back():
    async def work():
        await asyncio.sleep(1)

    task = start(work())
    await tick()
    trace(task.cancelling())
    task.cancel()
    task.cancel()
    trace(task.cancelling())
    for _ in range(3):
        trace(task.uncancel())
    await join(task)
    trace(outcome(task))


async def a_request_taken_back_before_the_wait():
    async def work():
        asyncio.current_task().cancel()
        asyncio.current_task().uncancel()
        await tick()
        return "went on"

    task = start(work())
    await join(task)
    trace(outcome(task))


async def a_request_without_a_wait_behind_it():
    async def work():
        asyncio.current_task().cancel()
        return 42

    task = start(work())
    await join(task)
    trace(outcome(task))


async def a_task_cancels_itself():
    async def work():
        asyncio.current_task().cancel()
        trace("goes on up to its next wait")
        await tick()
        trace("never")

    task = start(work())
    await join(task)
    trace(outcome(task))


async def a_failure_in_the_clean_up_is_the_outcome():
    async def work():
        try:
            await asyncio.sleep(1)
        finally:
            raise Boom("boom")

    task = start(work())
    await tick()
    task.cancel()
    await join(task)
    trace(outcome(task))


async def a_result_in_spite_of_a_request_is_the_outcome():
    async def work():
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            return "done anyway"

    task = start(work())
    await tick()
    task.cancel()
    await join(task)
    trace(outcome(task))


async def cancelling_who_awaits_a_task():
    async def inner():
        await asyncio.sleep(1)
        return "inner result"

    async def outer():
        await task

    task = start(inner())
    waiter = start(outer())
    await tick()
    waiter.cancel()
    await join(waiter, task)
    trace(f"outer: {outcome(waiter)}")
    trace(f"inner: {outcome(task)}")


async def awaiting_a_cancelled_task():
    async def inner():
        await asyncio.sleep(1)

    async def outer():
        await task

    task = start(inner())
    waiter = start(outer())
    await tick()
    task.cancel()
    await join(waiter, task)
    trace(f"inner: {outcome(task)}")
    trace(f"outer: {outcome(waiter)}")


async def catching_exceptions_does_not_catch_cancellation():
    async def work():
        try:
            await asyncio.sleep(1)
        except Exception:
            trace("never")

    task = start(work())
    await tick()
    task.cancel()
    await join(task)
    trace(outcome(task))


async def tasks_are_cancelled_in_the_order_of_the_requests():
    async def work(name):
        try:
            await asyncio.sleep(1)
        finally:
            trace(f"{name} ends")

    a, b, c = [start(work(name)) for name in "abc"]
    await tick()
    for task in (b, c, a):
        task.cancel()
    await join(a, b, c)
