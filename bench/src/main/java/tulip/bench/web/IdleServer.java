// SPDX-License-Identifier: Apache-2.0
package tulip.bench.web;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import tulip.core.LoopOptions;
import tulip.core.LoopOptions.Engine;
import tulip.core.Runner;
import tulip.http.HttpServerOptions;
import tulip.http.Response;
import tulip.http.WebApp;
import tulip.net.ListenOptions;
import tulip.net.Tcp;
import tulip.websocket.WebSocket;

/// A web application as a user would write it, to which very many clients are connected. Prints its
/// port.
final class IdleServer {
  private static final int MANY = 20_000;

  private IdleServer() {}

  /// Usage: no arguments.
  public static void main(String[] words) throws Exception {
    var app = new WebApp();
    app.get("/", _ -> Response.text("Hello, world"));
    app.get("/live", _ -> Response.text(Long.toString(live())));
    app.get(
        "/ws",
        request ->
            WebSocket.accept(
                request,
                socket -> {
                  for (var message : socket) {
                    socket.send(message);
                  }
                }));
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (var runner = Runner.open(LoopOptions.DEFAULT.withEngine(Engine.CARRIER))) {
      runner.run(() -> {
        var listener = Tcp.listen(address, ListenOptions.DEFAULT.withBacklog(4096));
        System.out.println(listener.port());
        var options = HttpServerOptions.DEFAULT;
        app.serve(
            List.of(listener),
            options.withConnections(options.connections().withMaxConnections(MANY)));
      });
    }
  }

  /// The bytes of the objects that are in use.
  private static long live() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
