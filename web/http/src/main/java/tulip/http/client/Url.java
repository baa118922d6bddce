// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import org.jspecify.annotations.Nullable;
import tulip.bytes.MalformedException;
import tulip.http.fields.Credentials.Login;
import tulip.http.fields.Origin;
import tulip.http.fields.Parameters;
import tulip.http.fields.Percent;
import tulip.http.protocol.Authority;

/// Where a request goes (RFC 3986).
///
/// What people write is taken as browsers take it: blanks, letters of all scripts and other
/// characters that cannot be sent are percent-encoded, and what is encoded already stays as it is.
/// So a URL that was encoded by hand is sent byte for byte. Dots as segments of the path are
/// resolved.
///
/// @param scheme `http`, `https`, `ws` or `wss`
/// @param authority host and port; the host is ASCII in small letters
/// @param login the user and password ahead of the host, or null; never shown
/// @param path begins with a slash
/// @param query what follows the question mark, or null
/// @param fragment what follows the `#`, or null; not sent
public record Url(
    String scheme,
    Authority authority,
    @Nullable Login login,
    String path,
    @Nullable String query,
    @Nullable String fragment) {

  /// Reads a URL with a scheme and a host.
  ///
  /// @throws IllegalArgumentException if it is none that can be requested; says why
  public static Url parse(String text) {
    return UrlSyntax.parse(text);
  }

  /// What a reference means in a page of this URL: another URL, a path, a query ... (RFC 3986,
  /// section 5). An absolute one stands for itself.
  ///
  /// @throws IllegalArgumentException if the result cannot be requested
  public Url resolve(String reference) {
    return UrlSyntax.resolve(this, reference);
  }

  /// The host's name or address; IPv6 in brackets.
  public String host() {
    return authority.host();
  }

  /// The port, be it the scheme's own.
  public int port() {
    return authority.port() >= 0 ? authority.port() : isSecure() ? 443 : 80;
  }

  /// Whether it is spoken to in TLS.
  public boolean isSecure() {
    return scheme.equals("https") || scheme.equals("wss");
  }

  /// Scheme, host and port: what credentials and cookies must not leave by accident.
  public Origin origin() {
    return new Origin(isSecure(), host(), port());
  }

  /// Path and query, as they are sent.
  public String target() {
    return query == null ? path : path + "?" + query;
  }

  /// The query's parameters.
  ///
  /// @throws MalformedException if it is not encoded as a form
  public Parameters parameters() throws MalformedException {
    return query == null ? Parameters.NONE : Parameters.parse(query);
  }

  /// The same with more parameters, behind those that there are.
  public Url and(Parameters parameters) {
    if (parameters.size() == 0) {
      return this;
    }
    var more = parameters.format();
    var all = query == null || query.isEmpty() ? more : query + "&" + more;
    return new Url(scheme, authority, login, path, all, fragment);
  }

  /// The same with another segment at the end of its path; encoded, slashes too.
  public Url child(String segment) {
    var parent = path.endsWith("/") ? path : path + "/";
    return new Url(scheme, authority, login, parent + Percent.encode(segment), null, null);
  }

  /// The same without user and password.
  Url withoutLogin() {
    return login == null ? this : new Url(scheme, authority, null, path, query, fragment);
  }

  /// The same with a fragment, if it has none of its own.
  Url orFragment(@Nullable String inherited) {
    return fragment != null || inherited == null
        ? this
        : new Url(scheme, authority, login, path, query, inherited);
  }

  /// {@return the URL, without user and password}
  @Override
  public String toString() {
    return scheme + "://" + authority + target() + (fragment == null ? "" : "#" + fragment);
  }
}
