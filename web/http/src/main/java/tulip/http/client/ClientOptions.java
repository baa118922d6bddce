// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tulip.http.coding.ContentCodings;
import tulip.http.fields.Credentials.Login;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.HttpLimits;
import tulip.net.TcpOptions;
import tulip.pool.PoolOptions;

/// How a session treats its requests. What a request says itself goes before.
///
/// Immutable: the `with` methods make others.
public final class ClientOptions {
  /// The options of a session for which nothing else is said.
  public static final ClientOptions DEFAULT = new ClientOptions();

  // Set before the options are seen, and never after.
  private @Nullable Url baseUrl;
  private Headers headers = Headers.of("User-Agent", "Tulip", "Accept", "*/*");
  private ClientTimeouts timeouts = ClientTimeouts.DEFAULT;
  private HttpLimits limits = HttpLimits.CLIENT;
  private boolean lenient = false;
  private int content = 64 * 1024 * 1024;
  private int connections = 100;
  private int connectionsPerOrigin = 100;
  private Duration keepAlive = Duration.ofSeconds(15);
  private boolean traced = false;
  private ClientTls tls = ClientTls.DEFAULT;
  private ClientTls proxyTls = ClientTls.DEFAULT;
  private ProxyRules proxies = ProxyRules.NONE;
  private Dialer dialer = Dialer.tcp(TcpOptions.DEFAULT);
  private @Nullable CookieJar cookies;
  private @Nullable Login login;
  private @Nullable Netrc netrc;
  private List<ClientMiddleware> middleware = List.of();
  private ContentCodings codings = ContentCodings.DEFAULT;
  private boolean decoded = true;
  private int redirects = 10;
  private boolean raising = false;
  private @Nullable Consumer<? super ClientEvent> listener;

  private ClientOptions() {}

  private ClientOptions with(Consumer<ClientOptions> change) {
    var copy = new ClientOptions();
    copy.baseUrl = baseUrl;
    copy.headers = headers;
    copy.timeouts = timeouts;
    copy.limits = limits;
    copy.lenient = lenient;
    copy.content = content;
    copy.connections = connections;
    copy.connectionsPerOrigin = connectionsPerOrigin;
    copy.keepAlive = keepAlive;
    copy.traced = traced;
    copy.tls = tls;
    copy.proxyTls = proxyTls;
    copy.proxies = proxies;
    copy.dialer = dialer;
    copy.cookies = cookies;
    copy.login = login;
    copy.netrc = netrc;
    copy.middleware = middleware;
    copy.codings = codings;
    copy.decoded = decoded;
    copy.redirects = redirects;
    copy.raising = raising;
    copy.listener = listener;
    change.accept(copy);
    return copy;
  }

  // ---- changing ----

  /// The same with URLs relative to another one. Its path should end with a slash, or the last part
  /// of it is replaced. [#withLogin] and the URL's own user and password are for this origin alone.
  ///
  /// @throws IllegalArgumentException if that is no URL
  public ClientOptions withBaseUrl(String url) {
    var base = Url.parse(url);
    return with(options -> options.baseUrl = base);
  }

  /// The same with a field for each request, in place of others of that name; empty for none.
  ///
  /// @throws IllegalArgumentException if it cannot be sent
  public ClientOptions withHeader(String name, String value) {
    var more = headers.toBuilder().set(HeaderName.of(name), value).build();
    return with(options -> options.headers = more);
  }

  /// The same with a layer more, inside of the others.
  public ClientOptions with(ClientMiddleware layer) {
    var more = new ArrayList<>(middleware);
    more.add(layer);
    return with(options -> options.middleware = List.copyOf(more));
  }

  /// The same with other limits of the number of connections.
  ///
  /// @param total with all origins together
  /// @param perOrigin for each
  public ClientOptions withConnections(int total, int perOrigin) {
    if (total < 1 || perOrigin < 1) {
      throw new IllegalArgumentException(
          "at most " + total + " connections, " + perOrigin + " each");
    }
    return with(options -> {
      options.connections = total;
      options.connectionsPerOrigin = perOrigin;
    });
  }

  /// The same with other timeouts.
  public ClientOptions withTimeouts(ClientTimeouts timeouts) {
    return with(options -> options.timeouts = timeouts);
  }

  /// The same with other limits for responses.
  public ClientOptions withLimits(HttpLimits limits) {
    return with(options -> options.limits = limits);
  }

  /// The same with old servers understood or not; see [tulip.http.protocol.ClientConnection].
  public ClientOptions withLenient(boolean lenient) {
    return with(options -> options.lenient = lenient);
  }

  /// The same with another limit for bodies that are read as a whole.
  public ClientOptions withContent(int content) {
    if (content < 0) {
      throw new IllegalArgumentException("content is not negative: " + content);
    }
    return with(options -> options.content = content);
  }

  /// The same with idle connections kept for so long; zero for no reuse.
  public ClientOptions withKeepAlive(Duration keepAlive) {
    if (keepAlive.isNegative()) {
      throw new IllegalArgumentException("keepAlive is not negative: " + keepAlive);
    }
    return with(options -> options.keepAlive = keepAlive);
  }

  /// The same with connections that remember who asked for them, or not.
  public ClientOptions withTraced(boolean traced) {
    return with(options -> options.traced = traced);
  }

