// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tulip.http.coding.ContentCodings;
import tulip.http.protocol.HttpLimits;
import tulip.net.ServerOptions;
import tulip.net.TlsContext;

/// How an HTTP server treats its clients.
///
/// Immutable: the `with` methods make others.
public final class HttpServerOptions {
  /// The options of a server for which nothing else is said.
  public static final HttpServerOptions DEFAULT = new HttpServerOptions();

  // Set before the options are seen, and never after.
  private ServerOptions connections = ServerOptions.DEFAULT;
  private HttpLimits limits = HttpLimits.SERVER;
  private HttpTimeouts timeouts = HttpTimeouts.DEFAULT;
  private Duration idleGrace = Duration.ZERO;
  private int maxRequests = 1_000_000;
  private long unread = 256 * 1024;
  private String name = "";
  private boolean cancelAbandoned = false;
  private @Nullable TlsContext tls;
  private ContentCodings codings = ContentCodings.DEFAULT;
  private @Nullable AccessLog accessLog;
  private TrustedProxies proxies = TrustedProxies.NONE;

  private HttpServerOptions() {}

  private HttpServerOptions with(Consumer<HttpServerOptions> change) {
    var copy = new HttpServerOptions();
    copy.connections = connections;
    copy.limits = limits;
    copy.timeouts = timeouts;
    copy.idleGrace = idleGrace;
    copy.maxRequests = maxRequests;
    copy.unread = unread;
    copy.name = name;
    copy.cancelAbandoned = cancelAbandoned;
    copy.tls = tls;
    copy.codings = codings;
    copy.accessLog = accessLog;
    copy.proxies = proxies;
    change.accept(copy);
    return copy;
  }

  // ---- changing ----

  /// The same with other options for the connections.
  public HttpServerOptions withConnections(ServerOptions connections) {
    return with(options -> options.connections = connections);
  }

  /// The same with other limits.
  public HttpServerOptions withLimits(HttpLimits limits) {
    return with(options -> options.limits = limits);
  }

  /// The same with other timeouts.
  public HttpServerOptions withTimeouts(HttpTimeouts timeouts) {
    return with(options -> options.timeouts = timeouts);
  }

  /// The same with another grace for idle connections.
  ///
  /// @throws IllegalArgumentException if it is negative
  public HttpServerOptions withIdleGrace(Duration idleGrace) {
    if (idleGrace.isNegative()) {
      throw new IllegalArgumentException("a grace of " + idleGrace);
    }
    return with(options -> options.idleGrace = idleGrace);
  }

  /// The same with another number of requests for each connection.
  ///
  /// @throws IllegalArgumentException if it is below 1
  public HttpServerOptions withMaxRequests(int maxRequests) {
    if (maxRequests < 1) {
      throw new IllegalArgumentException("requests of a connection " + maxRequests);
    }
    return with(options -> options.maxRequests = maxRequests);
  }

  /// The same with another limit for what is received and not read.
  ///
  /// @throws IllegalArgumentException if it is negative
  public HttpServerOptions withUnread(long unread) {
    if (unread < 0) {
      throw new IllegalArgumentException("unread bytes " + unread);
    }
    return with(options -> options.unread = unread);
  }

  /// The same with a Server field, or none.
  public HttpServerOptions withName(String name) {
    return with(options -> options.name = name);
  }

  /// The same with handlers cancelled or not when their clients go away.
  public HttpServerOptions withCancelAbandoned(boolean cancelAbandoned) {
    return with(options -> options.cancelAbandoned = cancelAbandoned);
  }

  /// The same with TLS, or without.
  ///
  /// @throws IllegalArgumentException if that is a context for clients
  public HttpServerOptions withTls(@Nullable TlsContext tls) {
    if (tls != null && !tls.isServer()) {
      throw new IllegalArgumentException("a TLS context for clients");
    }
    return with(options -> options.tls = tls);
  }

  /// The same with other codings of requests.
  public HttpServerOptions withCodings(ContentCodings codings) {
    return with(options -> options.codings = codings);
  }

  /// The same with an access log, or without.
  public HttpServerOptions withAccessLog(@Nullable AccessLog accessLog) {
    return with(options -> options.accessLog = accessLog);
  }

  /// The same with other proxies that are trusted.
  public HttpServerOptions withProxies(TrustedProxies proxies) {
    return with(options -> options.proxies = proxies);
  }

  // ---- looking ----

  /// How many there may be, and how long they may go on when the server ends.
  public ServerOptions connections() {
    return connections;
  }

  /// How much one request may have; bodies of 1 MiB if nothing else is said.
  public HttpLimits limits() {
    return limits;
  }

  /// How long clients are waited for.
  public HttpTimeouts timeouts() {
    return timeouts;
  }

  /// How long idle connections stay when the server ends, for a request that may be on its way
  /// already; its answer is the last. None if nothing else is said: they are closed at once, and
  /// clients that were about to use one must ask again elsewhere. Give it a second where servers
  /// take turns and no request may fail; [tulip.net.ServerOptions#grace] ends it at the latest.
  public Duration idleGrace() {
    return idleGrace;
  }

  /// How many requests one connection may make; then it is closed. 1,000,000 if nothing else is
  /// said.
  public int maxRequests() {
    return maxRequests;
  }

  /// How much of a body that the handler did not read is received all the same, so that the
  /// connection can go on or the client reads its answer; 256 KiB if nothing else is said.
  public long unread() {
    return unread;
  }

  /// What the Server field says; empty, as if nothing else is said, for no such field.
  public String name() {
    return name;
  }

  /// Whether a handler is cancelled when its client goes away; one that only ends its side of the
  /// connection counts as gone. If not, as if nothing else is said, the next read or write throws.
  public boolean cancelAbandoned() {
    return cancelAbandoned;
  }

  /// How to encrypt, or null for plain HTTP.
  public @Nullable TlsContext tls() {
    return tls;
  }

  /// In which bodies of requests may come; others are refused with 415. With none, handlers get
  /// bodies as they were sent. gzip and deflate if nothing else is said.
  public ContentCodings codings() {
    return codings;
  }

  /// Who hears of each request, or null, as if nothing else is said.
  public @Nullable AccessLog accessLog() {
    return accessLog;
  }

  /// Who may say on whose behalf a request comes; nobody if nothing else is said.
  public TrustedProxies proxies() {
    return proxies;
  }
}
