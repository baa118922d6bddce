// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tulip.http.protocol.Authority;

/// Whom one talks to, or whose page asks: what may know the same secrets (RFC 6454).
///
/// @param secure whether in TLS
/// @param host in small letters; IPv6 in brackets
/// @param port always named
public record Origin(boolean secure, String host, int port) {
  private static final String BELOW = "://*.";

  /// Reads an Origin field, as browsers send it.
  ///
  /// @return null if it names none: pages without an origin say `null`
  public static @Nullable Origin parse(String text) {
    int colon = text.indexOf("://");
    var scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
    boolean secure = scheme.equals("https");
    if (!secure && !scheme.equals("http")) {
      return null;
    }
    var authority = Authority.parse(text.substring(colon + 3));
    return authority == null
        ? null
        : new Origin(
            secure, authority.host().toLowerCase(Locale.ROOT), portOr(authority, usual(secure)));
  }

  /// Whether it is the origin of a server that is asked under this name. If the name has no port it
  /// is this origin's usual one: a proxy ahead of the server may have taken the encryption off, so
  /// that the page's word counts.
  public boolean isOf(Authority server) {
    return host.equalsIgnoreCase(server.host()) && port == portOr(server, usual(secure));
  }

  private static int portOr(Authority authority, int usual) {
    return authority.port() < 0 ? usual : authority.port();
  }

  private static int usual(boolean secure) {
    return secure ? 443 : 80;
  }

  /// Whether a pattern includes an origin, both as text in small letters.
  ///
  /// @param pattern `*`, an origin, or one with `*.` ahead of its host for all hosts below
  /// @param origin as browsers send it
  public static boolean matches(String pattern, String origin) {
    int star = pattern.indexOf(BELOW);
    if (star < 0) {
      return pattern.equals("*") || pattern.equals(origin);
    }
    var scheme = pattern.substring(0, star + 3);
    var host = pattern.substring(star + BELOW.length() - 1); // with its dot
    return origin.startsWith(scheme)
        && origin.endsWith(host)
        && origin.length() > scheme.length() + host.length();
  }

  /// {@return as a URL without a path}
  @Override
  public String toString() {
    return (secure ? "https://" : "http://") + host + (port == usual(secure) ? "" : ":" + port);
  }
}
