// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import java.nio.charset.StandardCharsets;
import tulip.bytes.Ascii;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;

/// Percent-encoding of UTF-8 (RFC 3986, section 2.1).
public final class Percent {
  private static final String UNRESERVED = "-._~";
  private static final String DIGITS = "0123456789ABCDEF";

  private Percent() {}

  /// Decodes a part of a path.
  ///
  /// @throws MalformedException if a percent sign is not followed by two hexadecimal digits, or
  ///   what comes out is not UTF-8
  public static String decode(String text) throws MalformedException {
    return text.indexOf('%') < 0 ? text : decode(text, false);
  }

  /// Decodes a name or value of a form, where a plus sign is a blank (the WHATWG's
  /// `application/x-www-form-urlencoded`).
  ///
  /// @throws MalformedException as [#decode]
  public static String decodeForm(String text) throws MalformedException {
    return text.indexOf('%') < 0 && text.indexOf('+') < 0 ? text : decode(text, true);
  }

  private static String decode(String text, boolean form) throws MalformedException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int size = 0;
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (b == '%') {
        b = (byte) (16 * digit(bytes, i + 1) + digit(bytes, i + 2));
        i += 2;
      } else if (form && b == '+') {
        b = ' ';
      }
      bytes[size++] = b;
    }
    return Bytes.wrap(bytes, 0, size).utf8Strict();
  }

  private static int digit(byte[] bytes, int at) throws MalformedException {
    int value = at < bytes.length ? Ascii.hexValue(bytes[at]) : -1;
    if (value < 0) {
      throw new MalformedException("a percent sign without two hexadecimal digits");
    }
    return value;
  }

  /// Encodes one segment of a path, slashes included.
  public static String encode(String segment) {
    return encode(segment, false);
  }

  /// Encodes a name or value of a form: blanks become plus signs.
  public static String encodeForm(String text) {
    return encode(text, true);
  }

  private static String encode(String plain, boolean form) {
    var text = new StringBuilder(plain.length() + 8);
    for (byte b : plain.getBytes(StandardCharsets.UTF_8)) {
      if (isUnreserved(b)) {
        text.append((char) b);
      } else if (form && b == ' ') {
        text.append('+');
      } else {
        append(b, text);
      }
    }
    return text.toString();
  }

  /// Encodes what may not stand in a URI, and leaves everything else as it is: what was encoded
  /// before, and characters that have a meaning there.
  ///
  /// @param allowed characters that stay, besides letters, digits and `-._~`
  public static String quote(String text, String allowed) {
    if (text.chars().allMatch(c -> isLeft(c, allowed))) {
      return text;
    }
    var quoted = new StringBuilder(text.length() + 8);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if ((b > 0 && isLeft(b, allowed)) || (b == '%' && isEncoded(bytes, i))) {
        quoted.append((char) b);
      } else {
        append(b, quoted);
      }
    }
    return quoted.toString();
  }

  private static boolean isLeft(int c, String allowed) {
    return c < 0x80 && (isUnreserved((byte) c) || allowed.indexOf(c) >= 0);
  }

  private static boolean isEncoded(byte[] bytes, int at) {
    return at + 2 < bytes.length
        && Ascii.hexValue(bytes[at + 1]) >= 0
        && Ascii.hexValue(bytes[at + 2]) >= 0;
  }

  private static void append(byte b, StringBuilder text) {
    text.append('%').append(DIGITS.charAt((b >> 4) & 15)).append(DIGITS.charAt(b & 15));
  }

  private static boolean isUnreserved(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || Ascii.isDigit(b)
        || UNRESERVED.indexOf(b) >= 0;
  }
}
