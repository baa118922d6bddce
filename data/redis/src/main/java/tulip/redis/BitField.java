// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.util.List;

/// What is done to a number within a string, for [BitmapCommands#bitfield].
///
/// A type is `i` for signed or `u` for unsigned, and its number of bits: `u8`, `i16`. An offset
/// counts bits, or with `#` before it such numbers: `100`, `#3`.
public final class BitField implements CommandOption {
  /// What happens when a number becomes too large or too small for its type.
  public enum Overflow {
    /// It begins anew at the other end.
    WRAP,
    /// It stays at the end.
    SAT,
    /// Nothing is changed, and the result is `null`.
    FAIL
  }

  private final List<Object> words;

  private BitField(Object... words) {
    this.words = List.of(words);
  }

  /// Reads a number.
  public static BitField get(String type, String offset) {
    return new BitField("GET", type, offset);
  }

  /// Writes a number; yields what it was.
  public static BitField set(String type, String offset, long value) {
    return new BitField("SET", type, offset, value);
  }

  /// Adds to a number; yields what it is then.
  public static BitField incrby(String type, String offset, long increment) {
    return new BitField("INCRBY", type, offset, increment);
  }

  /// What happens in all that come behind; yields nothing.
  public static BitField overflow(Overflow overflow) {
    return new BitField("OVERFLOW", overflow.name());
  }

  @Override
  public List<Object> words() {
    return words;
  }

  @Override
  public String toString() {
    return words.toString();
  }
}
