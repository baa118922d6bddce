// SPDX-License-Identifier: Apache-2.0
package tulip.redis.protocol.cluster;

import tulip.bytes.Bytes;
import tulip.redis.protocol.CommandEncoder;

/// The slots of a cluster, over which the keys are spread: CRC16 of the key, or of its tag.
///
/// Redis Cluster specification, "Key distribution model" and "Hash tags".
public final class Slot {
  /// How many there are.
  public static final int COUNT = 16384;

  /// x^16 + x^12 + x^5 + 1.
  private static final int POLYNOMIAL = 0x1021;

  private static final char[] CRC_OF_BYTE = crcs();

  private Slot() {}

  private static char[] crcs() {
    var crcs = new char[256];
    for (int i = 0; i < crcs.length; i++) {
      int crc = i << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc << 1) ^ ((crc & 0x8000) == 0 ? 0 : POLYNOMIAL);
      }
      crcs[i] = (char) crc;
    }
    return crcs;
  }

  /// The slot of a key, given as an argument of a command.
  ///
  /// @throws IllegalArgumentException if it is nothing for Redis
  public static int of(Object key) {
    return of(CommandEncoder.bytes(key));
  }

  /// The slot of a key: that of what stands in its first pair of braces, if that is something.
  public static int of(Bytes key) {
    int open = key.indexOf((byte) '{');
    int close = open < 0 ? -1 : key.indexOf((byte) '}', open + 1);
    var hashed = close > open + 1 ? key.slice(open + 1, close) : key;
    return crc16(hashed) % COUNT;
  }

  private static int crc16(Bytes bytes) {
    int crc = 0;
    for (int i = 0; i < bytes.length(); i++) {
      crc = (crc << 8 & 0xFFFF) ^ CRC_OF_BYTE[(crc >>> 8) ^ (bytes.byteAt(i) & 0xFF)];
    }
    return crc;
  }
}
