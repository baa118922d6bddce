# SPDX-License-Identifier: Apache-2.0
"""When tasks get their turns."""
import asyncio

from tracing import Boom, join, outcome, settle, start, tick, trace


async def tasks_start_in_order_and_not_inline():
    async def work(name):
        trace(f"{name} runs")

    tasks = [start(work(name)) for name in "abc"]
    trace("all are created")
    await join(*tasks)


async def tasks_take_turns():
    async def work(name):
        for step in (1, 2, 3):
            trace(f"{name}{step}")
            await tick()

    await join(*[start(work(name)) for name in "abc"])


async def what_a_task_starts_runs_behind_what_is_ready():
    async def work(name, depth):
        trace(f"{name} at depth {depth}")
        if depth < 3:
            start(work(name, depth + 1))

    for name in "ab":
        start(work(name, 1))
    await settle()


async def sleepers_wake_in_the_order_of_their_times():
    loop = asyncio.get_running_loop()
    begin = loop.time()

    async def sleeper(seconds):
        await asyncio.sleep(seconds)
        trace(f"{seconds} s: woke after {round(loop.time() - begin)} s")

    await join(*[start(sleeper(seconds)) for seconds in (3, 1, 2)])


async def who_awaits_a_task_goes_on_in_the_order_of_coming():
    async def work():
        await asyncio.sleep(1)
        return 42

    async def waiter(name):
        trace(f"{name} got {await task}")

    task = start(work())
    await join(*[start(waiter(name)) for name in "abc"])


async def awaiting_a_done_task_keeps_the_turn():
    async def work():
        return 42

    task = start(work())
    await settle()
    asyncio.get_running_loop().call_soon(trace, "callback")
    trace(await task)
    trace("still my turn")
    await tick()


async def a_failure_is_thrown_to_each_who_awaits():
    async def work():
        await tick()
        raise Boom("boom")

    async def waiter(name):
        try:
            await task
        except Boom as e:
            trace(f"{name} caught {e}")

    task = start(work())
    await join(*[start(waiter(name)) for name in "ab"])
    trace(outcome(task))


async def a_task_cannot_await_itself():
    async def work():
        try:
            await task
        except RuntimeError:
            trace("refused")

    task = start(work())
    await join(task)


async def a_task_knows_itself():
    async def work():
        trace(f"I am {asyncio.current_task().get_name()}")

    task = start(work(), name="worker")
    trace(f"in main: {asyncio.current_task() is not None}".lower())
    asyncio.get_running_loop().call_soon(
        lambda: trace(f"in a callback: {asyncio.current_task() is not None}".lower()))
    await join(task)
    trace(f"all tasks: {len(asyncio.all_tasks())}")
