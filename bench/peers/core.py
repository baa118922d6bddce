# SPDX-License-Identifier: Apache-2.0
"""What core is measured by, for asyncio and uvloop: core.py asyncio|uvloop [--quick]"""

import asyncio
import gc
import json
import statistics
import sys
import threading
import time

BATCH = 1_000
ROUNDS = 5
QUICK = "--quick" in sys.argv


async def start(n):
    for _ in range(n // BATCH):
        tasks = [asyncio.create_task(nothing()) for _ in range(BATCH)]
        await asyncio.sleep(0)
        assert all(task.done() for task in tasks)


async def start_in_group(n):
    for _ in range(n // BATCH):
        async with asyncio.TaskGroup() as group:
            for _ in range(BATCH):
                group.create_task(nothing())


async def nothing():
    pass


async def switch(n, tasks):
    async def yields():
        for _ in range(n // tasks):
            await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group:
        for _ in range(tasks):
            group.create_task(yields())


async def hand_over(n):
    loop = asyncio.get_running_loop()
    ping = loop.create_future()
    pong = loop.create_future()

    async def first():
        nonlocal pong
        for number in range(n // 2):
            ping.set_result(number)
            assert await pong == number
            pong = loop.create_future()

    async def second():
        nonlocal ping
        for _ in range(n // 2):
            given = await ping
            ping = loop.create_future()
            pong.set_result(given)

    async with asyncio.TaskGroup() as group:
        group.create_task(first())
        group.create_task(second())


class Counter:
    calls = 0

    def count(self):
        self.calls += 1


async def call_soon(n):
    loop = asyncio.get_running_loop()
    counter = Counter()
    for _ in range(n // BATCH):
        for _ in range(BATCH):
            loop.call_soon(counter.count)
        await asyncio.sleep(0)
    assert counter.calls == n


async def call_soon_chain(n):
    loop = asyncio.get_running_loop()
    done = loop.create_future()

    def chain(left):
        if left == 0:
            done.set_result(None)
        else:
            loop.call_soon(chain, left - 1)

    chain(n)
    await done


async def call_soon_thread_safe(n):
    loop = asyncio.get_running_loop()
    counter = Counter()
    done = loop.create_future()

    def call():
        for _ in range(n):
            loop.call_soon_threadsafe(counter.count)
        loop.call_soon_threadsafe(done.set_result, None)

    thread = threading.Thread(target=call)
    thread.start()
    await done
    thread.join()
    assert counter.calls == n


async def loop_hop(n):
    here = asyncio.get_running_loop()
    done = here.create_future()
    there = here.__class__()
    thread = threading.Thread(target=there.run_forever)
    thread.start()

    def hop(to, other, left):
        if left == 0:
            here.call_soon_threadsafe(done.set_result, None)
        else:
            to.call_soon_threadsafe(hop, other, to, left - 1)

    hop(there, here, n)
    await done
    there.call_soon_threadsafe(there.stop)
    thread.join()
    there.close()


async def cancel(n):
    for _ in range(n // BATCH):
        tasks = [asyncio.create_task(asyncio.sleep(3600)) for _ in range(BATCH)]
        await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        assert all(task.cancelled() for task in tasks)


async def timeout(n):
    for _ in range(n):
        async with asyncio.timeout(10):
            pass


async def timers(n):
    """Sets n timers, cancels them, and looks at what is left."""
    loop = asyncio.get_running_loop()
    before = resident()
    iteration_before = (await timed(call_soon_chain, 20_000))[0]
    began = now()
    handles = [loop.call_later(3600 + i * 1e-6, nothing) for i in range(n)]
    for handle in handles:
        handle.cancel()
    wall, cpu = since(began, n)
    handles = handle = None
    await asyncio.sleep(0)
    gc.collect()
    left = resident() - before
    iteration_after = (await timed(call_soon_chain, 20_000))[0]
    report(
        "timers", wall, cpu, count=n, left_bytes=left,
        iteration_before=iteration_before, iteration_after=iteration_after)


async def sleepers(n):
    """Has n tasks sleep for the same time, and wakes them when all are due."""
    loop = asyncio.get_running_loop()
    nap = 6
    before = resident()
    fell_asleep = 0
    last = -1
    misorders = 0
    first_wake = None

    async def sleep(i):
        nonlocal fell_asleep, last, misorders, first_wake
        fell_asleep += 1
        await asyncio.sleep(nap)
        first_wake = first_wake or now()
        misorders += i < last
        last = i

    tasks = [asyncio.create_task(sleep(i)) for i in range(n)]
    await asyncio.sleep(0)
    heap = resident() - before
    asleep = fell_asleep == n and last == -1
    time.sleep(nap)
    await asyncio.wait(tasks)
    wall, cpu = since(first_wake, n)
    report("sleepers", wall, cpu, count=n, heap_bytes=heap, misorders=misorders, asleep=int(asleep))


def resident():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * 4096


def now():
    return time.perf_counter_ns(), time.process_time_ns()


def since(began, n):
    wall, cpu = now()
    return (wall - began[0]) / n, (cpu - began[1]) / n


async def timed(case, n, *arguments):
    began = now()
    await case(n, *arguments)
    return since(began, n)


async def measure(name, case, n, *arguments):
    n = n // 10 if QUICK else n
    await case(n, *arguments)
    rounds = [await timed(case, n, *arguments) for _ in range(ROUNDS)]
    report(name, *(statistics.median(figure) for figure in zip(*rounds)))


def report(case, wall, cpu, **more):
    print(json.dumps({"peer": PEER, "case": case, "ns_per_op": wall, "cpu_ns_per_op": cpu, **more}), flush=True)


async def main():
    await measure("start", start, 50_000)
    await measure("startInGroup", start_in_group, 50_000)
    await measure("switch2", switch, 100_000, 2)
    await measure("switch100", switch, 100_000, 100)
    await measure("handOver", hand_over, 50_000)
    await measure("callSoon", call_soon, 200_000)
    await measure("callSoonChain", call_soon_chain, 50_000)
    await measure("callSoonThreadSafe", call_soon_thread_safe, 50_000)
    await measure("loopHop", loop_hop, 2_000)
    await measure("cancel", cancel, 20_000)
    await measure("timeout", timeout, 50_000)
    await timers(100_000 if QUICK else 1_000_000)
    await sleepers(20_000 if QUICK else 200_000)


PEER = sys.argv[1]
if PEER == "uvloop":
    import uvloop

    uvloop.install()
asyncio.run(main())
