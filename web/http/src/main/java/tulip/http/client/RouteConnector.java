// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import tulip.core.EventLoop;
import tulip.core.Tulip;
import tulip.http.client.ClientTimeoutException.Phase;
import tulip.net.ByteStream;
import tulip.pool.Connector;

/// Opens the connections of a route, and knows whether they can be used again.
final class RouteConnector implements Connector<Http1Connection> {
  private final Route route;
  private final ClientOptions options;
  private final Events events;
  private final EventLoop loop = EventLoop.current();

  RouteConnector(Route route, ClientOptions options, Events events) {
    this.route = route;
    this.options = options;
    this.events = events;
  }

  @Override
  public Http1Connection connect() throws IOException {
    var limit = options.timeouts().connect();
    try {
      return Tulip.timeout(limit, this::open);
    } catch (TimeoutException e) {
      throw new ClientTimeoutException(
          Phase.CONNECT, route + ": connecting took longer than " + limit, e);
    }
  }

  private Http1Connection open() throws IOException {
    long began = loop.time();
    var proxy = route.proxy();
    var stream =
        proxy == null
            ? dial(route.origin().host(), route.origin().port())
            : dial(proxy.host(), proxy.port());
    boolean good = false;
    try {
      long dialled = loop.time();
      encrypt(stream);
      events.connected(route, dialled - began, loop.time() - dialled);
      good = true;
      return new Http1Connection(stream, options.limits(), options.isLenient());
    } finally {
      if (!good) {
        stream.abort();
      }
    }
  }

  private ByteStream dial(String host, int port) throws IOException {
    return options.dialer().dial(bare(host), port);
  }

  /// Passes through the proxy, and goes on in TLS.
  private void encrypt(ByteStream stream) throws IOException {
    var proxy = route.proxy();
    var origin = route.origin();
    if (proxy != null) {
      if (proxy.kind() == ProxyServer.Kind.HTTPS) {
        options.proxyTls().start(stream, bare(proxy.host()));
      }
      if (proxy.kind().isSocks()) {
        new SocksHandshake(stream, proxy).connect(bare(origin.host()), origin.port());
      } else if (!route.isForwarded()) {
        new ProxyTunnel(stream, proxy, options.limits()).open(origin);
      }
    }
    var tls = route.tls();
    if (tls != null) {
      tls.start(stream, bare(origin.host()));
    }
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  @Override
  public void abort(Http1Connection connection) {
    connection.abort();
  }

  @Override
  public void close(Http1Connection connection) throws IOException {
    connection.close();
  }

  @Override
  public boolean isAlive(Http1Connection connection) {
    return connection.isAlive();
  }

  /// A connection between two requests is good, however its user ended; any other is not.
  @Override
  public Verdict judge(Http1Connection connection, boolean cut) {
    return connection.end() && options.keepsAlive() ? Verdict.REUSE : Verdict.DISCARD;
  }
}
