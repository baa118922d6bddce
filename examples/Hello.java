// SPDX-License-Identifier: Apache-2.0

import module tulip.core;
import module tulip.http;
import module tulip.net;

/// A web application.
///
///     ./tulip run examples/Hello.java 8080
///
/// Ctrl-C ends it, and lets what it is answering finish. Without a port it shows itself: it serves
/// one that is free, and asks itself.
void main(String... arguments) throws Exception {
  var users = List.of("Ana", "Ben", "Eva");

  var app = new WebApp();
  app.get("/", request -> Response.text("Hello, world\n"));
  app.get("/users/{id:int}", request -> Response.text(users.get(request.pathInt("id")) + "\n"));
  app.post("/shout", request -> Response.text(request.text().toUpperCase(Locale.ROOT)));
  app.use((request, next) -> {
    try {
      return next.handle(request);
    } catch (IndexOutOfBoundsException e) {
      throw new HttpError(Status.NOT_FOUND);
    }
  });

  Tulip.run(() -> {
    if (arguments.length > 0) {
      app.serve(Integer.parseInt(arguments[0]));
      return;
    }
    try (var server = app.open(Tcp.listen(0))) {
      IO.print(ask(server.port(), "GET / HTTP/1.0\n\n"));
      IO.print(ask(server.port(), "GET /users/1 HTTP/1.0\n\n"));
      IO.println(ask(server.port(), "POST /shout HTTP/1.0\nContent-Length: 3\n\nhey"));
      IO.println(ask(server.port(), "GET /users/7 HTTP/1.0\n\n"));
    }
  });
}

/// Asks as one would by hand, and gives what comes behind the head.
String ask(int port, String request) throws Exception {
  try (var stream = Tcp.connect("localhost", port)) {
    stream.write(request.replace("\n", "\r\n"));
    while (!stream.readLine().isEmpty()) {}
    return stream.readAll(1000).utf8();
  }
}
