# SPDX-License-Identifier: Apache-2.0
"""Streams over TCP: pieces, ends, limits, and what becomes of those who are cancelled."""
import asyncio
import socket
import struct

from tracing import outcome, settle, start, trace

REAL_TIME = True


async def _pair(limit=65536):
    accepted = asyncio.get_running_loop().create_future()
    server = await asyncio.start_server(
        lambda *streams: accepted.set_result(streams), "127.0.0.1", 0, limit=limit)
    here = await asyncio.open_connection(*server.sockets[0].getsockname(), limit=limit)
    there = await accepted
    server.close()
    return *here, *there


async def a_line_arrives_in_pieces():
    reader, writer, _, other = await _pair()
    line = start(reader.readline())
    for piece in (b"he", b"llo\nre", b"st"):
        other.write(piece)
        await settle()
    trace((await line).decode().rstrip("\n"))
    other.close()
    trace((await reader.readline()).decode())
    trace(await reader.readline() == b"")
    writer.close()


async def the_end_in_the_middle_of_what_is_wanted():
    reader, writer, _, other = await _pair()
    wanted = start(reader.readexactly(10))
    other.write(b"1234567")
    other.close()
    try:
        await wanted
    except asyncio.IncompleteReadError as e:
        trace("only " + e.partial.decode())
    trace(reader.at_eof())
    writer.close()


async def the_end_before_a_separator():
    reader, writer, _, other = await _pair()
    other.write(b"key=value;rest")
    other.close()
    trace((await reader.readuntil(b";")).decode())
    try:
        await reader.readuntil(b";")
    except asyncio.IncompleteReadError as e:
        trace("only " + e.partial.decode())
    writer.close()


async def what_is_too_long_can_be_read_otherwise():
    reader, writer, _, other = await _pair(limit=8)
    other.write(b"0123456789;")
    try:
        await reader.readuntil(b";")
    except asyncio.LimitOverrunError:
        trace("too long")
    trace((await reader.readexactly(11)).decode())
    other.close()
    writer.close()


async def a_cancelled_read_takes_nothing():
    reader, writer, _, other = await _pair()
    for piece in (b"01234", b"56789"):
        read = start(reader.readexactly(11))
        other.write(piece)
        await settle()
        read.cancel()
        await asyncio.wait([read])
        trace(outcome(read))
    other.write(b"x")
    trace((await reader.readexactly(11)).decode())
    other.close()
    writer.close()


async def a_second_reader_is_refused():
    reader, writer, _, other = await _pair()
    first = start(reader.readline())
    await settle()
    try:
        await reader.readline()
    except RuntimeError:
        trace("refused")
    other.write(b"for the first\n")
    trace((await first).decode().rstrip("\n"))
    other.close()
    writer.close()


async def one_side_ends_and_still_hears():
    reader, writer, far, other = await _pair()

    async def answer():
        question = await far.read()
        trace("asked " + question.decode())
        other.write(b"answer")
        other.close()

    task = start(answer())
    writer.write(b"question")
    writer.write_eof()
    trace("heard " + (await reader.read()).decode())
    await task
    writer.close()


async def who_writes_much_waits_for_the_reader():
    reader, writer, far, other = await _pair()

    async def write():
        writer.write(bytes(20_000_000))
        await writer.drain()
        trace("written")

    async def read():
        trace("reading")
        return len(await far.readexactly(20_000_000))

    task = start(write())
    await settle()
    count = await read()
    await task
    trace(count)
    other.close()
    writer.close()


async def closing_ends_the_readers_wait():
    reader, writer, _, other = await _pair()
    read = start(reader.read(1))
    await settle()
    writer.close()
    trace("an end" if await read == b"" else "something")
    other.close()


async def a_reset_is_told():
    reader, writer, _, other = await _pair()
    read = start(reader.read(1))
    await settle()
    linger = struct.pack("ii", 1, 0)
    other.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    other.transport.abort()
    try:
        await read
    except ConnectionResetError:
        trace("reset")
    writer.close()
