// SPDX-License-Identifier: Apache-2.0
package tulip.it.websocket;

/// Clients and servers in other languages. A client is given a URI and prints what it has seen; a
/// server is given a port, echoes, and closes with 4001 when it hears "close".
///
/// Each client says the same: text, bytes, something large that compresses well, a ping; then it
/// has itself closed.
final class Peers {
  private Peers() {}

  static final String PYTHON = "/usr/bin/python3";

  static final String WEBSOCKETS_CLIENT =
      """
      import asyncio, sys, websockets
      from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory as Deflate

      async def main():
          deflate = [Deflate(**each) for each in eval("[" + sys.argv[2] + "]")]
          async with websockets.connect(sys.argv[1], subprotocols=["b", "a"], compression=None,
                                        extensions=deflate, max_size=None) as socket:
              print(socket.subprotocol, [str(e)[:17] for e in socket.extensions])
              for message in "hé", b"\\x00\\xff", "again and again " * 50000, "more " * 1000:
                  await socket.send(message)
                  assert await socket.recv() == message
              await socket.send(iter(["in ", "frag", "ments"]))
              print(await socket.recv())
              await (await socket.ping())
              await socket.send("close")
              try:
                  await socket.recv()
              except websockets.ConnectionClosed as e:
                  print(e.rcvd)

      asyncio.run(main())
      """;

  static final String WEBSOCKETS_SERVER =
      """
      import asyncio, sys, websockets
      from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory as Deflate

      async def serve(socket):
          async for message in socket:
              if message == "close":
                  await socket.close(4001, "as you say")
              elif message == "fragments":
                  await socket.send(iter(["in ", "frag", "ments"]))
              else:
                  await socket.send(message)

      async def main():
          async with websockets.serve(serve, "127.0.0.1", int(sys.argv[1]), subprotocols=["a"],
                                      compression=None, extensions=[Deflate(**eval(sys.argv[2]))],
                                      max_size=None):
              await asyncio.Future()

      asyncio.run(main())
      """;

  static final String AIOHTTP_CLIENT =
      """
      import aiohttp, asyncio, sys

      async def main():
          async with aiohttp.ClientSession() as session:
              async with session.ws_connect(sys.argv[1], protocols=["b", "a"], compress=15,
                                            heartbeat=5, max_msg_size=0) as socket:
                  print(socket.protocol, socket.compress > 0)
                  for message in "hé", "again and again " * 50000:
                      await socket.send_str(message)
                      assert await socket.receive_str() == message
                  await socket.send_bytes(b"\\x00\\xff" * 40000)
                  assert await socket.receive_bytes() == b"\\x00\\xff" * 40000
                  await socket.send_str("close")
                  message = await socket.receive()
                  print(message.type.name, message.data, message.extra)

      asyncio.run(main())
      """;

  static final String AIOHTTP_SERVER =
      """
      import sys
      from aiohttp import web

      async def serve(request):
          socket = web.WebSocketResponse(protocols=["a"], max_msg_size=0)
          await socket.prepare(request)
          async for message in socket:
              if message.data == "close":
                  await socket.close(code=4001, message=b"as you say")
              elif message.type.name == "TEXT":
                  await socket.send_str(message.data)
              else:
                  await socket.send_bytes(message.data)
          return socket

      app = web.Application()
      app.add_routes([web.get("/", serve)])
      web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]))
      """;

  static final String TORNADO_CLIENT =
      """
      import asyncio, sys
      from tornado.websocket import websocket_connect

      async def main():
          socket = await websocket_connect(sys.argv[1], compression_options={}, subprotocols=["a"],
                                           max_message_size=1 << 24)
          print(socket.selected_subprotocol)
          for message in "hé", b"\\x00\\xff", "again and again " * 50000:
              await socket.write_message(message, binary=isinstance(message, bytes))
              assert await socket.read_message() == message
          await socket.write_message("close")
          print(await socket.read_message(), socket.close_code, socket.close_reason)

      asyncio.run(main())
      """;

  static final String TORNADO_SERVER =
      """
      import asyncio, sys
      from tornado.web import Application
      from tornado.websocket import WebSocketHandler

      class Serve(WebSocketHandler):
          def get_compression_options(self):
              return {}
          def select_subprotocol(self, offered):
              return "a"
          def on_message(self, message):
              if message == "close":
                  self.close(4001, "as you say")
              else:
                  self.write_message(message, binary=isinstance(message, bytes))

      async def main():
          Application([("/", Serve)], websocket_max_message_size=1 << 24).listen(
              int(sys.argv[1]), "127.0.0.1")
          await asyncio.Event().wait()

      asyncio.run(main())
      """;

  static final String WS_CLIENT =
      """
      const {WebSocket} = require("ws");
      const assert = require("assert");
      const socket = new WebSocket(process.argv[1], ["b", "a"],
          {perMessageDeflate: eval("(" + process.argv[2] + ")"), maxPayload: 0});
      const messages = ["hé", Buffer.from([0, 255]), "again and again ".repeat(50000)];
      socket.on("open", () => {
        console.log(socket.protocol, socket.extensions.split(";")[0]);
        socket.send(messages[0]);
      });
      socket.on("message", (data, binary) => {
        const sent = messages.shift();
        assert.strictEqual(binary, typeof sent !== "string");
        assert(Buffer.from(sent).equals(data));
        socket.send(messages.length > 0 ? messages[0] : "close");
      });
      socket.on("close", (code, reason) => console.log(code, reason.toString()));
      """;

  static final String WS_SERVER =
      """
      const {WebSocketServer} = require("ws");
      const server = new WebSocketServer({
        host: "127.0.0.1", port: +process.argv[1], maxPayload: 0,
        perMessageDeflate: eval("(" + process.argv[2] + ")"),
        handleProtocols: () => "a"});
      server.on("connection", socket => socket.on("message", (data, binary) => {
        if (!binary && data.toString() === "close") socket.close(4001, "as you say");
        else socket.send(data, {binary});
      }));
      """;

  static final String UNDICI_CLIENT =
      """
      const {WebSocket} = require("undici");
      const socket = new WebSocket(process.argv[1], "a"); // of several, it believes none
      const messages = ["hé", "again and again ".repeat(50000), "close"];
      socket.onopen = () => {
        console.log(socket.protocol);
        socket.send(messages[0]);
      };
      socket.onmessage = event => {
        if (event.data !== messages.shift()) throw new Error("something else came");
        socket.send(messages[0]);
      };
      socket.onclose = event => console.log(event.code, event.reason);
      """;
}
