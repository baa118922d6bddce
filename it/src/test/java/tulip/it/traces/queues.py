# SPDX-License-Identifier: Apache-2.0
"""Queues: what comes out, to whom, and what becomes of those who are cancelled."""
import asyncio

from tracing import join, outcome, settle, start, tick, trace


async def items_come_in_order():
    queue = asyncio.Queue()
    for item in (3, 1, 2):
        await queue.put(item)
    trace([await queue.get() for _ in range(3)])


async def the_lowest_comes_first_out_of_a_priority_queue():
    queue = asyncio.PriorityQueue()
    for item in (3, 1, 2):
        await queue.put(item)
    trace([await queue.get() for _ in range(3)])


async def the_last_comes_first_out_of_a_stack():
    queue = asyncio.LifoQueue()
    for item in (3, 1, 2):
        await queue.put(item)
    trace([await queue.get() for _ in range(3)])


async def who_waits_longest_for_an_item_gets_the_first():
    queue = asyncio.Queue()

    async def getter(name):
        trace(f"{name} got {await queue.get()}")

    tasks = [start(getter(name)) for name in "abc"]
    await tick()
    for item in (1, 2, 3):
        queue.put_nowait(item)
    trace("all are in")
    await join(*tasks)


async def who_waits_longest_for_room_is_in_first():
    queue = asyncio.Queue(1)

    async def putter(item):
        await queue.put(item)
        trace(f"{item} is in")

    tasks = [start(putter(item)) for item in (1, 2, 3)]
    await tick()
    for _ in range(3):
        trace(f"got {await queue.get()}")
        await settle()
    await join(*tasks)


async def a_full_queue_and_an_empty_one_refuse():
    queue = asyncio.Queue(1)
    queue.put_nowait(1)
    try:
        queue.put_nowait(2)
    except asyncio.QueueFull:
        trace("full")
    trace(queue.get_nowait())
    try:
        queue.get_nowait()
    except asyncio.QueueEmpty:
        trace("empty")


async def what_need_not_wait_keeps_the_turn():
    queue = asyncio.Queue(1)
    asyncio.get_running_loop().call_soon(trace, "callback")
    await queue.put(1)
    trace(await queue.get())
    await tick()


async def a_newcomer_and_a_getter_that_waits():
    queue = asyncio.Queue()

    async def getter():
        trace(f"the one who waited got {await queue.get()}")

    task = start(getter())
    await tick()
    queue.put_nowait("an item")
    try:
        trace(f"the newcomer got {queue.get_nowait()}")
    except asyncio.QueueEmpty:
        trace("the newcomer got nothing")
    await settle()
    task.cancel()
    await join(task)


async def a_cancelled_getter_takes_no_item():
    queue = asyncio.Queue()

    async def getter(name):
        trace(f"{name} got {await queue.get()}")

    first, second = start(getter("first")), start(getter("second"))
    await tick()
    first.cancel()
    queue.put_nowait("an item")
    await join(first, second)
    trace(f"first: {outcome(first)}")


async def a_getter_that_is_cancelled_just_after_the_put():
    queue = asyncio.Queue()

    async def getter(name):
        trace(f"{name} got {await queue.get()}")

    first, second = start(getter("first")), start(getter("second"))
    await tick()
    queue.put_nowait("an item")
    first.cancel()
    await settle()
    second.cancel()
    await join(first, second)
    trace(f"left: {queue.qsize()}")


async def a_cancelled_putter_leaves_nothing_behind():
    queue = asyncio.Queue(1)
    queue.put_nowait(1)
    first, second = start(queue.put(2)), start(queue.put(3))
    await tick()
    first.cancel()
    await join(first)
    trace(await queue.get())
    trace(await queue.get())
    await join(second)
    trace(f"left: {queue.qsize()}")


async def joining_a_queue_waits_for_the_work():
    queue = asyncio.Queue()

    async def worker():
        while True:
            item = await queue.get()
            await asyncio.sleep(1)
            trace(f"item {item} is done")
            queue.task_done()

    task = start(worker())
    for item in (1, 2):
        queue.put_nowait(item)
    await queue.join()
    trace("all the work is done")
    task.cancel()
    await join(task)


async def task_done_too_often_is_refused():
    queue = asyncio.Queue()
    await queue.join()
    try:
        queue.task_done()
    except ValueError:
        trace("refused")
