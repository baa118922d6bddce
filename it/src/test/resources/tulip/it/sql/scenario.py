# SPDX-License-Identifier: Apache-2.0
"""What PythonClientsTest does too: scenario.py asyncpg|aiopg PORT SCHEMA

Prints what it has found, a line each, as its Java double does.
"""

import asyncio
import datetime
import decimal
import sys
import uuid


def form(value):
    """A value as both languages print it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(form(each) for each in value) + "]"
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, float):
        return f"{value:.6f}"
    return str(value)


def say(name, *values):
    print(name + ": " + " ".join(form(value) for value in values), flush=True)


VALUES = [
    ("bool", True),
    ("int2", -5),
    ("int8", 9007199254740993),
    ("numeric", decimal.Decimal("-1234.5600")),
    ("float8", 0.125),
    ("text", "d\u00e9j\u00e0 'vu' \\ $1 %s \U0001f337"),
    ("bytea", b"\x00\xff'"),
    ("date", datetime.date(1999, 12, 31)),
    ("timestamptz", datetime.datetime(2024, 2, 29, 23, 59, 59, 123456, datetime.timezone.utc)),
    ("uuid", uuid.UUID("123e4567-e89b-12d3-a456-426614174000")),
    ("int4[]", [1, None, 3]),
    ("text[]", ["a,b", 'c"d', ""]),
]


class Asyncpg:
    outlives_timeouts = True

    async def open(self, port):
        import asyncpg

        self.error = asyncpg.PostgresError
        self.connection = await asyncpg.connect(
            host="127.0.0.1", port=port, user="test", database="postgres", ssl=False
        )

    async def rows(self, sql, *arguments):
        return [tuple(row) for row in await self.connection.fetch(sql, *arguments)]

    async def execute(self, sql, *arguments):
        await self.connection.execute(sql, *arguments)

    def state(self, error):
        return error.sqlstate

    def transaction(self):
        return self.connection.transaction()

    async def listen(self, channel):
        self.news = asyncio.Queue()
        await self.connection.add_listener(
            channel, lambda _c, _p, channel, payload: self.news.put_nowait((channel, payload))
        )

    async def notification(self):
        return await self.news.get()

    async def close(self):
        await self.connection.close()


class Aiopg:
    outlives_timeouts = False  # it closes its connection then

    async def open(self, port):
        import aiopg
        import psycopg2
        import psycopg2.extras

        psycopg2.extras.register_uuid()
        self.error = psycopg2.Error
        self.connection = await aiopg.connect(
            f"host=127.0.0.1 port={port} user=test dbname=postgres sslmode=disable"
        )
        self.cursor = await self.connection.cursor()

    async def rows(self, sql, *arguments):
        await self.execute(sql, *arguments)
        return await self.cursor.fetchall()

    async def execute(self, sql, *arguments):
        for number in range(len(arguments), 0, -1):
            sql = sql.replace(f"${number}", f"%({number})s")
        named = {str(i + 1): argument for i, argument in enumerate(arguments)}
        await self.cursor.execute(sql, named if arguments else None)

    def state(self, error):
        return error.pgcode

    def transaction(self):
        return self.cursor.begin_nested()

    async def listen(self, channel):
        await self.execute(f"listen {channel}")

    async def notification(self):
        news = await self.connection.notifies.get()
        return news.channel, news.payload

    async def close(self):
        self.cursor.close()
        self.connection.close()


async def refused(client, name, sql, *arguments):
    try:
        await client.execute(sql, *arguments)
        say(name, "accepted")
    except client.error as error:
        say(name, client.state(error))


async def run(client, port, schema):
    await client.open(port)
    await client.execute(f"create schema {schema}")
    await client.execute(f"set search_path to {schema}")
    await client.execute("set timezone to 'UTC'")
    await client.execute(
        "create table account (id int4 primary key, owner text unique not null,"
        " balance numeric(12,2) check (balance >= 0))"
    )
    for number, owner in enumerate(["Ada", "B\u00f6rn", "'; drop table account; --"]):
        await client.execute(
            "insert into account values ($1, $2, $3)", number, owner, decimal.Decimal(100)
        )
    for row in await client.rows("select id, owner, balance from account order by id"):
        say("account", *row)
    for type, value in VALUES:
        rows = await client.rows(f"select $1::{type}, null::{type}", value)
        say(type, *rows[0])
    await refused(client, "unique", "insert into account values ($1, 'x', 0)", 1)
    await refused(client, "null", "insert into account values (7, null, 0)")
    await refused(client, "check", "update account set balance = $1", decimal.Decimal(-1))
    await refused(client, "table", "select * from nothing_here")
    await refused(client, "syntax", "selekt 1")
    await refused(client, "zero", "select 1 / 0")
    await refused(client, "range", "select 40000::int2")
    if client.outlives_timeouts:
        await client.execute("set statement_timeout to 50")
        await refused(client, "late", "select pg_sleep(60)")
        await client.execute("set statement_timeout to 0")

    async with client.transaction():
        await client.execute("update account set balance = balance - 10 where id = $1", 0)
        try:
            async with client.transaction():
                await client.execute("update account set balance = 0")
                await client.execute("select 1 / 0")
        except client.error as error:
            say("inner", client.state(error))
        await client.execute("update account set balance = balance + 10 where id = $1", 1)
    try:
        async with client.transaction():
            await client.execute("delete from account")
            raise ValueError
    except ValueError:
        say("undone")
    say("balances", [row[0] for row in await client.rows(
        "select balance from account order by id")])
    say("sum", *(await client.rows("select sum(balance), count(*), avg(balance) from account"))[0])
    await client.listen("news")
    await client.execute("notify news, 'first'")
    await client.execute("select pg_notify($1, $2)", "news", "second")
    say("news", *(await client.notification()))
    say("news", *(await client.notification()))
    numbers = await client.rows("select n, n * n from generate_series(1, $1) n", 2000)
    say("numbers", len(numbers), sum(row[1] for row in numbers))
    await client.execute(f"drop schema {schema} cascade")
    await client.close()


client = Asyncpg() if sys.argv[1] == "asyncpg" else Aiopg()
asyncio.run(run(client, int(sys.argv[2]), sys.argv[3]))
