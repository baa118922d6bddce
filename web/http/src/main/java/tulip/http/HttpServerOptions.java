// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import org.jspecify.annotations.Nullable;
import tulip.http.coding.ContentCodings;
import tulip.http.protocol.HttpLimits;
import tulip.net.ServerOptions;
import tulip.net.TlsContext;

/// How an HTTP server treats its clients.
///
/// @param connections how many there may be, and how long they may go on when the server ends
/// @param limits how much one request may have; bodies of 1 MiB if nothing else is said
/// @param timeouts how long clients are waited for
/// @param maxRequests how many requests one connection may make; then it is closed. 1,000,000
/// @param unread how much of a body that the handler did not read is received all the same, so that
///   the connection can go on or the client reads its answer; 256 KiB
/// @param name what the Server field says; empty, as if nothing else is said, for no such field
/// @param cancelAbandoned whether a handler is cancelled when its client goes away; one that only
///   ends its side of the connection counts as gone. If not, as if nothing else is said, the next
///   read or write throws
/// @param tls how to encrypt, or null for plain HTTP
/// @param codings in which bodies of requests may come; others are refused with 415. With none,
///   handlers get bodies as they were sent. gzip and deflate
/// @param accessLog who hears of each request, or null, as if nothing else is said
/// @param proxies who may say on whose behalf a request comes; nobody
public record HttpServerOptions(
    ServerOptions connections,
    HttpLimits limits,
    HttpTimeouts timeouts,
    int maxRequests,
    long unread,
    String name,
    boolean cancelAbandoned,
    @Nullable TlsContext tls,
    ContentCodings codings,
    @Nullable AccessLog accessLog,
    TrustedProxies proxies) {
  /// The options of a server for which nothing else is said.
  public static final HttpServerOptions DEFAULT =
      new HttpServerOptions(
          ServerOptions.DEFAULT,
          HttpLimits.SERVER,
          HttpTimeouts.DEFAULT,
          1_000_000,
          256 * 1024,
          "",
          false,
          null,
          ContentCodings.DEFAULT,
          null,
          TrustedProxies.NONE);

  /// Checks them.
  public HttpServerOptions {
    if (maxRequests < 1 || unread < 0) {
      throw new IllegalArgumentException(
          "requests of a connection " + maxRequests + ", unread bytes " + unread);
    }
    if (tls != null && !tls.isServer()) {
      throw new IllegalArgumentException("a TLS context for clients");
    }
  }

  /// The same with other options for the connections.
  public HttpServerOptions withConnections(ServerOptions connections) {
    return new HttpServerOptions(
        connections,
        limits,
        timeouts,
        maxRequests,
        unread,
        name,
        cancelAbandoned,
        tls,
        codings,
        accessLog,
        proxies);
  }

  /// The same with other limits.
  public HttpServerOptions withLimits(HttpLimits limits) {
    return new HttpServerOptions(
        connections,
        limits,
        timeouts,
        maxRequests,
        unread,
        name,
        cancelAbandoned,
        tls,
        codings,
        accessLog,
        proxies);
  }

  /// The same with other timeouts.
  public HttpServerOptions withTimeouts(HttpTimeouts timeouts) {
    return new HttpServerOptions(
        connections,
        limits,
        timeouts,
        maxRequests,
        unread,
        name,
        cancelAbandoned,
        tls,
        codings,
        accessLog,
        proxies);
  }

  /// The same with another number of requests for each connection.
  public HttpServerOptions withMaxRequests(int maxRequests) {
    return new HttpServerOptions(
        connections,
        limits,
        timeouts,
        maxRequests,
        unread,
        name,
        cancelAbandoned,
        tls,
        codings,
        accessLog,
        proxies);
  }

  /// The same with another limit for what is received and not read.
  public HttpServerOptions withUnread(long unread) {
    return new HttpServerOptions(
        connections,
        limits,
        timeouts,
        maxRequests,
        unread,
        name,
        cancelAbandoned,
        tls,
        codings,
        accessLog,
        proxies);
  }

  /// The same with a Server field, or none.
  public HttpServerOptions withName(String name) {
    return new HttpServerOptions(
        connections,
        limits,
        timeouts,
        maxRequests,
        unread,
        name,
        cancelAbandoned,
        tls,
        codings,
        accessLog,
        proxies);
  }

  /// The same with handlers cancelled or not when their clients go away.
  public HttpServerOptions withCancelAbandoned(boolean cancelAbandoned) {
    return new HttpServerOptions(
        connections,
        limits,
        timeouts,
        maxRequests,
        unread,
        name,
        cancelAbandoned,
        tls,
        codings,
        accessLog,
        proxies);
  }

  /// The same with TLS, or without.
  public HttpServerOptions withTls(@Nullable TlsContext tls) {
    return new HttpServerOptions(
        connections,
        limits,
        timeouts,
        maxRequests,
        unread,
        name,
        cancelAbandoned,
        tls,
        codings,
        accessLog,
        proxies);
  }

  /// The same with other codings of requests.
  public HttpServerOptions withCodings(ContentCodings codings) {
    return new HttpServerOptions(
        connections,
        limits,
        timeouts,
        maxRequests,
        unread,
        name,
        cancelAbandoned,
        tls,
        codings,
        accessLog,
        proxies);
  }

  /// The same with an access log, or without.
  public HttpServerOptions withAccessLog(@Nullable AccessLog accessLog) {
    return new HttpServerOptions(
        connections,
        limits,
        timeouts,
        maxRequests,
        unread,
        name,
        cancelAbandoned,
        tls,
        codings,
        accessLog,
        proxies);
  }

  /// The same with other proxies that are trusted.
  public HttpServerOptions withProxies(TrustedProxies proxies) {
    return new HttpServerOptions(
        connections,
        limits,
        timeouts,
        maxRequests,
        unread,
        name,
        cancelAbandoned,
        tls,
        codings,
        accessLog,
        proxies);
  }
}
