// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// What clients hide their payloads with (RFC 6455, section 5.3), so that no proxy takes them for
/// something else: each byte XOR one of four, in turn. The second time it is taken off.
final class Mask {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Mask() {}

  /// Puts it on or takes it off, in place.
  ///
  /// @param key the four bytes, the first one highest
  /// @param before how many bytes of the payload stand ahead of these
  static void apply(int key, long before, byte[] bytes, int from, int to) {
    int turned = Integer.rotateLeft(key, 8 * (int) (before & 3));
    long twice = ((long) turned << 32) | Integer.toUnsignedLong(turned);
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      LONGS.set(bytes, at, (long) LONGS.get(bytes, at) ^ twice);
    }
    for (; at < to; at++) {
      bytes[at] ^= (byte) (turned >>> 24);
      turned = Integer.rotateLeft(turned, 8);
    }
  }
}
