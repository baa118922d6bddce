// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import tulip.bytes.ByteWriter;
import tulip.bytes.MalformedException;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.TaskGroup;
import tulip.http.client.ClientTimeoutException.Phase;
import tulip.http.coding.ContentCoding;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.ResponseHead;
import tulip.http.protocol.Status;
import tulip.pool.ConnectionTimeoutException;
import tulip.pool.Lease;
import tulip.pool.PoolMap;

/// The innermost layer of a session: puts requests on connections.
final class HttpTransport {
  private final ClientOptions options;
  private final Events events;
  private final EventLoop loop = EventLoop.current();
  private final ByteWriter writer;
  private final PoolMap<Route, Http1Connection> pools;
  private final TaskGroup uploads;
  private final OpenExchanges open;

  HttpTransport(ClientOptions options, Events events) {
    this.options = options;
    this.events = events;
    writer = new ByteWriter(options.limits().head() + 2 * Exchange.SMALL);
    pools =
        PoolMap.open(
            options.connections(),
            options.pool(),
            route -> new RouteConnector(route, options, events));
    uploads = TaskGroup.open();
    open = new OpenExchanges(Math.min(options.connections(), options.connectionsPerOrigin()));
  }

  Events events() {
    return events;
  }

  EventLoop loop() {
    return loop;
  }

  TaskGroup uploads() {
    return uploads;
  }

  OpenExchanges open() {
    return open;
  }

  PoolMap<Route, Http1Connection> pools() {
    return pools;
  }

  /// An empty writer, the caller's until its next wait.
  ByteWriter writer() {
    writer.clear();
    return writer;
  }

  /// Sends a request and waits for the head of its response.
  ///
  /// A connection that lay idle may be closed by the server at the very moment at which the next
  /// request is sent. Nobody knows then whether the server has seen it; what may be done twice is
  /// sent again on another connection, until that is a new one.
  ClientResponse perform(ClientRequest request, Deadline deadline) throws IOException {
    long began = loop.time();
    events.tell(() -> new ClientEvent.Started(request));
    try {
      while (true) {
        var exchange = begin(request, deadline, began);
        try {
          return response(exchange, exchange.run());
        } catch (IOException e) {
          exchange.abandon();
          if (!exchange.mayRepeat(e)) {
            throw e;
          }
          events.tell(() -> new ClientEvent.Repeated(request, e));
        } catch (Throwable t) {
          exchange.abandon();
          throw t;
        }
      }
    } catch (Throwable t) {
      events.tell(() -> new ClientEvent.Failed(request, t));
      throw t;
    }
  }

  private ClientResponse response(Exchange exchange, ResponseHead head) throws IOException {
    ResponseBody body = new NetworkBody(exchange, length(head));
    if (exchange.expectsBody()) {
      body = decoded(exchange.request(), head, body);
    } else if (head.status().code() != Status.SWITCHING_PROTOCOLS.code()) {
      body.read(); // there is nothing to come, and the connection is free
    }
    return ClientResponse.of(exchange, head, body, options.content());
  }

  private static long length(ResponseHead head) {
    var length = head.headers().first(HeaderName.CONTENT_LENGTH);
    return length == null ? -1 : Long.parseLong(length);
  }

  /// What is coded in an unknown way stays so, and a part of what is coded cannot be decoded.
  private ResponseBody decoded(ClientRequest request, ResponseHead head, ResponseBody body)
      throws IOException {
    if (!request.isDecoded(options.isDecoding())
        || head.status().code() == Status.PARTIAL_CONTENT.code()) {
      return body;
    }
    try {
      var codings = options.codings().of(head.headers());
      var plain = body;
      for (var coding : codings == null ? List.<ContentCoding>of() : codings) {
        plain = new DecodedBody(plain, coding);
      }
      return plain;
    } catch (MalformedException e) {
      throw new ContentException(request + ": " + e.getMessage(), e);
    }
  }

  private Exchange begin(ClientRequest request, Deadline deadline, long began) throws IOException {
    var rules = request.proxies() == null ? options.proxies() : request.proxies();
    var tls = request.tls() == null ? options.tls() : request.tls();
    var route = Route.of(request, rules.proxyFor(request.url()), tls);
    long asked = loop.time();
    var lease = acquire(route, deadline);
    boolean reused = lease.get().begin();
    long waited = loop.time() - asked;
    events.tell(() -> new ClientEvent.Acquired(request, reused, Duration.ofNanos(waited)));
    var setting = new Exchange.Setting(route, deadline, reused, began, open.place(request));
    return new Exchange(this, lease, request, setting);
  }

  private Lease<Http1Connection> acquire(Route route, Deadline deadline) throws IOException {
    var limit = deadline.timeouts().acquire();
    try {
      return pools.acquire(route, deadline.left(limit));
    } catch (ConnectionTimeoutException e) {
      var phase = deadline.late(Phase.ACQUIRE, limit, e).phase();
      var message = route + ": " + e.getMessage() + open.describe();
      throw open.explained(new ClientTimeoutException(phase, message, e));
    } catch (IllegalStateException e) { // the task itself has all of them
      throw open.explained(new IllegalStateException(e.getMessage() + open.describe(), e));
    }
  }

  /// Has no connection used again that is open now.
  void expireAll() {
    pools.statistics().keySet().forEach(pools::expireAll);
  }

  boolean keepsAlive() {
    return options.keepsAlive();
  }

  /// Ends everything. What was not read to its end is cut off, and told of: somebody has forgotten
  /// it.
  void close() {
    for (var exchange : open.copy()) {
      loop.callExceptionHandler(
          new ErrorContext(
              "a response was neither read to its end nor closed: " + exchange,
              exchange.place(),
              exchange));
      exchange.abandon();
    }
    try {
      uploads.close();
    } finally {
      pools.close();
    }
  }
}
