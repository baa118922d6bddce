// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.util.List;
import java.util.Locale;
import tulip.http.Request;
import tulip.http.protocol.Authority;

/// From whose pages browsers may connect.
///
/// Browsers connect to any server for any page, with the user's cookies, and say in the Origin
/// field whose page it is (RFC 6454). A server that does not look talks to the page of an enemy as
/// if it were the user's own. Programs that are no browsers send no Origin, and may always connect.
@FunctionalInterface
public interface Origins {
  /// Pages of the server itself, as the Host field names it.
  Origins SAME = Origins::isSame;

  /// All pages: for servers that give everybody the same.
  Origins ANY = (_, _) -> true;

  /// Whether a page may connect.
  ///
  /// @param origin such as `https://example.com`; `null` of pages without one
  /// @param request that it makes
  boolean allows(String origin, Request request);

  /// Pages of these origins.
  ///
  /// @param origins as browsers send them: `https://example.com`, with a port if it is not the
  ///   usual
  static Origins of(String... origins) {
    var allowed = List.of(origins);
    return (origin, _) -> allowed.contains(origin);
  }

  private static boolean isSame(String origin, Request request) {
    int colon = origin.indexOf("://");
    var own = request.authority();
    if (colon < 0 || own == null) {
      return false;
    }
    var other = Authority.parse(origin.substring(colon + 3));
    int usual = usualPort(origin.substring(0, colon));
    return other != null
        && other.host().equalsIgnoreCase(own.host())
        && (other.port() < 0 ? usual : other.port()) == (own.port() < 0 ? usual : own.port());
  }

  /// A proxy in front may have taken the encryption off, so that the page's word counts.
  private static int usualPort(String scheme) {
    return switch (scheme.toLowerCase(Locale.ROOT)) {
      case "http" -> 80;
      case "https" -> 443;
      default -> -1;
    };
  }
}
