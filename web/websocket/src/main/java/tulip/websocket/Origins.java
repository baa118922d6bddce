// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.util.Arrays;
import java.util.Locale;
import tulip.http.Request;
import tulip.http.fields.Origin;

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
  ///   usual; `https://*.example.com` for all hosts below
  static Origins of(String... origins) {
    var allowed = Arrays.stream(origins).map(each -> each.toLowerCase(Locale.ROOT)).toList();
    return (origin, _) -> {
      var lower = origin.toLowerCase(Locale.ROOT);
      return allowed.stream().anyMatch(each -> Origin.matches(each, lower));
    };
  }

  private static boolean isSame(String text, Request request) {
    var origin = Origin.parse(text);
    var server = request.authority();
    return origin != null && server != null && origin.isOf(server);
  }
}
