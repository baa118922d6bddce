# SPDX-License-Identifier: Apache-2.0
"""What clients of Redis are measured by: redis_clients.py redis|aioredis PORT SECONDS"""

import asyncio
import json
import resource
import subprocess
import sys
import time

KEY = "key"
WIDTH = 100
ROUNDS = 3


def show(peer, case, count, wall, cpu):
    figure = {"peer": peer, "case": case, "ns_per_op": wall / count, "cpu_ns_per_op": cpu / count}
    print(json.dumps(figure), flush=True)


def measure(peer, case, run, seconds):
    """Runs as often as takes the time, after a first time that is not counted."""
    begin = time.perf_counter()
    run(2_000)
    count = max(1, int(2 * seconds / (time.perf_counter() - begin))) * 1_000
    for _ in range(ROUNDS):
        wall, cpu = time.perf_counter_ns(), time.process_time_ns()
        run(count)
        show(peer, case, count, time.perf_counter_ns() - wall, time.process_time_ns() - cpu)


def by_redis(port, seconds):
    import redis

    client = redis.Redis(port=port)

    def gets(count):
        for _ in range(count):
            client.get(KEY)

    def batches(count):
        for _ in range(count // WIDTH):
            pipeline = client.pipeline(transaction=False)
            for _ in range(WIDTH):
                pipeline.get(KEY)
            pipeline.execute()

    measure("redis", "get", gets, seconds)
    measure("redis", "batch", batches, seconds)


def by_aioredis(port, seconds):
    import aioredis

    loop = asyncio.new_event_loop()
    client = loop.run_until_complete(aioredis.create_redis(("127.0.0.1", port)))

    async def get_again(count):
        for _ in range(count):
            await client.get(KEY)

    async def gets(count):
        await asyncio.gather(*(get_again(count // WIDTH) for _ in range(WIDTH)))

    async def batches(count):
        for _ in range(count // WIDTH):
            pipeline = client.pipeline()
            for _ in range(WIDTH):
                pipeline.get(KEY)
            await pipeline.execute()

    measure("aioredis", "get", lambda n: loop.run_until_complete(gets(n)), seconds)
    measure("aioredis", "batch", lambda n: loop.run_until_complete(batches(n)), seconds)


def by_benchmark(port, seconds):
    """The program in C that comes with the server."""
    for case, options in [("get", ["-c", "100"]), ("batch", ["-c", "1", "-P", "100"])]:
        count = int(seconds * 100_000)
        command = ["redis-benchmark", "-p", str(port), "-t", "get", "-q", "-n", str(count)]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        wall = time.perf_counter_ns()
        subprocess.run(command + options, check=True, stdout=subprocess.DEVNULL)
        wall = time.perf_counter_ns() - wall
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        show("redis-benchmark", case, count, wall, cpu * 1e9)


port, seconds = int(sys.argv[2]), float(sys.argv[3])
if sys.argv[1] == "redis":
    by_redis(port, seconds)
    by_benchmark(port, seconds)
else:
    by_aioredis(port, seconds)
