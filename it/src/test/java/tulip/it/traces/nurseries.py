# SPDX-License-Identifier: Apache-2.0
"""trio's nurseries: Tulip's task groups seen from there."""
import trio
from trio.lowlevel import checkpoint

from tracing import Boom, failures, trace


async def _sleeper(name, seconds):
    try:
        await trio.sleep(seconds)
        trace(f"{name} is done")
    except trio.Cancelled:
        trace(f"{name} is cancelled")
        raise


async def _fail_after(seconds, message):
    await trio.sleep(seconds)
    raise Boom(message)


async def a_nursery_waits_for_all_its_children():
    async with trio.open_nursery() as nursery:
        nursery.start_soon(_sleeper, "a", 2)
        nursery.start_soon(_sleeper, "b", 1)
        trace("the block ends")
    trace("the nursery ends")


async def cancelling_a_nursery_cancels_block_and_child():
    async with trio.open_nursery() as nursery:
        nursery.start_soon(_sleeper, "a", 1)
        await checkpoint()
        nursery.cancel_scope.cancel()
        await checkpoint()
        trace("never")
    trace("the nursery ends")


async def a_failing_child_cancels_block_and_sibling():
    try:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_sleeper, "a", 2)
            nursery.start_soon(_fail_after, 1, "boom")
            try:
                await trio.sleep(3)
            finally:
                trace("the block is cut")
    except ExceptionGroup as e:
        trace(f"caught {failures(e)}")


async def the_failures_of_all_children_are_kept():
    async def fail_when_cancelled():
        try:
            await trio.sleep(2)
        finally:
            raise Boom("in the clean-up")

    try:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_fail_after, 1, "first")
            nursery.start_soon(fail_when_cancelled)
    except ExceptionGroup as e:
        trace(f"caught {failures(e)}")


async def a_failing_block():
    try:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_sleeper, "a", 1)
            await checkpoint()
            raise Boom("boom")
    except ExceptionGroup as e:
        trace(f"caught a group of {failures(e)}")
    except Boom as e:
        trace(f"caught {e}")


async def a_failure_in_a_nursery_inside_a_nursery():
    async def inner():
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_fail_after, 1, "inner")

    try:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(inner)
            nursery.start_soon(_sleeper, "cousin", 2)
    except ExceptionGroup as e:
        trace(f"caught {failures(e)}")


async def a_scope_around_a_nursery_reaches_the_children():
    with trio.move_on_after(2) as scope:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_sleeper, "a", 1)
            nursery.start_soon(_sleeper, "b", 3)
    trace(f"cut: {scope.cancelled_caught}".lower())


async def a_scope_around_the_start_does_not_reach_the_child():
    async with trio.open_nursery() as nursery:
        with trio.CancelScope() as scope:
            nursery.start_soon(_sleeper, "a", 1)
            scope.cancel()
            await checkpoint()
            trace("never")
        trace("the scope is left")


async def a_shield_of_a_nursery_lets_it_finish():
    with trio.move_on_after(1) as scope:
        async with trio.open_nursery() as nursery:
            nursery.cancel_scope.shield = True
            nursery.start_soon(_sleeper, "a", 2)
        trace("the nursery ends")
    trace(f"cut: {scope.cancelled_caught}".lower())


async def a_child_that_swallows_its_cancellation_meets_it_again():
    async def stubborn():
        for _ in range(3):
            try:
                await trio.sleep(5)
            except trio.Cancelled:
                trace("cut")

    async with trio.open_nursery() as nursery:
        nursery.start_soon(stubborn)
        await checkpoint()
        nursery.cancel_scope.cancel()
    trace(f"after {round(trio.current_time())} s")


async def starting_returns_what_the_child_tells():
    async def server(task_status):
        trace("getting ready")
        await trio.sleep(1)
        task_status.started(8080)
        await trio.sleep(1)
        trace("the server ends")

    async with trio.open_nursery() as nursery:
        trace(f"listens on {await nursery.start(server)}")
    trace("the nursery ends")


async def a_child_that_fails_before_it_has_started():
    async def server(task_status):
        await trio.sleep(1)
        raise Boom("boom")

    async with trio.open_nursery() as nursery:
        nursery.start_soon(_sleeper, "sibling", 2)
        try:
            await nursery.start(server)
        except ExceptionGroup as e:
            trace(f"caught a group of {failures(e)}")
        except Boom as e:
            trace(f"caught {e}")


async def a_child_that_never_tells_that_it_has_started():
    async def server(task_status):
        await trio.sleep(1)

    async with trio.open_nursery() as nursery:
        try:
            await nursery.start(server)
        except ExceptionGroup as e:
            trace("refused" if isinstance(e.exceptions[0], RuntimeError) else failures(e))
        except RuntimeError:
            trace("refused")


async def a_start_that_is_cancelled():
    async def server(task_status):
        try:
            await trio.sleep(5)
        finally:
            trace("the server is cut")

    async with trio.open_nursery() as nursery:
        with trio.move_on_after(1) as scope:
            await nursery.start(server)
        trace(f"cut: {scope.cancelled_caught}".lower())


async def a_closed_nursery_takes_no_children():
    async with trio.open_nursery() as nursery:
        pass
    try:
        nursery.start_soon(_sleeper, "late", 1)
    except RuntimeError:
        trace("refused")
