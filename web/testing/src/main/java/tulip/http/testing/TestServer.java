// SPDX-License-Identifier: Apache-2.0
package tulip.http.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import tulip.http.Handler;
import tulip.http.HttpServer;
import tulip.http.HttpServerOptions;
import tulip.http.WebApp;
import tulip.http.client.ClientOptions;
import tulip.http.client.ClientRequest;
import tulip.http.client.ClientResponse;
import tulip.http.client.Dialer;
import tulip.http.client.HttpSession;
import tulip.http.client.Payload;
import tulip.http.protocol.Status;
import tulip.net.ListenOptions;
import tulip.net.Listener;
import tulip.net.Tcp;
import tulip.websocket.WebSocket;

/// A server under test with a client of its own, which keeps connections and cookies as a browser
/// does.
///
/// ```java
/// @TulipTest
/// void greets() throws Exception {
///   try (var server = TestServer.open(app)) {
///     assertEquals("Hello", server.get("/").text());
///   }
/// }
/// ```
///
/// In memory there are no ports and no sockets, and under a virtual clock each timeout is over at
/// once. Everything else is as it is in earnest: the application is started and ended, requests are
/// parsed and limits hold. A handler that fails is answered for with 500, and its failure goes to
/// the loop's exception handler, so that a `@TulipTest` fails by it.
///
/// A block, in a task; all methods are for the tasks of its loop.
public final class TestServer implements AutoCloseable {
  private final HttpServer server;
  private final HttpSession http;
  private final String origin;

  private TestServer(HttpServer server, ClientOptions options, String origin) {
    this.server = server;
    this.origin = origin;
    http = HttpSession.open(options.withBaseUrl(origin + "/"));
  }

  // ---- opening ----

  /// Serves an application in memory.
  ///
  /// @throws Exception if its startup fails
  public static TestServer open(WebApp app) throws Exception {
    return open(app, HttpServerOptions.DEFAULT);
  }

  /// Serves an application in memory.
  ///
  /// @param options without TLS
  /// @throws Exception if its startup fails
  public static TestServer open(WebApp app, HttpServerOptions options) throws Exception {
    var listener = new MemoryListener();
    return inMemory(app.open(List.of(listener), options), listener);
  }

  /// Serves one handler in memory.
  public static TestServer open(Handler handler) {
    return open(handler, HttpServerOptions.DEFAULT);
  }

  /// Serves one handler in memory.
  ///
  /// @param options without TLS
  public static TestServer open(Handler handler, HttpServerOptions options) {
    var listener = new MemoryListener();
    return inMemory(HttpServer.open(List.of(listener), options, handler), listener);
  }

  private static TestServer inMemory(HttpServer server, MemoryListener listener) {
    Dialer dialer = (_, _) -> listener.connect();
    return new TestServer(server, ClientOptions.DEFAULT.withDialer(dialer), "http://localhost");
  }

  /// Serves an application at a free port of the loopback address: for clients of other processes.
  ///
  /// @throws Exception if its startup fails, or there is no port
  public static TestServer listen(WebApp app) throws Exception {
    var free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Listener listener = Tcp.listen(free, ListenOptions.DEFAULT);
    var origin = "http://127.0.0.1:" + listener.port();
    return new TestServer(app.open(listener), ClientOptions.DEFAULT, origin);
  }

  // ---- asking ----

  /// The client; its base is the server's root. In memory it reaches the server under any name.
  public HttpSession http() {
    return http;
  }

  /// A URL of the server.
  ///
  /// @param path with a slash ahead
  public String url(String path) {
    return origin + path;
  }

  /// GETs a path.
  ///
  /// @throws IOException as [HttpSession#send]
  public ClientResponse get(String path) throws IOException {
    return http.get(path);
  }

  /// GETs a path and looks at the status alone.
  ///
  /// @throws IOException as [HttpSession#send]
  public Status status(String path) throws IOException {
    try (var response = get(path)) {
      return response.status();
    }
  }

  /// POSTs something to a path.
  ///
  /// @throws IOException as [HttpSession#send]
  public ClientResponse post(String path, Payload body) throws IOException {
    return http.post(path, body);
  }

  /// Sends a request.
  ///
  /// @throws IOException as [HttpSession#send]
  public ClientResponse send(ClientRequest request) throws IOException {
    return http.send(request);
  }

  /// Opens a WebSocket at a path, with the client's cookies.
  ///
  /// @throws IOException as [WebSocket#connect(HttpSession, String)]
  public WebSocket webSocket(String path) throws IOException {
    return WebSocket.connect(http, path);
  }

  /// The server itself.
  public HttpServer server() {
    return server;
  }

  /// Ends the client, and the server as [HttpServer#close] does.
  @Override
  public void close() {
    try {
      http.close();
    } finally {
      server.close();
    }
  }
}
