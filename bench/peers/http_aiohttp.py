# SPDX-License-Identifier: Apache-2.0
"""aiohttp on uvloop, with a router, a middleware and Jinja. Prints its port. Word: the file."""

import asyncio
import sys

import jinja2
import uvloop
from aiohttp import WSMsgType, web

from rows import PAGE, ROWS

room = set()


@web.middleware
async def named(request, handler):
    response = await handler(request)
    response.headers["Server"] = "aiohttp"
    return response


async def json(request):
    return web.Response(text='{"message":"Hello, World!"}', content_type="application/json")


async def upload(request):
    size = 0
    async for piece in request.content.iter_any():
        size += len(piece)
    return web.Response(text=str(size))


async def echo(request):
    socket = web.WebSocketResponse(compress=False)
    await socket.prepare(request)
    async for message in socket:
        if message.type == WSMsgType.TEXT:
            await socket.send_str(message.data)
        else:
            await socket.send_bytes(message.data)
    return socket


async def meet(request):
    socket = web.WebSocketResponse(compress=False)
    await socket.prepare(request)
    room.add(socket)
    try:
        async for message in socket:
            await asyncio.gather(*[each.send_str(message.data) for each in room])
    finally:
        room.discard(socket)
    return socket


async def main(file):
    page = jinja2.Environment(autoescape=True).from_string(PAGE)

    async def render(request):
        return web.Response(text=page.render(title="Rows", rows=ROWS), content_type="text/html")

    async def send(request):
        return web.FileResponse(file)

    app = web.Application(middlewares=[named])
    app.add_routes([
        web.get("/json", json), web.get("/page", render), web.get("/file", send),
        web.post("/upload", upload), web.get("/echo", echo), web.get("/room", meet)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, backlog=4096)
    await site.start()
    print(site._server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


uvloop.install()
asyncio.run(main(sys.argv[1]))
