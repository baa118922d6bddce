# SPDX-License-Identifier: Apache-2.0
"""What a client of memcached is measured by: memcached_clients.py pymemcache PORT SECONDS"""

import json
import sys
import time

from pymemcache.client.base import Client

WIDTH = 100
ROUNDS = 3
KEYS = [f"key{i}" for i in range(WIDTH)]

client = Client(("127.0.0.1", int(sys.argv[2])), no_delay=True)
seconds = float(sys.argv[3])


def gets(count):
    for _ in range(count):
        client.get("key")


def batches(count):
    for _ in range(count // WIDTH):
        client.get_many(KEYS)


def measure(case, run):
    """Runs as often as takes the time, after a first time that is not counted."""
    begin = time.perf_counter()
    run(2_000)
    count = max(1, int(2 * seconds / (time.perf_counter() - begin))) * 1_000
    for _ in range(ROUNDS):
        wall, cpu = time.perf_counter_ns(), time.process_time_ns()
        run(count)
        wall, cpu = time.perf_counter_ns() - wall, time.process_time_ns() - cpu
        figure = {"peer": "pymemcache", "case": case}
        figure |= {"ns_per_op": wall / count, "cpu_ns_per_op": cpu / count}
        print(json.dumps(figure), flush=True)


measure("get", gets)
measure("batch", batches)
