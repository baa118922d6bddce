// SPDX-License-Identifier: Apache-2.0
package tulip.bytes;

/// How growing buffers choose the size of their arrays.
final class Storage {
  /// The longest array that every JVM can make.
  static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  static final byte[] EMPTY = {};

  private static final int FIRST = 64;

  private Storage() {}

  /// {@return the limit, once it is known to be one that an array can hold}
  static int checkLimit(int limit) {
    if (limit < 1 || limit > MAX_ARRAY) {
      throw new IllegalArgumentException("limit of " + limit + " bytes: must be 1 to " + MAX_ARRAY);
    }
    return limit;
  }

  /// Chooses the next capacity: doubled, so that copying costs O(1) per byte in the long run.
  ///
  /// @param capacity the current one
  /// @param needed what it must hold, at most [#MAX_ARRAY]
  /// @param ceiling what doubling stops at, unless more is needed
  static int grow(int capacity, int needed, long ceiling) {
    long doubled = Math.max(FIRST, 2L * capacity);
    return (int) Math.max(needed, Math.min(doubled, Math.min(ceiling, MAX_ARRAY)));
  }
}
