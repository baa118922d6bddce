// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import java.util.Locale;

/// Checks of the ranges of unsigned numbers.
final class Unsigned {
  private Unsigned() {}

  static void check8(int value, String what) {
    check(value, 0xFF, what);
  }

  static void check16(int value, String what) {
    check(value, 0xFFFF, what);
  }

  static void check32(long value, String what) {
    check(value, 0xFFFF_FFFFL, what);
  }

  private static void check(long value, long max, String what) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(what + " is 0 to " + max + ", not " + value);
    }
  }

  /// The number in `TYPE123`.
  static int parse(String text, String prefix, String what) {
    var upper = text.toUpperCase(Locale.ROOT);
    if (upper.matches(prefix + "[0-9]{1,5}")) {
      return Integer.parseInt(upper.substring(prefix.length()));
    }
    throw new IllegalArgumentException("there is no " + what + " '" + text + "'");
  }
}
