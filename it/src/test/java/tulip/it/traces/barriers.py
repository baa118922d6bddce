# SPDX-License-Identifier: Apache-2.0
"""Barriers: when all go, and who is told when one is aborted or reset."""
import asyncio

from tracing import join, start, tick, trace


async def a_barrier_lets_all_go_when_the_last_has_come():
    barrier = asyncio.Barrier(3)

    async def party(name):
        trace(f"{name} comes")
        await barrier.wait()
        trace(f"{name} goes")

    await join(*[start(party(name)) for name in "abc"])


async def a_barrier_is_used_again_and_again():
    barrier = asyncio.Barrier(2)

    async def party(name):
        for _ in range(3):
            await barrier.wait()
        trace(f"{name} has passed three times")

    await join(*[start(party(name)) for name in "ab"])
    trace(f"waiting: {barrier.n_waiting}")


async def who_comes_in_which_place():
    barrier = asyncio.Barrier(3)

    async def party():
        return await barrier.wait()

    tasks = [start(party()) for _ in range(3)]
    await join(*tasks)
    trace(sorted(task.result() for task in tasks))


async def a_cancelled_party_just_leaves():
    barrier = asyncio.Barrier(2)

    async def party(name):
        await barrier.wait()
        trace(f"{name} goes")

    first = start(party("first"))
    await tick()
    first.cancel()
    await join(first)
    trace(f"waiting: {barrier.n_waiting}")
    await join(start(party("second")), start(party("third")))


async def an_aborted_barrier_tells_all():
    barrier = asyncio.Barrier(3)

    async def party(name):
        try:
            await barrier.wait()
        except asyncio.BrokenBarrierError:
            trace(f"{name} is told")

    tasks = [start(party(name)) for name in "ab"]
    await tick()
    await barrier.abort()
    await join(*tasks)
    await join(start(party("c")))
    await barrier.reset()
    trace(f"broken: {barrier.broken}".lower())
    await join(*[start(party(name)) for name in "def"])
    trace("d, e and f have passed")


async def a_barrier_that_is_reset_tells_who_waits():
    barrier = asyncio.Barrier(2)

    async def party(name):
        try:
            await barrier.wait()
            trace(f"{name} goes")
        except asyncio.BrokenBarrierError:
            trace(f"{name} is told")

    first = start(party("first"))
    await tick()
    await barrier.reset()
    await join(first)
    await join(start(party("second")), start(party("third")))
