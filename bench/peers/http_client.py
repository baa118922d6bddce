# SPDX-License-Identifier: Apache-2.0
"""aiohttp's client: words as Rounds.java has them, behind the name of the loop."""

import asyncio
import json
import sys
import time

import aiohttp
import uvloop

CONNECTIONS = 50
WARM = 3


async def ask(session, url, requests):
    for _ in range(requests):
        async with session.get(url) as response:
            body = await response.read()
            if response.status != 200 or not body:
                raise RuntimeError("no answer")


async def load(session, url, requests):
    await asyncio.gather(
        *[ask(session, url, requests // CONNECTIONS) for _ in range(CONNECTIONS)])


async def main(peer, which, url, requests, rounds):
    async with aiohttp.ClientSession() as session:
        for i in range(WARM + rounds):
            wall, cpu = time.perf_counter_ns(), time.process_time_ns()
            await load(session, url, requests)
            if i >= WARM:
                print(json.dumps({
                    "peer": peer,
                    "case": which,
                    "ns_per_op": (time.perf_counter_ns() - wall) / requests,
                    "cpu_ns_per_op": (time.process_time_ns() - cpu) / requests}), flush=True)


if sys.argv[1] == "uvloop":
    uvloop.install()
asyncio.run(main(*sys.argv[2:5], int(sys.argv[5]), int(sys.argv[6])))
