// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tulip.core.Tulip;
import tulip.http.HttpServer;
import tulip.http.HttpServerOptions;
import tulip.http.Request;
import tulip.http.Response;
import tulip.net.Listener;
import tulip.net.Tcp;

/// Serves WebSockets and nothing else, whatever path they ask for. In a web application see
/// [WebSocket#accept].
///
/// ```java
/// WebSocketServer.serve(8765, socket -> {
///   for (var message : socket) {
///     socket.send(message);
///   }
/// });
/// ```
///
/// A server is a block. When it ends it accepts no more, and closes with 1001 the sockets whose
/// handlers wait for a message; the others may go on until [tulip.net.ServerOptions#grace] is over.
public final class WebSocketServer implements AutoCloseable {
  private final Set<WebSocket> sockets = new LinkedHashSet<>();
  private final AcceptOptions options;
  private final WebSocketHandler handler;
  private final HttpServer http;

  private WebSocketServer(
      List<Listener> listeners,
      HttpServerOptions http,
      AcceptOptions options,
      WebSocketHandler handler) {
    this.options = options;
    this.handler = handler;
    this.http = HttpServer.open(listeners, http, this::answer);
  }

  /// Serves a port of all of the machine's addresses until the task is cancelled.
  ///
  /// @throws IOException if the port cannot be listened at
  public static void serve(int port, WebSocketHandler handler) throws IOException {
    try (var _ = open(Tcp.listen(port), handler)) {
      Tulip.sleepForever();
    }
  }

  /// Begins to serve a listener, with the usual options. In a task.
  public static WebSocketServer open(Listener listener, WebSocketHandler handler) {
    return open(List.of(listener), HttpServerOptions.DEFAULT, AcceptOptions.DEFAULT, handler);
  }

  /// Begins to serve listeners, which it closes at its end. In a task.
  ///
  /// @param http for the connections until they are WebSockets, and how they end
  public static WebSocketServer open(
      List<Listener> listeners,
      HttpServerOptions http,
      AcceptOptions options,
      WebSocketHandler handler) {
    return new WebSocketServer(listeners, http, options, handler);
  }

  private Response answer(Request request) {
    return WebSocket.accept(request, options, this::handle);
  }

  private void handle(WebSocket socket) throws Exception {
    sockets.add(socket);
    try {
      handler.handle(socket);
    } finally {
      sockets.remove(socket);
    }
  }

  /// The sockets whose handlers run at this moment, the oldest first.
  public List<WebSocket> sockets() {
    return List.copyOf(sockets);
  }

  /// The port of the only or the first listener.
  public int port() {
    return http.port();
  }

  /// Where it listens.
  public List<Listener> listeners() {
    return http.listeners();
  }

  /// Ends it, as said above.
  @Override
  public void close() {
    http.close();
  }
}
