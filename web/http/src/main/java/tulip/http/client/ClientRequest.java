// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tulip.http.coding.ContentCoding;
import tulip.http.fields.Credentials;
import tulip.http.fields.Credentials.Login;
import tulip.http.fields.Parameters;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.Method;
import tulip.net.Attribute;

/// What is asked of a server.
///
/// ```java
/// var request =
///     ClientRequest.post("https://example.org/things")
///         .header("Accept", "application/json")
///         .body(Payload.jsonText("{}"));
/// ```
///
/// Immutable: the methods that change something make another request. What it does not say, the
/// session says; the session also adds Host, the length, cookies and so on.
public final class ClientRequest {
  // Set before the request is seen, and never after.
  private Method method;
  private String reference;
  private @Nullable Url url;
  private Headers headers = Headers.EMPTY;
  private Parameters query = Parameters.NONE;
  private Payload payload = Payload.NONE;
  private @Nullable ContentCoding coding;
  private @Nullable ClientTimeouts timeouts;
  private @Nullable ClientTls tls;
  private @Nullable ProxyRules proxies;
  private @Nullable Progress uploadProgress;
  private @Nullable Progress downloadProgress;
  private int redirects = UNSAID;
  private @Nullable Boolean decoded;
  private @Nullable Boolean raising;
  private boolean idempotent;
  private Map<Attribute<?>, Object> attributes = Map.of();

  /// As many redirections are followed as the session says.
  static final int UNSAID = -1;

  private static final Pattern LOGIN = Pattern.compile("//[^/?#]*@");

  private ClientRequest(Method method, String reference) {
    this.method = method;
    this.reference = reference;
    idempotent = method.isIdempotent();
  }

  private ClientRequest(ClientRequest other) {
    method = other.method;
    reference = other.reference;
    url = other.url;
    headers = other.headers;
    query = other.query;
    payload = other.payload;
    coding = other.coding;
    timeouts = other.timeouts;
    tls = other.tls;
    proxies = other.proxies;
    uploadProgress = other.uploadProgress;
    downloadProgress = other.downloadProgress;
    redirects = other.redirects;
    decoded = other.decoded;
    raising = other.raising;
    idempotent = other.idempotent;
    attributes = other.attributes;
  }

  private ClientRequest with(Consumer<ClientRequest> change) {
    var copy = new ClientRequest(this);
    change.accept(copy);
    return copy;
  }

  // ---- making ----

  /// A request.
  ///
  /// @param url may be relative to [ClientOptions#baseUrl]
  public static ClientRequest of(Method method, String url) {
    return new ClientRequest(method, url);
  }

  /// A request for a URL that was read already.
  public static ClientRequest of(Method method, Url url) {
    return of(method, url.toString()).url(url);
  }

  /// Asks for something.
  public static ClientRequest get(String url) {
    return of(Method.GET, url);
  }

  /// Asks for the head of an answer.
  public static ClientRequest head(String url) {
    return of(Method.HEAD, url);
  }

  /// Has something processed.
  public static ClientRequest post(String url) {
    return of(Method.POST, url);
  }

  /// Stores something.
  public static ClientRequest put(String url) {
    return of(Method.PUT, url);
  }

  /// Changes something in part.
  public static ClientRequest patch(String url) {
    return of(Method.PATCH, url);
  }

  /// Deletes something.
  public static ClientRequest delete(String url) {
    return of(Method.DELETE, url);
  }

  /// Asks what can be done.
  public static ClientRequest options(String url) {
    return of(Method.OPTIONS, url);
  }

  // ---- changing ----

  /// The same with another method.
  public ClientRequest method(Method method) {
    return with(copy -> {
      copy.method = method;
      copy.idempotent = method.isIdempotent();
    });
  }

  /// The same for another URL.
  public ClientRequest url(Url url) {
    return with(copy -> {
      copy.url = url;
      copy.query = Parameters.NONE;
    });
  }

  /// The same with these fields and no others.
  public ClientRequest headers(Headers headers) {
    return with(copy -> copy.headers = headers);
  }

  /// The same with a field, in place of others of that name and of the session's. An empty value
  /// has the session send no such field: no `User-Agent` for example.
  ///
  /// @param value ISO 8859-1 without control characters
  /// @throws IllegalArgumentException if it cannot be sent
  public ClientRequest header(HeaderName name, String value) {
    return headers(headers.toBuilder().set(name, value).build());
  }

  /// The same with a field, in place of others of that name.
  public ClientRequest header(String name, String value) {
    return header(HeaderName.of(name), value);
  }

  /// The same with a parameter more in the query.
  public ClientRequest query(String name, String value) {
    return with(copy -> copy.query = query.and(name, value));
  }

  /// The same with these parameters behind the URL's own query.
  public ClientRequest query(Parameters parameters) {
    return with(copy -> copy.query = parameters);
  }

  /// The same with a body.
  public ClientRequest body(Payload payload) {
    return with(copy -> copy.payload = payload instanceof FormData form ? form.encoded() : payload);
  }

