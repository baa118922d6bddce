// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Ascii;

/// The table of the names that [HeaderName] lists: open addressing, at most a quarter full, so that
/// most look-ups make one comparison and allocate nothing.
///
/// It only grows while [HeaderName] is being initialised, and then stays as it is.
final class KnownNames {
  private static final int SLOTS = 512;
  private static final @Nullable HeaderName[] NAMES = new HeaderName[SLOTS];
  private static final byte[][] USUAL = new byte[SLOTS][];

  private KnownNames() {}

  /// Makes a name known.
  static HeaderName add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    int hash = 0;
    for (byte b : bytes) {
      hash = HeaderName.hash(hash, b);
    }
    int slot = slot(hash);
    while (NAMES[slot] != null) {
      slot = next(slot);
    }
    var name = new HeaderName(text, hash, true);
    NAMES[slot] = name;
    USUAL[slot] = bytes;
    return name;
  }

  /// The known name that stands in these bytes, in any case.
  static @Nullable HeaderName find(byte[] bytes, int from, int to, int hash) {
    for (int slot = slot(hash); ; slot = next(slot)) {
      var name = NAMES[slot];
      if (name == null || (name.hashCode() == hash && matches(bytes, from, to, USUAL[slot]))) {
        return name;
      }
    }
  }

  /// Compares many bytes at once while the case is the usual one, then one by one.
  private static boolean matches(byte[] bytes, int from, int to, byte[] usual) {
    if (to - from != usual.length) {
      return false;
    }
    int at = Arrays.mismatch(bytes, from, to, usual, 0, usual.length);
    while (at >= 0 && at < usual.length) {
      if (Ascii.toLowerCase(bytes[from + at]) != Ascii.toLowerCase(usual[at])) {
        return false;
      }
      at++;
    }
    return true;
  }

  private static int slot(int hash) {
    return (hash ^ (hash >>> 16)) & (SLOTS - 1);
  }

  private static int next(int slot) {
    return (slot + 1) & (SLOTS - 1);
  }
}
