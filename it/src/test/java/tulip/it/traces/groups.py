# SPDX-License-Identifier: Apache-2.0
"""Task groups: who is waited for, who is cancelled, and what is thrown."""
import asyncio

from tracing import Boom, failures, join, outcome, settle, start, tick, trace


class _Fatal(BaseException):
    """What no `except Exception` catches."""


async def _sleeper(name, seconds):
    try:
        await asyncio.sleep(seconds)
        trace(f"{name} is done")
    except asyncio.CancelledError:
        trace(f"{name} is cancelled")
        raise


async def _fail_after(seconds, message):
    await asyncio.sleep(seconds)
    raise Boom(message)


async def a_group_waits_for_all_its_children():
    async with asyncio.TaskGroup() as group:
        group.create_task(_sleeper("a", 2))
        group.create_task(_sleeper("b", 1))
        trace("the block ends")
    trace("the group ends")


async def children_start_in_order_and_not_inline():
    async def child(name):
        trace(f"{name} starts")

    async with asyncio.TaskGroup() as group:
        for name in "abc":
            group.create_task(child(name))
        trace("the block ends")


async def an_empty_group():
    asyncio.get_running_loop().call_soon(trace, "callback")
    async with asyncio.TaskGroup():
        trace("the block ends")
    trace("the group ends")
    await tick()


async def a_failing_child_cancels_its_sibling():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(_sleeper("a", 2))
            group.create_task(_fail_after(1, "boom"))
    except ExceptionGroup as e:
        trace(f"caught {failures(e)}")


async def a_failing_child_cuts_the_block():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(_fail_after(1, "boom"))
            try:
                await asyncio.sleep(2)
                trace("never")
            finally:
                trace("the block is cut")
    except ExceptionGroup as e:
        trace(f"caught {failures(e)}")
    await tick()
    trace("and no cancellation is left")


async def no_failure_is_lost():
    async def fail_when_cancelled():
        try:
            await asyncio.sleep(2)
        finally:
            raise Boom("in the clean-up")

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(_fail_after(1, "first"))
            group.create_task(_fail_after(1, "second"))
            group.create_task(fail_when_cancelled())
    except ExceptionGroup as e:
        trace(f"caught {failures(e)}")


async def a_failing_block_cancels_the_children():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(_sleeper("a", 1))
            await tick()
            raise Boom("boom")
    except ExceptionGroup as e:
        trace(f"caught a group of {failures(e)}")
    except Boom as e:
        trace(f"caught {e}")


async def a_block_that_fails_and_a_child_that_fails_in_its_clean_up():
    async def fail_when_cancelled():
        try:
            await asyncio.sleep(2)
        finally:
            raise Boom("the child")

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail_when_cancelled())
            await tick()
            raise Boom("the block")
    except ExceptionGroup as e:
        trace(f"caught a group of {failures(e)}")


async def a_group_inside_a_group():
    async def inner():
        async with asyncio.TaskGroup() as group:
            group.create_task(_fail_after(1, "inner"))
            group.create_task(_sleeper("sibling", 2))

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(inner())
            group.create_task(_sleeper("cousin", 3))
    except ExceptionGroup as e:
        trace(f"caught {failures(e)}")


async def cancelling_the_owner_cancels_the_child():
    async def owner():
        async with asyncio.TaskGroup() as group:
            group.create_task(_sleeper("a", 1))

    task = start(owner())
    await settle()
    task.cancel()
    await join(task)
    trace(outcome(task))


async def cancelling_the_owner_while_a_child_fails_in_its_clean_up():
    async def fail_when_cancelled():
        try:
            await asyncio.sleep(2)
        finally:
            raise Boom("boom")

    async def owner():
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(fail_when_cancelled())
        except ExceptionGroup as e:
            trace(f"caught {failures(e)}")
        await asyncio.sleep(1)
        trace("never")

    task = start(owner())
    await settle()
    task.cancel()
    await join(task)
    trace(outcome(task))


async def a_cancelled_child_is_no_failure():
    async with asyncio.TaskGroup() as group:
        child = group.create_task(_sleeper("a", 1))
        group.create_task(_sleeper("b", 2))
        await tick()
        child.cancel()
    trace(outcome(child))


async def a_child_starts_a_sibling():
    async def child(group):
        group.create_task(_sleeper("sibling", 1))
        trace("child is done")

    async with asyncio.TaskGroup() as group:
        group.create_task(child(group))
    trace("the group ends")


async def a_finished_group_takes_no_children():
    async with asyncio.TaskGroup() as group:
        pass
    child = _sleeper("late", 1)
    try:
        group.create_task(child)
    except RuntimeError:
        trace("refused")
    child.close()


async def an_error_that_is_no_exception():
    async def fail():
        await tick()
        raise _Fatal("fatal")

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(_sleeper("a", 1))
            group.create_task(fail())
    except BaseExceptionGroup as e:
        trace(f"caught {failures(e)}")


async def a_limit_around_a_group():
    try:
        async with asyncio.timeout(2):
            async with asyncio.TaskGroup() as group:
                group.create_task(_sleeper("a", 1))
                group.create_task(_sleeper("b", 3))
    except TimeoutError:
        trace("too late")


async def a_child_for_a_group_that_gives_up():
    async def replace(group):
        try:
            await asyncio.sleep(2)
        finally:
            late = _sleeper("the late child", 1)
            try:
                group.create_task(late)
            except RuntimeError:
                trace("refused")
                late.close()

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(replace(group))
            group.create_task(_fail_after(1, "boom"))
    except ExceptionGroup as e:
        trace(f"caught {failures(e)}")
