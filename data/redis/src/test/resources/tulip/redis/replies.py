# SPDX-License-Identifier: Apache-2.0
"""Sends the commands of a file, one a line, and shows the replies as PythonTest does.

usage: replies.py redis|aioredis PORT
"""
import asyncio
import re
import sys


def show(reply):
    if reply is None:
        return "nil"
    if isinstance(reply, int):
        return f"int {reply}"
    if isinstance(reply, list):
        return "[" + ", ".join(map(show, reply)) + "]"
    if isinstance(reply, Exception):
        return "error " + re.sub("^(ERR|NOSCRIPT|EXECABORT) ", "", str(reply))
    return "text " + reply.hex()


def commands():
    for line in open("commands.txt", encoding="utf-8"):
        yield line.rstrip("\n").split(" ")


def by_redis(port):
    import redis

    connection = redis.Connection(host="127.0.0.1", port=port)
    connection.connect()
    for command in commands():
        connection.send_command(*command)
        try:
            print(show(connection.read_response()))
        except redis.ResponseError as e:
            print(show(e))


async def by_aioredis(port):
    import aioredis

    connection = await aioredis.create_connection(("127.0.0.1", port))
    for command in commands():
        try:
            print(show(await connection.execute(*command)))
        except aioredis.ReplyError as e:
            print(show(e))
    connection.close()
    await connection.wait_closed()


if sys.argv[1] == "redis":
    by_redis(int(sys.argv[2]))
else:
    asyncio.run(by_aioredis(int(sys.argv[2])))
