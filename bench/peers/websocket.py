# SPDX-License-Identifier: Apache-2.0
"""The library websockets on uvloop. Prints its port."""

import asyncio

import uvloop
import websockets

room = set()


async def serve(socket, path):
    if path == "/echo":
        async for message in socket:
            await socket.send(message)
        return
    room.add(socket)
    try:
        async for message in socket:
            websockets.broadcast(room, message)
    finally:
        room.discard(socket)


async def main():
    async with websockets.serve(
            serve, "127.0.0.1", 0, compression=None, ping_interval=None, backlog=4096) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.Event().wait()


uvloop.install()
asyncio.run(main())
