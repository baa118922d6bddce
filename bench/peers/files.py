# SPDX-License-Identifier: Apache-2.0
"""What files are measured by, for aiofiles: files.py FOLDER SCALE"""

import asyncio
import json
import sys
import time

import aiofiles

ROUNDS = 5
SIZES = {"lines": 1_000_000, "whole": 1_000_000, "small": 1_000}
COUNTS = {"lines": 2, "whole": 200, "small": 2_000}


async def lines(path):
    read = 0
    async with aiofiles.open(path, encoding="utf-8") as file:
        async for line in file:
            read += len(line)
    return read


async def whole(path):
    async with aiofiles.open(path, "rb") as file:
        return len(await file.read())


async def run(case, path, count):
    for _ in range(count):
        read = await (lines if case == "lines" else whole)(path)
        assert read == SIZES[case]


async def main(folder, scale):
    for case in SIZES:
        count = max(1, int(COUNTS[case] * scale))
        path = f"{folder}/{case}"
        await run(case, path, count)
        for _ in range(ROUNDS):
            wall, cpu = time.perf_counter_ns(), time.process_time_ns()
            await run(case, path, count)
            figure = {
                "peer": "aiofiles",
                "case": case,
                "ns_per_op": (time.perf_counter_ns() - wall) / count,
                "cpu_ns_per_op": (time.process_time_ns() - cpu) / count,
            }
            print(json.dumps(figure), flush=True)


asyncio.run(main(sys.argv[1], float(sys.argv[2])))
