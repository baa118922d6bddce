// SPDX-License-Identifier: Apache-2.0
package tulip.it.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tulip.core.Tulip;
import tulip.http.HttpServerOptions;
import tulip.http.RequestBody;
import tulip.http.Response;
import tulip.http.WebApp;
import tulip.http.fields.SetCookie;
import tulip.net.ListenOptions;
import tulip.net.Listener;
import tulip.net.Tcp;
import tulip.websocket.WebSocket;

/// A site for clients to try.
final class Site {
  static final Duration LIMIT = Duration.ofSeconds(40);
  private static final InetSocketAddress FREE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  /// What a client does there.
  interface Visit {
    void run(Site site) throws Exception;
  }

  private final Path folder;
  private final Listener listener;

  /// What happened at the site.
  final List<String> seen = new ArrayList<>();

  private Site(Path folder, Listener listener) {
    this.folder = folder;
    this.listener = listener;
  }

  /// Has a site visited at a port that is free.
  static void visit(Path folder, HttpServerOptions options, Visit visit) throws Exception {
    Tulip.run(() -> visit(folder, Tcp.listen(FREE, ListenOptions.DEFAULT), options, visit));
  }

  /// Has a site visited where a listener listens. In a task.
  static void visit(Path folder, Listener listener, HttpServerOptions options, Visit visit)
      throws Exception {
    var site = new Site(folder, listener);
    try (var _ = site.app().open(List.of(listener), options)) {
      Tulip.timeout(LIMIT, () -> visit.run(site));
    }
  }

  private WebApp app() {
    var app = new WebApp();
    app.get("/", request -> Response.text("Hello, world"));
    app.get("/headers", request -> Response.text(request.headers().toString()));
    app.route("*", "/echo", request -> Response.bytes(request.bytes()));
    app.get(
        "/cookies",
        request ->
            Response.text(
                    request.cookies().stream()
                        .map(each -> each.name() + "=" + each.value())
                        .sorted()
                        .toList()
                        .toString())
                .cookie(SetCookie.of("theirs", request.query("theirs") + "")));
    app.put("/count", request -> Response.text(count(request.body()) + " bytes"));
    app.post("/form", request -> Response.text(request.form().all("name") + ""));
    app.get(
        "/stream/{n:int}",
        request ->
            Response.stream(
                "text/plain",
                sink -> {
                  for (int i = 0; i < request.pathInt("n"); i++) {
                    sink.write("line " + i + "\n");
                  }
                }));
    app.get(
        "/slow",
        request -> {
          seen.add("begun");
          try {
            Tulip.sleep(Duration.ofMinutes(1));
            seen.add("done");
          } finally {
            seen.add("left");
          }
          return Response.text("done");
        });
    app.get(
        "/socket",
        request ->
            WebSocket.accept(
                request,
                socket -> {
                  for (var message : socket) {
                    socket.send(message);
                  }
                }));
    app.files("/files", folder);
    return app;
  }

  private static long count(RequestBody body) throws IOException {
    body.limit(1L << 30);
    long size = 0;
    for (var piece = body.read(); piece != null; piece = body.read()) {
      size += piece.length();
    }
    return size;
  }

  String url(String path) {
    return "http://127.0.0.1:" + listener.port() + path;
  }

  int port() {
    return listener.port();
  }

  /// Runs a client to its end.
  ///
  /// @return what it has written
  String run(String... command) throws IOException {
    return Clients.run(folder, command);
  }
}
