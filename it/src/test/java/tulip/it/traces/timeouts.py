# SPDX-License-Identifier: Apache-2.0
"""Blocks with a limit."""
import asyncio

from tracing import Boom, join, outcome, start, tick, trace


async def a_block_that_is_done_in_time():
    async with asyncio.timeout(2):
        await asyncio.sleep(1)
        trace("done")


async def a_block_that_takes_too_long():
    loop = asyncio.get_running_loop()
    begin = loop.time()
    try:
        async with asyncio.timeout(2):
            await asyncio.sleep(3)
            trace("never")
    except TimeoutError:
        trace(f"too late after {round(loop.time() - begin)} s")
    trace(f"requests left: {asyncio.current_task().cancelling()}")


async def a_limit_of_nothing_cuts_the_first_wait():
    try:
        async with asyncio.timeout(0):
            trace("before the wait")
            await asyncio.sleep(0)
            trace("never")
    except TimeoutError:
        trace("too late")


async def a_block_without_a_wait_is_never_late():
    async with asyncio.timeout(-1):
        trace("done")


async def a_failure_is_no_timeout():
    try:
        async with asyncio.timeout(1):
            raise Boom("boom")
    except Boom as e:
        trace(f"caught {e}")


async def a_failure_in_the_clean_up_of_a_late_block():
    try:
        async with asyncio.timeout(1):
            try:
                await asyncio.sleep(2)
            finally:
                raise Boom("boom")
    except Boom as e:
        trace(f"caught {e}")
    await tick()
    trace("and no cancellation is left")


async def the_inner_limit_comes_first():
    try:
        async with asyncio.timeout(2):
            try:
                async with asyncio.timeout(1):
                    await asyncio.sleep(3)
            except TimeoutError:
                trace("the inner one")
            await asyncio.sleep(3)
    except TimeoutError:
        trace("the outer one")


async def the_outer_limit_comes_first():
    try:
        async with asyncio.timeout(1):
            try:
                async with asyncio.timeout(2):
                    await asyncio.sleep(3)
            except TimeoutError:
                trace("never")
    except TimeoutError:
        trace("the outer one")


async def a_limit_is_moved():
    loop = asyncio.get_running_loop()
    begin = loop.time()
    try:
        async with asyncio.timeout_at(begin + 1) as limit:
            limit.reschedule(begin + 3)
            await asyncio.sleep(2)
            trace("slept")
            await asyncio.sleep(2)
            trace("never")
    except TimeoutError:
        trace(f"too late after {round(loop.time() - begin)} s")


async def a_limit_is_taken_away():
    loop = asyncio.get_running_loop()
    async with asyncio.timeout_at(loop.time() + 1) as limit:
        limit.reschedule(None)
        await asyncio.sleep(2)
        trace("done")


async def a_request_inside_a_block_with_a_limit():
    async def work():
        try:
            async with asyncio.timeout(2):
                await asyncio.sleep(3)
        except TimeoutError:
            trace("never")

    task = start(work())
    await asyncio.sleep(1)
    task.cancel()
    await join(task)
    trace(outcome(task))


async def a_request_and_the_limit_in_one_turn():
    loop = asyncio.get_running_loop()

    async def work():
        try:
            async with asyncio.timeout(1):
                await asyncio.sleep(3)
        except TimeoutError:
            trace("too late")
        await asyncio.sleep(1)
        return "went on"

    task = start(work())
    await tick()
    loop.call_later(1, task.cancel)
    await join(task)
    trace(outcome(task))


async def a_block_that_swallows_its_limit():
    try:
        async with asyncio.timeout(1):
            try:
                await asyncio.sleep(2)
            except asyncio.CancelledError:
                trace("swallowed")
            await asyncio.sleep(2)
            trace("slept again")
    except TimeoutError:
        trace("too late")


async def a_task_that_is_started_in_a_late_block():
    async def work():
        await asyncio.sleep(3)
        trace("the task is done")

    tasks = []
    try:
        async with asyncio.timeout(1):
            tasks.append(start(work()))
            await asyncio.sleep(2)
    except TimeoutError:
        trace("too late")
    await join(*tasks)