  /// The same with its body held back until the server has said that it wants it, or kept silent
  /// for as long as [ClientTimeouts#proceed].
  public ClientRequest expectContinue() {
    return header(HeaderName.EXPECT, "100-continue");
  }

  /// The same with its body encoded; say so only to servers that are known to understand it.
  public ClientRequest coding(ContentCoding coding) {
    return with(copy -> copy.coding = coding);
  }

  /// The same with a name and a password, sent at once (RFC 7617), in the clear unless the
  /// connection is encrypted.
  public ClientRequest basicAuth(String user, String password) {
    return authorization(Credentials.basic(new Login(user, password)));
  }

  /// The same with a token (RFC 6750).
  public ClientRequest bearer(String token) {
    return authorization(Credentials.bearer(token));
  }

  private ClientRequest authorization(Credentials credentials) {
    return header(HeaderName.AUTHORIZATION, credentials.format());
  }

  /// The same with other timeouts than the session's; for opening connections those hold.
  public ClientRequest timeouts(ClientTimeouts timeouts) {
    return with(copy -> copy.timeouts = timeouts);
  }

  /// The same with other TLS than the session's.
  public ClientRequest tls(ClientTls tls) {
    return with(copy -> copy.tls = tls);
  }

  /// The same with other proxies than the session's.
  public ClientRequest proxies(ProxyRules proxies) {
    return with(copy -> copy.proxies = proxies);
  }

  /// The same with so many redirections followed at most; 0 for none.
  public ClientRequest redirects(int most) {
    if (most < 0) {
      throw new IllegalArgumentException("at most " + most + " redirections");
    }
    return with(copy -> copy.redirects = most);
  }

  /// The same with the response's body decoded or as it comes.
  public ClientRequest decoded(boolean decoded) {
    return with(copy -> copy.decoded = decoded);
  }

  /// The same with answers of 4xx and 5xx thrown as [StatusException], or not.
  public ClientRequest raising(boolean raising) {
    return with(copy -> copy.raising = raising);
  }

  /// The same, telling that doing it twice does no harm, so that it may be sent again; or that it
  /// does. If nothing is said the method decides.
  public ClientRequest idempotent(boolean idempotent) {
    return with(copy -> copy.idempotent = idempotent);
  }

  /// The same with somebody told how much was sent.
  public ClientRequest uploadProgress(Progress progress) {
    return with(copy -> copy.uploadProgress = progress);
  }

  /// The same with somebody told how much was received.
  public ClientRequest downloadProgress(Progress progress) {
    return with(copy -> copy.downloadProgress = progress);
  }

  /// The same with something kept for middleware and listeners.
  ///
  /// @param which made once, as a constant
  public <T> ClientRequest with(Attribute<T> which, T value) {
    return with(copy -> {
      copy.attributes = new HashMap<>(attributes);
      copy.attributes.put(which, value);
    });
  }

  // ---- looking ----

  /// What is to be done.
  public Method method() {
    return method;
  }

  /// Where to. In middleware and responses always complete.
  ///
  /// @throws IllegalArgumentException if it is relative and no session has seen it
  public Url url() {
    return url == null ? Url.parse(reference).and(query) : url;
  }

  /// The same with its URL complete.
  ClientRequest resolved(@Nullable Url base) {
    if (url != null) {
      return query.size() == 0 ? this : url(url.and(query));
    }
    return url((base == null ? Url.parse(reference) : base.resolve(reference)).and(query));
  }

  /// Its fields, as far as they are known.
  public Headers headers() {
    return headers;
  }

  /// The first field of a name, or null.
  public @Nullable String header(HeaderName name) {
    return headers.first(name);
  }

  /// Its body.
  public Payload payload() {
    return payload;
  }

  @Nullable ContentCoding coding() {
    return coding;
  }

  @Nullable ClientTimeouts timeouts() {
    return timeouts;
  }

  @Nullable ClientTls tls() {
    return tls;
  }

  @Nullable ProxyRules proxies() {
    return proxies;
  }

  int redirects() {
    return redirects;
  }

  boolean isDecoded(boolean otherwise) {
    return decoded == null ? otherwise : decoded;
  }

  boolean isRaising(boolean otherwise) {
    return raising == null ? otherwise : raising;
  }

  @Nullable Progress uploadProgress() {
    return uploadProgress;
  }

  @Nullable Progress downloadProgress() {
    return downloadProgress;
  }

  /// Whether it may be sent twice.
  public boolean isRepeatable() {
    return idempotent && payload.isRepeatable();
  }

  /// What [#with] has said, or null.
  public <T> @Nullable T attribute(Attribute<T> which) {
    return which.type().cast(attributes.get(which));
  }

  /// {@return method and URL, without user and password}
  @Override
  public String toString() {
    return method + " " + (url == null ? LOGIN.matcher(reference).replaceFirst("//") : url);
  }
}
