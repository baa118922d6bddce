// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

/// Patterns of origins: scheme, host and port.
final class Origins {
  private static final String BELOW = "://*.";

  private Origins() {}

  /// Whether a pattern includes an origin, both in small letters.
  ///
  /// @param pattern `*`, an origin, or one with `*.` ahead of its host
  static boolean matches(String pattern, String origin) {
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
}
