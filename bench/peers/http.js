// SPDX-License-Identifier: Apache-2.0
//
// Node's own server, and the package ws. Prints its port. Word: the file.
"use strict";
const fs = require("fs");
const http = require("http");
const { WebSocketServer } = require("ws");

const file = process.argv[2];
const room = new Set();

const routes = {
  "GET /json": (request, response) => {
    response.setHeader("Content-Type", "application/json");
    response.end('{"message":"Hello, World!"}');
  },
  "GET /file": (request, response) => {
    response.setHeader("Content-Length", fs.statSync(file).size);
    fs.createReadStream(file).pipe(response);
  },
  "POST /upload": (request, response) => {
    let size = 0;
    request.on("data", (piece) => (size += piece.length));
    request.on("end", () => response.end(String(size)));
  },
};

const server = http.createServer((request, response) => {
  response.setHeader("Server", "node");
  const route = routes[request.method + " " + request.url];
  if (route) return route(request, response);
  response.statusCode = 404;
  response.end();
});
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
server.on("upgrade", (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (peer) => {
    if (request.url === "/echo") {
      peer.on("message", (data, isBinary) => peer.send(data, { binary: isBinary }));
      return;
    }
    room.add(peer);
    peer.on("close", () => room.delete(peer));
    peer.on("message", (data, isBinary) => {
      for (const each of room) each.send(data, { binary: isBinary });
    });
  });
});
server.keepAliveTimeout = 0;
server.listen(0, "127.0.0.1", 4096, () => console.log(server.address().port));
