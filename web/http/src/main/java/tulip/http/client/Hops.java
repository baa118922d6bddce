// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.http.fields.Credentials;
import tulip.http.fields.Credentials.Login;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;

/// Completes the request of each hop: defaults, cookies, credentials.
final class Hops {
  /// What is meant for the origin that was asked, and for no other.
  private static final Set<HeaderName> SECRET =
      Set.of(HeaderName.AUTHORIZATION, HeaderName.COOKIE, HeaderName.PROXY_AUTHORIZATION);

  private static final Set<HeaderName> OF_BODY =
      Set.of(
          HeaderName.CONTENT_TYPE,
          HeaderName.CONTENT_ENCODING,
          HeaderName.CONTENT_LANGUAGE,
          HeaderName.CONTENT_LOCATION,
          HeaderName.EXPECT);

  private final ClientOptions options;
  private final CookieJar cookies;
  private final String codings;

  Hops(ClientOptions options, CookieJar cookies) {
    this.options = options;
    this.cookies = cookies;
    codings = options.codings().names();
  }

  /// A request as it is to be sent.
  ///
  /// @param crossed whether a redirection has led away from the origin that the program named: then
  ///   it gets nothing that was meant for that
  ClientRequest prepare(ClientRequest request, boolean crossed) {
    var own = request.headers();
    var defaults = crossed ? withoutSecrets(options.headers()) : options.headers();
    var fields = Headers.builder();
    defaults.forEach((name, value) -> {
      if (!own.contains(name)) {
        fields.add(name, value);
      }
    });
    if (!codings.isEmpty()
        && request.isDecoded(options.isDecoding())
        && !own.contains(HeaderName.ACCEPT_ENCODING)) {
      fields.add(HeaderName.ACCEPT_ENCODING, own.contains(HeaderName.RANGE) ? "identity" : codings);
    }
    fields.addAll(own);
    addCookies(request.url(), own, fields);
    addLogin(request.url(), crossed, own.contains(HeaderName.AUTHORIZATION), fields);
    return encoded(request, fields);
  }

  private void addCookies(Url url, Headers own, Headers.Builder fields) {
    var kept = cookies.header(url);
    if (kept != null) {
      var said = own.first(HeaderName.COOKIE);
      fields.set(HeaderName.COOKIE, said == null ? kept : said + "; " + kept);
    }
  }

  private void addLogin(Url url, boolean crossed, boolean said, Headers.Builder fields) {
    var login = said ? null : login(url, crossed);
    if (login != null) {
      fields.set(HeaderName.AUTHORIZATION, Credentials.basic(login).format());
    }
  }

  private @Nullable Login login(Url url, boolean crossed) {
    if (url.login() != null) {
      return url.login();
    }
    var base = options.baseUrl();
    if (base != null && !crossed && base.origin().equals(url.origin())) {
      var login = options.login() == null ? base.login() : options.login();
      if (login != null) {
        return login;
      }
    }
    var netrc = options.netrc();
    return netrc == null ? null : netrc.login(url.host());
  }

  private static ClientRequest encoded(ClientRequest request, Headers.Builder fields) {
    var coding = request.coding();
    if (coding == null || request.payload().length() == 0) {
      return request.headers(fields.build());
    }
    fields.set(HeaderName.CONTENT_ENCODING, coding.name());
    return request.headers(fields.build()).body(EncodedPayload.of(request.payload(), coding));
  }

  /// Takes the cookies out of a response.
  void store(ClientResponse response) {
    for (var cookie : response.cookies()) {
      cookies.store(response.url(), cookie);
    }
  }

  /// Fields of a request that goes without its body.
  static Headers withoutBody(Headers headers) {
    var rest = headers.toBuilder();
    OF_BODY.forEach(rest::remove);
    return rest.build();
  }

  /// Fields for another origin than they were meant for.
  static Headers withoutSecrets(Headers headers) {
    var rest = headers.toBuilder();
    SECRET.forEach(rest::remove);
    rest.remove(HeaderName.HOST);
    return rest.build();
  }
}
