# SPDX-License-Identifier: Apache-2.0
"""Semaphores: who gets a permit, and what becomes of those who are cancelled."""
import asyncio

from tracing import join, outcome, settle, start, tick, trace


async def a_semaphore_lets_so_many_in():
    semaphore = asyncio.Semaphore(2)

    async def user(name):
        async with semaphore:
            trace(f"{name} is in")
            await asyncio.sleep(1)
            trace(f"{name} leaves")

    await join(*[start(user(name)) for name in "abcd"])


async def two_permits_in_one_turn_let_two_in():
    semaphore = asyncio.Semaphore(0)

    async def user(name):
        await semaphore.acquire()
        trace(f"{name} is in")

    tasks = [start(user(name)) for name in "abc"]
    await tick()
    semaphore.release()
    semaphore.release()
    await settle()
    trace(f"c: {outcome(tasks[2])}")
    semaphore.release()
    await join(*tasks)


async def who_waits_for_a_permit_may_leave():
    semaphore = asyncio.Semaphore(0)

    async def user(name):
        await semaphore.acquire()
        trace(f"{name} is in")

    first, second = start(user("first")), start(user("second"))
    await tick()
    first.cancel()
    semaphore.release()
    await join(first, second)
    trace(f"first: {outcome(first)}")
    trace(f"locked: {semaphore.locked()}".lower())


async def cancelled_when_the_permit_was_handed_over():
    semaphore = asyncio.Semaphore(0)

    async def user(name):
        await semaphore.acquire()
        trace(f"{name} is in")
        await tick()
        trace(f"{name} goes on")

    first, second = start(user("first")), start(user("second"))
    await tick()
    semaphore.release()
    first.cancel()
    await settle()
    trace(f"first: {outcome(first)}")
    trace(f"second: {outcome(second)}")
    second.cancel()
    await settle()


async def a_bounded_semaphore_refuses_more_than_it_had():
    semaphore = asyncio.BoundedSemaphore(1)
    await semaphore.acquire()
    semaphore.release()
    try:
        semaphore.release()
    except ValueError:
        trace("refused")
