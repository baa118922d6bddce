// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

/// Paths below one another.
final class Paths {
  private Paths() {}

  /// Whether a path is a prefix or stands below it.
  ///
  /// @param prefix such as `/api` or `/api/`; `/` for all
  static boolean isBelow(String path, String prefix) {
    var bare = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    return path.startsWith(bare)
        && (path.length() == bare.length() || path.charAt(bare.length()) == '/');
  }
}
