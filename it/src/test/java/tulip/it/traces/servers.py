# SPDX-License-Identifier: Apache-2.0
"""Servers: whom they serve, and what their end means for whom."""
import asyncio

from tracing import trace

REAL_TIME = True


async def _shout(reader, writer):
    while line := await reader.readline():
        writer.write(line.upper())
    writer.close()


async def _ask(stream, line):
    reader, writer = stream
    writer.write(line + b"\n")
    return (await reader.readline()).decode().rstrip("\n")


async def each_connection_is_served_by_itself():
    async with await asyncio.start_server(_shout, "127.0.0.1", 0) as server:
        address = server.sockets[0].getsockname()
        one = await asyncio.open_connection(*address)
        two = await asyncio.open_connection(*address)
        trace(await _ask(two, b"b"))
        trace(await _ask(one, b"a"))
        one[1].close()
        trace(await _ask(two, b"c"))
        two[1].close()


async def who_is_connected_stays():
    server = await asyncio.start_server(_shout, "127.0.0.1", 0)
    address = server.sockets[0].getsockname()
    client = await asyncio.open_connection(*address)
    trace(await _ask(client, b"before"))
    server.close()
    trace(await _ask(client, b"after"))
    try:
        await asyncio.open_connection(*address)
    except ConnectionRefusedError:
        trace("refused")
    client[1].close()


async def a_port_is_free_when_its_server_has_ended():
    server = await asyncio.start_server(_shout, "127.0.0.1", 0)
    address = server.sockets[0].getsockname()
    client = await asyncio.open_connection(*address)
    trace(await _ask(client, b"first"))
    client[1].close()
    server.close()
    await server.wait_closed()
    async with await asyncio.start_server(_shout, *address):
        client = await asyncio.open_connection(*address)
        trace(await _ask(client, b"second"))
        client[1].close()


async def a_port_is_taken_once():
    async with await asyncio.start_server(_shout, "127.0.0.1", 0) as server:
        try:
            await asyncio.start_server(_shout, *server.sockets[0].getsockname())
        except OSError:
            trace("taken")
