# SPDX-License-Identifier: Apache-2.0
"""Cancel scopes, deadlines and shields, as trio has them."""
import trio
from trio.lowlevel import checkpoint

from tracing import trace


async def a_cancelled_scope_cuts_the_next_wait():
    with trio.CancelScope() as scope:
        scope.cancel()
        trace("goes on up to the next wait")
        await checkpoint()
        trace("never")
    trace(f"cut: {scope.cancelled_caught}".lower())


async def a_cancelled_scope_cuts_every_wait():
    with trio.CancelScope() as scope:
        scope.cancel()
        for _ in range(3):
            try:
                await trio.sleep(1)
            except trio.Cancelled:
                trace("cut")
        trace("no wait is left")
    trace(f"cut: {scope.cancelled_caught}".lower())


async def a_block_that_needs_no_wait_is_not_cut():
    with trio.CancelScope() as scope:
        scope.cancel()
        trace("done")
    trace(f"called: {scope.cancel_called}".lower())
    trace(f"cut: {scope.cancelled_caught}".lower())


async def a_scope_that_is_cancelled_before_it_is_entered():
    scope = trio.CancelScope()
    scope.cancel()
    with scope:
        await checkpoint()
        trace("never")
    trace(f"cut: {scope.cancelled_caught}".lower())


async def an_inner_scope_leaves_the_outer_one_alone():
    with trio.CancelScope() as outer:
        with trio.CancelScope() as inner:
            inner.cancel()
            await checkpoint()
            trace("never")
        trace("outside of the inner one")
        await checkpoint()
        trace("and on")
    trace(f"outer: {outer.cancelled_caught}, inner: {inner.cancelled_caught}".lower())


async def of_two_cancelled_scopes_the_outer_one_catches():
    with trio.CancelScope() as outer:
        with trio.CancelScope() as inner:
            inner.cancel()
            outer.cancel()
            await checkpoint()
        trace("never")
    trace(f"outer: {outer.cancelled_caught}, inner: {inner.cancelled_caught}".lower())


async def a_shield_keeps_the_outer_scope_out():
    with trio.CancelScope() as outer:
        outer.cancel()
        with trio.CancelScope(shield=True):
            await trio.sleep(1)
            trace("slept under the shield")
        await checkpoint()
        trace("never")


async def a_scope_inside_a_shield_can_be_cancelled():
    with trio.CancelScope(shield=True) as shield:
        shield.cancel()
        await checkpoint()
        trace("never")
    trace(f"cut: {shield.cancelled_caught}".lower())


async def a_shield_is_lowered_while_the_block_waits():
    async def lower(shield):
        await trio.sleep(1)
        trace("lowered")
        shield.shield = False

    async with trio.open_nursery() as nursery:
        with trio.CancelScope() as outer:
            with trio.CancelScope(shield=True) as shield:
                nursery.start_soon(lower, shield)
                outer.cancel()
                try:
                    await trio.sleep(2)
                finally:
                    trace("the wait is over")
        trace(f"cut: {outer.cancelled_caught}".lower())


async def moving_on_after_a_while():
    with trio.move_on_after(2) as scope:
        await trio.sleep(1)
        trace("slept")
        await trio.sleep(2)
        trace("never")
    trace(f"cut: {scope.cancelled_caught} after {round(trio.current_time())} s".lower())


async def failing_after_a_while():
    try:
        with trio.fail_after(1):
            await trio.sleep(2)
    except trio.TooSlowError:
        trace("too late")


async def a_failure_passes_through():
    try:
        with trio.fail_after(1):
            raise ValueError("boom")
    except ValueError as e:
        trace(f"caught {e}")


async def a_deadline_is_moved():
    begin = trio.current_time()
    with trio.CancelScope(deadline=begin + 1) as scope:
        scope.deadline = begin + 3
        await trio.sleep(2)
        trace("slept")
        await trio.sleep(2)
        trace("never")
    trace(f"after {round(trio.current_time() - begin)} s")


async def a_deadline_in_the_past_cuts_the_first_wait():
    with trio.CancelScope(deadline=trio.current_time() - 1) as scope:
        trace("before the wait")
        await checkpoint()
        trace("never")
    trace(f"cut: {scope.cancelled_caught}".lower())


async def the_earliest_deadline_that_reaches():
    begin = trio.current_time()

    def look():
        trace(f"in {round(trio.current_effective_deadline() - begin)} s")

    with trio.move_on_after(2):
        look()
        with trio.move_on_after(3):
            look()
        with trio.move_on_after(1):
            look()
        with trio.CancelScope(deadline=begin + 5, shield=True):
            look()


async def a_clean_up_under_a_shield_with_a_limit():
    with trio.move_on_after(1):
        try:
            await trio.sleep(5)
        finally:
            with trio.CancelScope(deadline=trio.current_time() + 2, shield=True):
                trace("cleaning up")
                await trio.sleep(5)
                trace("never")
            trace("enough")
    trace(f"after {round(trio.current_time())} s")


async def a_failure_instead_of_the_cancellation():
    try:
        with trio.move_on_after(1) as scope:
            try:
                await trio.sleep(2)
            finally:
                raise ValueError("boom")
    except ValueError as e:
        trace(f"caught {e}")
    trace(f"cut: {scope.cancelled_caught}".lower())
    await checkpoint()
    trace("and no cancellation is left")


async def what_is_free_in_a_cancelled_scope():
    lock = trio.Lock()
    with trio.CancelScope() as scope:
        scope.cancel()
        await lock.acquire()
        trace("taken")
    trace(f"cut: {scope.cancelled_caught}".lower())
