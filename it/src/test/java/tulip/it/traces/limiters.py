# SPDX-License-Identifier: Apache-2.0
"""trio's capacity limiters and first-in-first-out locks."""
import trio
from trio.testing import wait_all_tasks_blocked as settle

from tracing import trace


async def tokens_go_to_who_waits_longest():
    async def user(limiter, name):
        async with limiter:
            trace(f"{name} is in")
            await trio.sleep(1)
            trace(f"{name} leaves")

    limiter = trio.CapacityLimiter(1)
    async with trio.open_nursery() as nursery:
        for name in "abc":
            nursery.start_soon(user, limiter, name)
            await settle()


async def a_task_has_one_token_at_most():
    limiter = trio.CapacityLimiter(2)
    async with limiter:
        try:
            await limiter.acquire()
        except RuntimeError:
            trace("refused")
        trace(f"borrowed: {limiter.borrowed_tokens}")


async def only_who_has_a_token_gives_it_back():
    try:
        trio.CapacityLimiter(1).release()
    except RuntimeError:
        trace("refused")


async def tokens_are_borrowed_for_anybody():
    limiter = trio.CapacityLimiter(2)
    await limiter.acquire_on_behalf_of("ada")
    await limiter.acquire_on_behalf_of("bob")
    try:
        limiter.acquire_on_behalf_of_nowait("carol")
    except trio.WouldBlock:
        trace("none is left for carol")
    limiter.release_on_behalf_of("ada")
    limiter.acquire_on_behalf_of_nowait("carol")
    trace(f"borrowed: {limiter.borrowed_tokens}, available: {limiter.available_tokens}")


async def more_tokens_let_waiting_tasks_in():
    async def user(limiter, name):
        await limiter.acquire_on_behalf_of(name)
        trace(f"{name} is in")

    limiter = trio.CapacityLimiter(1)
    async with trio.open_nursery() as nursery:
        for name in "abcd":
            nursery.start_soon(user, limiter, name)
            await settle()
        limiter.total_tokens = 3
        await settle()
        trace(f"borrowed: {limiter.borrowed_tokens}")
        nursery.cancel_scope.cancel()


async def fewer_tokens_take_none_away():
    async def user(limiter):
        await limiter.acquire_on_behalf_of("carol")
        trace("carol is in")

    limiter = trio.CapacityLimiter(2)
    limiter.acquire_on_behalf_of_nowait("ada")
    limiter.acquire_on_behalf_of_nowait("bob")
    limiter.total_tokens = 1
    trace(f"borrowed: {limiter.borrowed_tokens}")
    async with trio.open_nursery() as nursery:
        nursery.start_soon(user, limiter)
        await settle()
        limiter.release_on_behalf_of("ada")
        await settle()
        trace("ada is out")
        limiter.release_on_behalf_of("bob")


async def a_cancelled_user_takes_no_token():
    async def user(limiter, name, scope):
        with scope:
            async with limiter:
                trace(f"{name} is in")

    limiter = trio.CapacityLimiter(1)
    await limiter.acquire_on_behalf_of("main")
    first, second = trio.CancelScope(), trio.CancelScope()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(user, limiter, "first", first)
        await settle()
        nursery.start_soon(user, limiter, "second", second)
        await settle()
        first.cancel()
        limiter.release_on_behalf_of("main")
    trace(f"borrowed: {limiter.borrowed_tokens}")


async def a_strict_lock_serves_in_the_order_of_coming():
    async def user(lock, name):
        async with lock:
            trace(f"{name} has it")

    lock = trio.StrictFIFOLock()
    await lock.acquire()
    async with trio.open_nursery() as nursery:
        for name in "abc":
            nursery.start_soon(user, lock, name)
            await settle()
        lock.release()
        trace("released")


async def a_lock_is_not_taken_twice():
    lock = trio.StrictFIFOLock()
    await lock.acquire()
    try:
        await lock.acquire()
    except RuntimeError:
        trace("refused")


async def only_its_owner_releases_a_lock():
    async def stranger(lock):
        try:
            lock.release()
        except RuntimeError:
            trace("refused")

    lock = trio.StrictFIFOLock()
    await lock.acquire()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(stranger, lock)
    trace(f"locked: {lock.locked()}".lower())
