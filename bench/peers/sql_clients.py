# SPDX-License-Identifier: Apache-2.0
"""What clients of PostgreSQL are measured by: sql_clients.py asyncpg|aiopg|pgbench CASE PORT SIZE

The size is the seconds of a round, or the rows of the cases copy and stream.
"""

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time

TASKS = {"ten": 10, "one": 100, "few": 100}
POOL = 10  # these clients do not pipeline
ACCOUNTS = 10_000
STEP = 7919
ROUNDS = 3
FETCH = 1_000
COLUMNS = ["id", "name", "price"]


def show(peer, case, count, wall, cpu):
    figure = {"peer": peer, "case": case, "ns_per_op": wall / count, "cpu_ns_per_op": cpu / count}
    print(json.dumps(figure), flush=True)


async def measure(peer, case, run, count):
    await run(count)
    for _ in range(ROUNDS):
        wall, cpu = time.perf_counter_ns(), time.process_time_ns()
        await run(count)
        show(peer, case, count, time.perf_counter_ns() - wall, time.process_time_ns() - cpu)


async def measure_queries(peer, case, query, seconds):
    """Runs as often as takes the time, by as many tasks as the case has."""
    tasks = TASKS[case]

    async def run(count):
        async def again(first):
            for number in range(first, count, tasks):
                key = 1 + number * STEP % ACCOUNTS
                row = await query(key)
                assert (row[0], row[1], row[2]) == (key, f"owner {key}", 100 * key), row

        await asyncio.gather(*(again(first) for first in range(tasks)))

    begin = time.perf_counter()
    await run(2_000)
    count = max(1, int(2 * seconds / (time.perf_counter() - begin))) * 1_000
    await measure(peer, case, run, count)


async def by_asyncpg(case, port, size):
    import asyncpg

    options = dict(host="127.0.0.1", port=port, user="test", database="postgres", ssl=False)

    async def copy(count):
        await connection.execute("truncate item")
        records = ((n, f"item number {n}", n * 0.25) for n in range(count))
        await connection.copy_records_to_table("item", records=records, columns=COLUMNS)

    async def stream(count):
        weight = 0.0
        async with connection.transaction():
            query = "select id, name, price from item limit $1"
            async for row in connection.cursor(query, count, prefetch=FETCH):
                weight += row[0] + ord(row[1][0]) + row[2]
        assert weight == 1.25 * count * (count - 1) / 2 + count * ord("i"), weight

    if case in TASKS:
        query = "select id, owner, balance from account where id = $1"
        async with asyncpg.create_pool(min_size=POOL, max_size=POOL, **options) as pool:
            await measure_queries("asyncpg", case, lambda key: pool.fetchrow(query, key), size)
    else:
        connection = await asyncpg.connect(**options)
        await measure("asyncpg", case, copy if case == "copy" else stream, int(size))


async def by_aiopg(case, port, size):
    import aiopg

    if case not in TASKS:
        return  # it has neither
    dsn = f"host=127.0.0.1 port={port} user=test dbname=postgres sslmode=disable"

    async with aiopg.create_pool(dsn, minsize=POOL, maxsize=POOL) as pool:

        async def query(key):
            async with pool.acquire() as connection:
                async with connection.cursor() as cursor:
                    sql = "select id, owner, balance from account where id = %s"
                    await cursor.execute(sql, (key,))
                    return await cursor.fetchone()

        await measure_queries("aiopg", case, query, size)


def by_pgbench(case, port, seconds):
    """The program in C that comes with the server."""
    select = (
        f"\\set key random(1, {ACCOUNTS})\n"
        "select id, owner, balance from account where id = :key;\n"
    )
    pipelined = 1 if case == "ten" else 100
    script = select if pipelined == 1 else f"\\startpipeline\n{select * pipelined}\\endpipeline\n"
    connections = {"ten": 10, "one": 1, "few": 4}[case]
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        command = ["pgbench", "-h", "127.0.0.1", "-p", str(port), "-U", "test", "-n", "-f"]
        command += [file.name, "-c", str(connections), "-j", "1", "-T", str(max(1, int(seconds)))]
        # Version 15 cannot prepare within a pipeline.
        command += ["-M", "prepared" if pipelined == 1 else "extended", "postgres"]
        for _ in range(ROUNDS):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
            lines = output.splitlines()
            rate = float(next(line for line in lines if line.startswith("tps =")).split()[2])
            done = next(line for line in lines if "transactions actually processed" in line)
            count = int(done.split(":")[1].split("/")[0]) * pipelined
            show("pgbench", case, 1, 1e9 / (rate * pipelined), cpu * 1e9 / count)


peer, case, port, size = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
if peer == "pgbench":
    by_pgbench(case, port, size)
else:
    asyncio.run(by_asyncpg(case, port, size) if peer == "asyncpg" else by_aiopg(case, port, size))
