// SPDX-License-Identifier: Apache-2.0
package tulip.bytes;

import java.util.Objects;

/// What text protocols ask about ASCII bytes.
///
/// All methods are pure functions and may be called from any thread. Bytes above 127 are neither
/// letters, digits nor token characters.
public final class Ascii {
  /// The `tchar` of RFC 9110 section 5.6.2, one bit a character: below 64, and from 64 to 127.
  private static final long TOKEN_LOW = bits("!#$%&'*+-.0123456789", 0);

  private static final long TOKEN_HIGH =
      bits("ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~", 64);

  private Ascii() {}

  /// {@return whether `b` is one of `0` to `9`}
  ///
  /// @param b any byte
  public static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /// {@return whether `b` may stand in a token (RFC 9110): a method or header name}
  ///
  /// @param b any byte
  public static boolean isToken(byte b) {
    long set = b < 64 ? TOKEN_LOW : TOKEN_HIGH;
    return b >= 0 && ((set >>> b) & 1) != 0; // a shift by b counts modulo 64
  }

  /// {@return `b` with `A` to `Z` in lower case, and anything else as it is}
  ///
  /// @param b any byte
  public static byte toLowerCase(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
  }

  /// {@return the value of a hexadecimal digit of either case, or -1}
  ///
  /// @param b any byte
  public static int hexValue(byte b) {
    if (isDigit(b)) {
      return b - '0';
    }
    int letter = b | 0x20;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }

  /// Finds where printable text ends: the first byte below 32 or equal to 127.
  ///
  /// A tab counts as one too; bytes above 127 do not.
  ///
  /// @param array is only read
  /// @param from where to begin, 0 to `to`
  /// @param to where to end, at most the array's length
  /// @return the index of the first control character, or `to`
  public static int skipPrintable(byte[] array, int from, int to) {
    Objects.checkFromToIndex(from, to, array.length);
    return Search.skipPrintable(array, from, to);
  }

  /// Reads a number that consists of decimal digits and nothing else: no sign, no blank.
  ///
  /// @param digits one or more, leading zeros allowed
  /// @return the number, from 0 to [Long#MAX_VALUE]
  /// @throws MalformedException if there is none, another byte, or too large a number
  public static long parseDecimal(Bytes digits) throws MalformedException {
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      byte b = digits.byteAt(i);
      int digit = b - '0';
      if (digit < 0 || digit > 9) {
        throw notNumber(digits, "decimal");
      }
      if (value > (Long.MAX_VALUE - digit) / 10) {
        throw tooLarge(digits);
      }
      value = value * 10 + digit;
    }
    return nonEmpty(digits, value);
  }

  /// Reads a number that consists of hexadecimal digits and nothing else: no sign, no `0x`.
  ///
  /// @param digits one or more of either case, leading zeros allowed
  /// @return the number, from 0 to [Long#MAX_VALUE]
  /// @throws MalformedException if there is none, another byte, or too large a number
  public static long parseHex(Bytes digits) throws MalformedException {
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = hexValue(digits.byteAt(i));
      if (digit < 0) {
        throw notNumber(digits, "hexadecimal");
      }
      if (value > Long.MAX_VALUE >>> 4) {
        throw tooLarge(digits);
      }
      value = (value << 4) | digit;
    }
    return nonEmpty(digits, value);
  }

  private static long nonEmpty(Bytes digits, long value) throws MalformedException {
    if (digits.isEmpty()) {
      throw new MalformedException("a number without digits");
    }
    return value;
  }

  private static MalformedException notNumber(Bytes digits, String kind) {
    return new MalformedException(digits + " is not a " + kind + " number");
  }

  private static MalformedException tooLarge(Bytes digits) {
    return new MalformedException(digits + " is too large a number");
  }

  private static long bits(String characters, int base) {
    return characters.chars().mapToLong(c -> 1L << (c - base)).sum();
  }
}
