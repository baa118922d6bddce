// SPDX-License-Identifier: Apache-2.0

import module tulip.bytes;
import module tulip.core;
import module tulip.http;
import module tulip.http.json;
import module tulip.net;
import module tulip.websocket;

import java.security.MessageDigest;

/// A small service: JSON, streams in both directions, and a WebSocket.
///
///     ./tulip run examples/JsonServer.java --port 8080
///     ./tulip run examples/JsonServer.java --port 8080 --workers 4
///     curl localhost:8080/json
///     curl 'localhost:8080/stream?n=1000000' | wc -c
///     curl --data-binary @FILE localhost:8080/upload
///
/// `/ws` sends back what it gets. Each worker is a loop on a thread of its own. Without a port it
/// shows itself: it serves one that is free, and asks itself.
void main(String... arguments) throws Exception {
  int wanted = 0;
  int count = 1;
  var words = List.of(arguments).iterator();
  while (words.hasNext()) {
    switch (words.next()) {
      case "--port" -> wanted = Integer.parseInt(words.next());
      case "--workers" -> count = Integer.parseInt(words.next());
      default -> {
        IO.println("usage: JsonServer [--port N] [--workers N]");
        return;
      }
    }
  }
  var app = app();
  boolean shows = wanted == 0;
  var port = SharedPort.open(wanted);
  var options = WorkersOptions.DEFAULT.withCount(count);
  Tulip.run(() -> {
    try (port;
        var workers =
            Workers.open(options, worker -> app.serve(worker, port, HttpServerOptions.DEFAULT))) {
      workers.awaitReady();
      if (shows) {
        show("http://localhost:" + port.port());
      } else {
        IO.println("serving http://localhost:" + port.port());
        workers.join();
      }
    }
  });
}

record Greeting(String message) {}

static final int PIECE = 64 * 1024;

WebApp app() {
  var app = new WebApp();
  app.use((request, next) -> next.handle(request).header("Server", "tulip"));
  app.get("/json", _ -> Response.json(new Greeting("Hello, World!")));
  app.get("/stream", this::stream);
  app.post("/upload", this::upload);
  app.get("/ws", request -> WebSocket.accept(request, this::echo));
  return app;
}

Response stream(Request request) {
  long size = size(request);
  return Response.stream(
      "application/octet-stream",
      size,
      sink -> {
        var piece = Bytes.ofAscii("tulip\n".repeat(PIECE / 6 + 1));
        for (long left = size; left > 0; left -= PIECE) {
          sink.write(piece.slice(0, (int) Math.min(PIECE, left)));
        }
      });
}

long size(Request request) {
  try {
    return Long.parseUnsignedLong(request.query("n"));
  } catch (NumberFormatException e) {
    throw new HttpError(Status.BAD_REQUEST, "ask for a number of bytes: /stream?n=1000");
  }
}

Response upload(Request request) throws Exception {
  request.limitBody(Long.MAX_VALUE);
  var digest = MessageDigest.getInstance("SHA-256");
  long size = 0;
  for (Bytes piece; (piece = request.body().read()) != null; ) {
    digest.update(piece.asByteBuffer());
    size += piece.length();
  }
  return Response.text(size + " " + HexFormat.of().formatHex(digest.digest()) + "\n");
}

void echo(WebSocket socket) throws Exception {
  for (var message : socket) {
    socket.send(message);
  }
}

void show(String place) throws Exception {
  try (var session = HttpSession.open()) {
    IO.println(session.get(place + "/json").text());
    IO.println(session.get(place + "/stream?n=1000000").bytes().length() + " bytes");
    IO.print(session.post(place + "/upload", Payload.text("hello")).text());
  }
  try (var socket = WebSocket.connect(place.replace("http", "ws") + "/ws")) {
    socket.send("echo");
    IO.println(socket.receiveText());
  }
}
