// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import tulip.core.EventLoop;
import tulip.core.spi.ResourceTracker;
import tulip.http.fields.Parameters;

/// Asks HTTP servers, and keeps what requests share: connections, cookies, defaults.
///
/// ```java
/// try (var http = HttpSession.open()) {
///   var page = http.get("https://example.org/").text();
///   ...
/// }
/// ```
///
/// A session is a block, and no connection outlives it. One session serves any number of servers
/// and tasks; make one for the program, not one for each request.
///
/// It belongs to the task that opened it, which closes it. The other methods are for any task of
/// its loop; they wait, and can be cancelled at any time: the connection of a request that was cut
/// short is closed and never used again.
public final class HttpSession implements AutoCloseable {
  private final ClientOptions options;
  private final CookieJar cookies;
  private final HttpTransport transport;
  private final Redirections redirections;
  private final ResourceTracker tracker = EventLoop.currentTracker();
  private boolean closed;

  private HttpSession(ClientOptions options) {
    this.options = options;
    var jar = options.cookies();
    cookies = jar == null ? new CookieJar() : jar;
    transport = new HttpTransport(options, new Events(options.listener()));
    redirections = new Redirections(options, cookies, transport);
    tracker.opened(this);
  }

  /// Opens a session with the usual options. In a task.
  public static HttpSession open() {
    return open(ClientOptions.DEFAULT);
  }

  /// Opens a session. In a task.
  public static HttpSession open(ClientOptions options) {
    return new HttpSession(options);
  }

  // ---- asking ----

  /// GETs a URL.
  ///
  /// @param url may be relative to [ClientOptions#baseUrl]
  /// @throws IOException as [#send]
  public ClientResponse get(String url) throws IOException {
    return send(ClientRequest.get(url));
  }

  /// GETs a URL with more parameters in its query.
  ///
  /// @throws IOException as [#send]
  public ClientResponse get(String url, Parameters query) throws IOException {
    return send(ClientRequest.get(url).query(query));
  }

  /// Asks for the head of an answer. Redirections are not followed.
  ///
  /// @throws IOException as [#send]
  public ClientResponse head(String url) throws IOException {
    return send(ClientRequest.head(url).redirects(0));
  }

  /// POSTs something.
  ///
  /// @throws IOException as [#send]
  public ClientResponse post(String url, Payload body) throws IOException {
    return send(ClientRequest.post(url).body(body));
  }

  /// PUTs something.
  ///
  /// @throws IOException as [#send]
  public ClientResponse put(String url, Payload body) throws IOException {
    return send(ClientRequest.put(url).body(body));
  }

  /// PATCHes something.
  ///
  /// @throws IOException as [#send]
  public ClientResponse patch(String url, Payload body) throws IOException {
    return send(ClientRequest.patch(url).body(body));
  }

  /// DELETEs something.
  ///
  /// @throws IOException as [#send]
  public ClientResponse delete(String url) throws IOException {
    return send(ClientRequest.delete(url));
  }

  /// Asks what can be done with something.
  ///
  /// @throws IOException as [#send]
  public ClientResponse options(String url) throws IOException {
    return send(ClientRequest.options(url));
  }

  /// Sends a request, and waits for the head of its response. An answer of 4xx or 5xx is an answer:
  /// see [ClientResponse#raiseForStatus].
  ///
  /// @throws HttpClientException if there is no answer to be had, and why
  /// @throws IOException if the network fails
  /// @throws IllegalArgumentException if the request makes no sense; nothing was sent
  /// @throws tulip.core.Cancelled if the task was cancelled
  public ClientResponse send(ClientRequest request) throws IOException {
    checkOpen();
    return redirections.follow(request);
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the session is closed; open it around all that uses it");
    }
  }

  // ---- looking ----

  /// The cookies that servers have set.
  public CookieJar cookies() {
    return cookies;
  }

  /// How many connections are open.
  public int connectionCount() {
    return transport.pools().size();
  }

  /// Has no connection used again that is open now: after the server's address has changed, or the
  /// network.
  public void expireConnections() {
    checkOpen();
    transport.expireAll();
  }

  /// Closes all connections. Responses that were not read to their ends are cut off, and reported
  /// to the loop's exception handler. By the task that opened the session.
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      tracker.closed(this);
      transport.close();
    }
  }

  @Override
  public String toString() {
    return "HTTP session" + (options.baseUrl() == null ? "" : " of " + options.baseUrl());
  }
}
