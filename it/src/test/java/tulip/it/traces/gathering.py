# SPDX-License-Identifier: Apache-2.0
"""Doing several things at once, and waiting for some of them."""
import asyncio

from tracing import Boom, join, outcome, settle, start, tick, trace


async def _after(seconds, result):
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        trace(f"{result} is cancelled")
        raise
    trace(f"{result} is done")
    return result


async def _fail_after(seconds):
    await asyncio.sleep(seconds)
    raise Boom("boom")


def _names(tasks):
    return " ".join(sorted(task.get_name() for task in tasks))


async def gather_gives_the_results_in_the_order_of_the_calls():
    results = await asyncio.gather(_after(3, "a"), _after(1, "b"), _after(2, "c"))
    trace(" ".join(results))


async def gather_throws_the_first_failure():
    try:
        await asyncio.gather(_after(1, "a"), _fail_after(2), _after(3, "c"))
    except Boom as e:
        trace(f"caught {e}")
    await asyncio.sleep(5)
    trace("much later")


async def cancelling_a_gather_cancels_its_calls():
    async def work():
        await asyncio.gather(_after(1, "a"), _after(2, "b"))

    task = start(work())
    await settle()
    task.cancel()
    await join(task)
    trace(outcome(task))


async def waiting_for_the_first():
    tasks = [start(_after(seconds, name), name) for seconds, name in ((3, "a"), (1, "b"), (2, "c"))]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    trace(f"done: {_names(done)}")
    trace(f"pending: {_names(pending)}")
    await join(*tasks)


async def waiting_for_the_first_failure():
    tasks = [
        start(_after(1, "a"), "a"), start(_fail_after(2), "failing"), start(_after(3, "c"), "c")]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    trace(f"done: {_names(done)}")
    trace(f"pending: {_names(pending)}")
    await join(*tasks)
    trace(outcome(tasks[1]))


async def waiting_for_all_with_a_limit():
    tasks = [start(_after(1, "a"), "a"), start(_after(3, "b"), "b")]
    done, pending = await asyncio.wait(tasks, timeout=2)
    trace(f"done: {_names(done)}")
    trace(f"pending: {_names(pending)}")
    await join(*tasks)


async def a_cancelled_wait_leaves_the_tasks_alone():
    task = start(_after(1, "a"))
    waiter = start(asyncio.wait([task]))
    await settle()
    waiter.cancel()
    await join(waiter)
    trace(f"the waiter: {outcome(waiter)}")
    await join(task)


async def as_completed_gives_the_first_that_is_done_first():
    tasks = [start(_after(3, "a")), start(_after(1, "b")), start(_after(2, "c"))]
    for done in asyncio.as_completed(tasks):
        trace(f"got {await done}")


async def as_completed_with_a_limit():
    tasks = [start(_after(1, "a")), start(_after(3, "b"))]
    try:
        for done in asyncio.as_completed(tasks, timeout=2):
            trace(f"got {await done}")
    except TimeoutError:
        trace("too late")
    await join(*tasks)


async def wait_for_a_task_in_time():
    trace(await asyncio.wait_for(start(_after(1, "a")), 2))


async def wait_for_a_task_that_is_late():
    task = start(_after(3, "a"))
    try:
        await asyncio.wait_for(task, 2)
    except TimeoutError:
        trace("too late")
    trace(outcome(task))


async def wait_for_returns_when_a_late_task_has_cleaned_up():
    async def work():
        try:
            await asyncio.sleep(3)
        finally:
            await asyncio.sleep(1)
            trace("cleaned up")

    try:
        await asyncio.wait_for(start(work()), 2)
    except TimeoutError:
        trace("too late")


async def wait_for_a_task_that_finishes_when_it_is_cancelled():
    async def work():
        try:
            await asyncio.sleep(3)
        except asyncio.CancelledError:
            return "done all the same"

    trace(await asyncio.wait_for(start(work()), 2))


async def wait_for_a_task_that_fails_when_it_is_cancelled():
    async def work():
        try:
            await asyncio.sleep(3)
        finally:
            raise Boom("boom")

    try:
        await asyncio.wait_for(start(work()), 2)
    except Boom as e:
        trace(f"caught {e}")


async def cancelling_who_waits_for_a_task():
    task = start(_after(3, "a"))

    async def work():
        await asyncio.wait_for(task, 2)

    waiter = start(work())
    await settle()
    waiter.cancel()
    await join(waiter)
    trace(f"the waiter: {outcome(waiter)}")
    trace(f"the task: {outcome(task)}")


async def a_shielded_task_outlives_who_awaits_it():
    task = start(_after(1, "a"))

    async def work():
        await asyncio.shield(task)

    waiter = start(work())
    await tick()
    waiter.cancel()
    await join(waiter)
    trace(f"the waiter: {outcome(waiter)}")
    trace(f"the task: {outcome(task)}")
    await join(task)
    trace(f"the task: {outcome(task)}")
