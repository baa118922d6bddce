// SPDX-License-Identifier: Apache-2.0
package tulip.bytes;

import java.util.Arrays;

/// Finds bytes in arrays, eight at a time.
///
/// The trick (Mycroft's, "Hacker's Delight" 6-1): after XOR with the wanted byte in all eight
/// lanes, a hit is a zero lane, and `(x - 0x01..) & ~x & 0x80..` lights the top bit of the lowest
/// zero lane. Higher lanes may light falsely through the borrow, the lowest one never does, so the
/// words are read in little-endian order and the lowest light is the first hit.
final class Search {
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long TOPS = 0x8080_8080_8080_8080L;

  private Search() {}

  /// {@return the first index in `from..to-1` of `wanted`, or -1}
  static int indexOf(byte[] array, int from, int to, byte wanted) {
    long lanes = (wanted & 0xFFL) * ONES;
    int at = from;
    for (int last = to - Long.BYTES; at <= last; at += Long.BYTES) {
      long x = Words.getLongLE(array, at) ^ lanes;
      long hits = (x - ONES) & ~x & TOPS;
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    for (; at < to; at++) {
      if (array[at] == wanted) {
        return at;
      }
    }
    return -1;
  }

  /// Finds a byte string: its first byte by words, then the rest by one vectorised comparison.
  ///
  /// @return the first index in `from..to-1` where all of `wanted` stands, or -1
  static int indexOf(byte[] array, int from, int to, Bytes wanted) {
    int length = wanted.length();
    if (length == 0) {
      return from;
    }
    byte first = wanted.byteAt(0);
    int end = to - length + 1; // no start from here on leaves enough room
    for (int at = from; at < end; at++) {
      at = indexOf(array, at, end, first);
      if (at < 0) {
        return -1;
      }
      if (wanted.stands(array, at)) {
        return at;
      }
    }
    return -1;
  }

  /// {@return the first index in `from..to-1` of a byte above 127, or `to`}
  static int skipAscii(byte[] array, int from, int to) {
    int at = from;
    for (int last = to - Long.BYTES; at <= last; at += Long.BYTES) {
      long tops = Words.getLongLE(array, at) & TOPS;
      if (tops != 0) {
        return at + (Long.numberOfTrailingZeros(tops) >>> 3);
      }
    }
    while (at < to && array[at] >= 0) {
      at++;
    }
    return at;
  }

  /// {@return the first index in `from..to-1` of a byte below 32 or equal to 127, or `to`}
  static int skipPrintable(byte[] array, int from, int to) {
    int at = from;
    for (int last = to - Long.BYTES; at <= last; at += Long.BYTES) {
      long x = Words.getLongLE(array, at);
      long deletes = x ^ (0x7F * ONES);
      long hits = (((x - ' ' * ONES) & ~x) | ((deletes - ONES) & ~deletes)) & TOPS;
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    while (at < to && isPrintable(array[at])) {
      at++;
    }
    return at;
  }

  private static boolean isPrintable(byte b) {
    return (b & 0xFF) >= ' ' && b != 0x7F;
  }

  /// {@return whether two stretches of the same length are equal but for the case of A to Z}
  static boolean equalsIgnoreAsciiCase(byte[] a, int aFrom, byte[] b, int bFrom, int length) {
    int at = Arrays.mismatch(a, aFrom, aFrom + length, b, bFrom, bFrom + length);
    if (at < 0) {
      return true;
    }
    for (; at < length; at++) {
      if (Ascii.toLowerCase(a[aFrom + at]) != Ascii.toLowerCase(b[bFrom + at])) {
        return false;
      }
    }
    return true;
  }
}
