// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.IOException;
import java.util.List;
import tulip.core.LoopVar;
import tulip.core.Tulip;
import tulip.net.Listener;
import tulip.net.Server;
import tulip.net.Tcp;

/// Serves HTTP with one handler for all requests, a task for each connection. [WebApp] has routes
/// and more.
///
/// ```java
/// HttpServer.serve(8080, request -> Response.text("Hello, world"));
/// ```
///
/// A server is a block. When it ends it accepts no more and closes idle connections, at once or
/// after [HttpServerOptions#idleGrace]; requests in flight are answered, and their connections
/// closed behind the answers, until [tulip.net.ServerOptions#grace] is over. The rest is cancelled.
///
/// A handler that fails is answered for with 500, and its failure goes to the loop's exception
/// handler; what the client does wrong goes nowhere.
public final class HttpServer implements AutoCloseable {
  private final Server server;
  private final Runnable behind;

  /// @param behind called after the last connection
  HttpServer(
      List<Listener> listeners, HttpServerOptions options, Handler handler, Runnable behind) {
    this.behind = behind;
    server = Server.open(listeners, options.connections(), connections(options, handler));
  }

  /// Serves a port of all of the machine's addresses until the task is cancelled.
  ///
  /// @throws IOException if the port cannot be listened at
  public static void serve(int port, Handler handler) throws IOException {
    var listeners = List.of(Tcp.listen(port));
    try (var _ = open(listeners, HttpServerOptions.DEFAULT, handler)) {
      Tulip.sleepForever();
    }
  }

  /// Begins to serve a listener, with the usual options. In a task.
  public static HttpServer open(Listener listener, Handler handler) {
    return open(List.of(listener), HttpServerOptions.DEFAULT, handler);
  }

  /// Begins to serve listeners, which it closes at its end. In a task.
  public static HttpServer open(
      List<Listener> listeners, HttpServerOptions options, Handler handler) {
    return new HttpServer(listeners, options, handler, () -> {});
  }

  /// What serves the single connections, for a [tulip.net.Server] or for
  /// [tulip.net.workers.Workers]. Any loop.
  public static Server.Handler connections(HttpServerOptions options, Handler handler) {
    var shares = LoopVar.<ConnectionShare>of("HTTP connections");
    return stream -> {
      options.proxies().greet(stream, options.timeouts());
      var tls = options.tls();
      if (tls != null) {
        stream.startTls(tls);
      }
      var share = shares.getOrSet(() -> new ConnectionShare(options));
      var next = new ServerDriver(handler, share, stream).run();
      if (next != null) {
        next.run();
      }
    };
  }

  /// The port of the only or the first listener.
  public int port() {
    return server.port();
  }

  /// Where it listens.
  public List<Listener> listeners() {
    return server.listeners();
  }

  /// How many connections are open.
  public int connectionCount() {
    return server.connections().size();
  }

  /// Ends it, as said above.
  @Override
  public void close() {
    try {
      server.close();
    } finally {
      behind.run();
    }
  }
}
