// SPDX-License-Identifier: Apache-2.0
package tulip.bench.web;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions;
import tulip.core.LoopOptions.Engine;
import tulip.core.Runner;
import tulip.http.HttpServerOptions;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.WebApp;
import tulip.http.templates.Templates;
import tulip.net.ListenOptions;
import tulip.net.ServerOptions;
import tulip.net.Tcp;
import tulip.websocket.Broadcast;
import tulip.websocket.WebSocket;
import tulip.websocket.protocol.PreparedMessage;

/// Our application as a user would write it.
final class TulipSite {
  private static final int BACKLOG = 4096;
  private static final int MANY = 20_000;
  private static final int ROWS = 130;

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <title>{{ title }}</title>
      <table>
      {% for row in rows %}<tr><td>{{ row.id }}</td><td>{{ row.text }}</td></tr>
      {% endfor %}</table>
      """;

  private final Set<WebSocket> room = new LinkedHashSet<>();

  private TulipSite() {}

  /// A row of the page.
  public record Row(int id, String text) {}

  /// Words: the file, and the engine. Prints its port.
  public static void main(String[] words) throws Exception {
    var engine = Engine.valueOf(words[1]);
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (var runner = Runner.open(LoopOptions.DEFAULT.withEngine(engine))) {
      runner.<Exception>run(() -> {
        var listener = Tcp.listen(address, ListenOptions.DEFAULT.withBacklog(BACKLOG));
        System.out.println(listener.port());
        var app = new TulipSite().app(Path.of(words[0]));
        app.serve(
            List.of(listener),
            HttpServerOptions.DEFAULT.withConnections(
                ServerOptions.DEFAULT.withMaxConnections(MANY)));
      });
    }
  }

  private WebApp app(Path file) throws IOException {
    var app = new WebApp();
    app.use((request, next) -> next.handle(request).header("Server", "tulip"));
    app.get("/json", _ -> Response.bytes(Site.JSON_TYPE, Bytes.ofAscii(Site.JSON)));
    var templates = Templates.memory(app, Map.of("page", PAGE));
    var rows = new ArrayList<Row>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(new Row(i, "Row <" + i + "> of the table & more of it"));
    }
    app.get(
        "/page", request -> templates.page(request, "page", Map.of("title", "Rows", "rows", rows)));
    app.get("/file", request -> Response.file(request, file));
    app.post("/upload", TulipSite::upload);
    app.get("/echo", request -> WebSocket.accept(request, TulipSite::echo));
    app.get("/room", request -> WebSocket.accept(request, this::meet));
    app.get("/live", _ -> Response.text(Long.toString(live())));
    return app;
  }

  /// The bytes of the objects that are in use.
  private static long live() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static Response upload(Request request) throws IOException {
    request.limitBody(Long.MAX_VALUE);
    long size = 0;
    for (Bytes piece; (piece = request.body().read()) != null; ) {
      size += piece.length();
    }
    return Response.text(Long.toString(size));
  }

  private static void echo(WebSocket socket) throws IOException {
    for (var message : socket) {
      socket.send(message);
    }
  }

  private void meet(WebSocket socket) throws IOException {
    room.add(socket);
    try {
      for (String text; (text = socket.receiveText()) != null; ) {
        Broadcast.send(PreparedMessage.text(text), List.copyOf(room), Broadcast.SlowPeers.SKIP);
      }
    } finally {
      room.remove(socket);
    }
  }
}