  /// The same with other TLS.
  public ClientOptions withTls(ClientTls tls) {
    return with(options -> options.tls = tls);
  }

  /// The same with other TLS for proxies.
  public ClientOptions withProxyTls(ClientTls proxyTls) {
    return with(options -> options.proxyTls = proxyTls);
  }

  /// The same with other proxies.
  public ClientOptions withProxies(ProxyRules proxies) {
    return with(options -> options.proxies = proxies);
  }

  /// The same with connections opened in another way: [Dialer#unix] for a Unix socket.
  public ClientOptions withDialer(Dialer dialer) {
    return with(options -> options.dialer = dialer);
  }

  /// The same with cookies kept in a jar that others may share.
  public ClientOptions withCookies(@Nullable CookieJar cookies) {
    return with(options -> options.cookies = cookies);
  }

  /// The same with user and password for the origin of the base URL.
  public ClientOptions withLogin(@Nullable Login login) {
    return with(options -> options.login = login);
  }

  /// The same with users and passwords by host.
  public ClientOptions withNetrc(@Nullable Netrc netrc) {
    return with(options -> options.netrc = netrc);
  }

  /// The same with other content codings.
  public ClientOptions withCodings(ContentCodings codings) {
    return with(options -> options.codings = codings);
  }

  /// The same with bodies decoded or as they come.
  public ClientOptions withDecoded(boolean decoded) {
    return with(options -> options.decoded = decoded);
  }

  /// The same with so many redirections followed at most; 0 for none.
  public ClientOptions withRedirects(int redirects) {
    if (redirects < 0) {
      throw new IllegalArgumentException("redirects is not negative: " + redirects);
    }
    return with(options -> options.redirects = redirects);
  }

  /// The same with errors thrown or returned.
  public ClientOptions withRaising(boolean raising) {
    return with(options -> options.raising = raising);
  }

  /// The same with a listener.
  public ClientOptions withListener(@Nullable Consumer<? super ClientEvent> listener) {
    return with(options -> options.listener = listener);
  }

  // ---- looking ----

  /// What URLs are relative to, or null.
  public @Nullable Url baseUrl() {
    return baseUrl;
  }

  /// Fields of each request that does not say otherwise.
  public Headers headers() {
    return headers;
  }

  /// How long requests may take.
  public ClientTimeouts timeouts() {
    return timeouts;
  }

  /// How much a response may have.
  HttpLimits limits() {
    return limits;
  }

  /// Whether heads of old servers are understood: lines that end with a line feed alone, or go on
  /// in the next line.
  boolean isLenient() {
    return lenient;
  }

  /// How much [ClientResponse#bytes] and its kin read at most; 64 MiB.
  public int content() {
    return content;
  }

  /// How many connections there are at most; 100.
  public int connections() {
    return connections;
  }

  /// How many of them lead to one origin at most; 100.
  int connectionsPerOrigin() {
    return connectionsPerOrigin;
  }

  /// How long an idle connection is kept; 15 s. Zero to close each after its request.
  Duration keepAlive() {
    return keepAlive;
  }

  /// How TLS is spoken with servers.
  ClientTls tls() {
    return tls;
  }

  /// How TLS is spoken with proxies.
  ClientTls proxyTls() {
    return proxyTls;
  }

  /// Which proxies are taken; none.
  ProxyRules proxies() {
    return proxies;
  }

  /// How connections are opened.
  Dialer dialer() {
    return dialer;
  }

  /// Where cookies are kept; null for a jar of the session's own.
  @Nullable CookieJar cookies() {
    return cookies;
  }

  /// User and password for the origin of the base URL, or null.
  @Nullable Login login() {
    return login;
  }

  /// Users and passwords by host, or null.
  @Nullable Netrc netrc() {
    return netrc;
  }

  /// The layers around each request, the outermost first.
  List<ClientMiddleware> middleware() {
    return middleware;
  }

  /// Which content codings are asked for and undone.
  ContentCodings codings() {
    return codings;
  }

  /// Whether bodies are decoded.
  boolean isDecoding() {
    return decoded;
  }

  /// How many redirections are followed at most; 10.
  public int redirects() {
    return redirects;
  }

  /// Whether answers of 4xx and 5xx are thrown as [StatusException].
  boolean isRaising() {
    return raising;
  }

  /// Who is told what happens, on the loop; must not wait. Null for nobody.
  @Nullable Consumer<? super ClientEvent> listener() {
    return listener;
  }

  /// Whether connections serve more than one request.
  boolean keepsAlive() {
    return keepAlive.isPositive();
  }

  /// What its connections are kept in.
  PoolOptions pool() {
    int most = Math.min(connections, connectionsPerOrigin);
    return PoolOptions.DEFAULT
        .withName("http")
        .withSize(0, most)
        .withMaxOpening(most)
        .withAcquireTimeout(timeouts.acquire())
        .withConnectTimeout(PoolOptions.FOREVER) // the connector has its own
        .withCheckAfter(PoolOptions.FOREVER)
        .withMaxIdle(keepsAlive() ? keepAlive : Duration.ofSeconds(1))
        .withMaxAge(PoolOptions.FOREVER)
        .withGrace(Duration.ZERO)
        .withTraceLeases(traced);
  }
}
