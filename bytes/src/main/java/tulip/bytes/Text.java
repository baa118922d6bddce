// SPDX-License-Identifier: Apache-2.0
package tulip.bytes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/// Turns strings into bytes, refusing what cannot be encoded.
///
/// The JDK's own encoders replace it by `?`, or drop its upper bits, and so let U+010A pass for a
/// line feed. Strings come from the program, so what is refused is an [IllegalArgumentException].
///
/// Long text is left to the JDK all the same, since it uses vector instructions where a loop over
/// `charAt` takes about 1 ns a character, and is then searched for a `?`.
final class Text {
  private Text() {}

  /// {@return a new array with one byte a character}
  ///
  /// @param text characters up to `max`
  /// @param max 0x7F for ASCII, 0xFF for Latin-1
  static byte[] encode(String text, int max) {
    byte[] encoded = text.getBytes(max == 0x7F ? US_ASCII : ISO_8859_1);
    if (Search.indexOf(encoded, 0, encoded.length, (byte) '?') >= 0) {
      encode(text, max, encoded, 0);
    }
    return encoded;
  }

  /// Writes one byte a character.
  ///
  /// @param text characters up to `max`
  /// @param max as above
  /// @param array has room for all of them at `at`
  /// @return how many
  static int encode(String text, int max, byte[] array, int at) {
    int done = encodePrefix(text, max, array, at);
    if (done < text.length()) {
      throw unencodable(text, done, max == 0x7F ? "ASCII" : "Latin-1");
    }
    return done;
  }

  /// Writes one byte a character up to the first one above `max`.
  ///
  /// @return how many characters that were
  static int encodePrefix(String text, int max, byte[] array, int at) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c > max) {
        return i;
      }
      array[at + i] = (byte) c;
    }
    return length;
  }

  /// {@return a new array with the text in UTF-8}
  static byte[] encodeUtf8(String text) {
    byte[] encoded = text.getBytes(UTF_8);
    if (Search.indexOf(encoded, 0, encoded.length, (byte) '?') >= 0) {
      utf8Length(text);
    }
    return encoded;
  }

  /// {@return how many bytes short text takes in UTF-8}
  ///
  /// @throws IllegalArgumentException if half a surrogate pair is missing
  static int utf8Length(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes++;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (!Character.isSurrogate(c)) {
        bytes += 3;
      } else if (isPair(text, i)) {
        bytes += 4;
        i++;
      } else {
        throw unencodable(text, i, "UTF-8");
      }
    }
    return bytes;
  }

  /// Writes UTF-8.
  ///
  /// @param text has passed [#utf8Length]
  /// @param array has room for as many bytes at `at`
  /// @return how many
  static int encodeUtf8(String text, byte[] array, int at) {
    int to = at;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        array[to++] = (byte) c;
      } else if (c < 0x800) {
        array[to++] = (byte) (0xC0 | (c >> 6));
        array[to++] = tail(c);
      } else if (!Character.isSurrogate(c)) {
        array[to++] = (byte) (0xE0 | (c >> 12));
        array[to++] = tail(c >> 6);
        array[to++] = tail(c);
      } else {
        int point = Character.toCodePoint(c, text.charAt(++i));
        array[to++] = (byte) (0xF0 | (point >> 18));
        array[to++] = tail(point >> 12);
        array[to++] = tail(point >> 6);
        array[to++] = tail(point);
      }
    }
    return to - at;
  }

  private static byte tail(int bits) {
    return (byte) (0x80 | (bits & 0x3F));
  }

  private static boolean isPair(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1));
  }

  private static IllegalArgumentException unencodable(String text, int i, String charset) {
    return new IllegalArgumentException(
        "U+%04X at index %d has no place in %s".formatted((int) text.charAt(i), i, charset));
  }
}
