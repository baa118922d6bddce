// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.nio.charset.StandardCharsets;
import tulip.bytes.Ascii;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;

/// Percent-encoding of UTF-8 (RFC 3986, section 2.1).
final class Percent {
  private static final String UNRESERVED = "-._~";
  private static final String DIGITS = "0123456789ABCDEF";

  private Percent() {}

  /// Decodes a part of a path.
  ///
  /// @throws MalformedException if a percent sign is not followed by two hexadecimal digits, or
  ///   what comes out is not UTF-8
  static String decode(String text) throws MalformedException {
    return text.indexOf('%') < 0 ? text : decode(text, false);
  }

  /// Decodes a name or value of a form, where a plus sign is a blank (the WHATWG's
  /// `application/x-www-form-urlencoded`).
  static String decodeForm(String text) throws MalformedException {
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
  static String encode(String segment) {
    var text = new StringBuilder();
    for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
      if (isUnreserved(b)) {
        text.append((char) b);
      } else {
        text.append('%').append(DIGITS.charAt((b >> 4) & 15)).append(DIGITS.charAt(b & 15));
      }
    }
    return text.toString();
  }

  private static boolean isUnreserved(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || Ascii.isDigit(b)
        || UNRESERVED.indexOf(b) >= 0;
  }
}
