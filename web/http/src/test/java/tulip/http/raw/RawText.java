// SPDX-License-Identifier: Apache-2.0
package tulip.http.raw;

import java.io.ByteArrayOutputStream;
import tulip.bytes.Ascii;

/// How bytes are written as text: printable ASCII stands for itself; `\r`, `\n`, `\t`, `\0`, `\\`
/// and `\xHH` as in many languages. In tables, `{ab*3}` stands for `ababab`, and `\{` for a brace.
final class RawText {
  private final String text;
  private final boolean repeats;
  private int at;

  private RawText(String text, boolean repeats) {
    this.text = text;
    this.repeats = repeats;
  }

  /// Reads what a table has.
  ///
  /// @throws IllegalArgumentException if it is written in another way
  static byte[] parse(String text) {
    return new RawText(text, true).bytes(false);
  }

  /// Reads what has no repetitions.
  ///
  /// @throws IllegalArgumentException if it is written in another way
  static byte[] parsePlain(String text) {
    return new RawText(text, false).bytes(false);
  }

  private byte[] bytes(boolean inGroup) {
    var bytes = new ByteArrayOutputStream();
    while (at < text.length() && !(inGroup && text.charAt(at) == '*')) {
      char c = text.charAt(at++);
      if (c == '\\') {
        bytes.write(escaped());
      } else if (c == '{' && repeats) {
        bytes.writeBytes(repeated());
      } else if (c <= 0xFF) {
        bytes.write(c);
      } else {
        throw wrong("no byte");
      }
    }
    return bytes.toByteArray();
  }

  private int escaped() {
    char c = next();
    return switch (c) {
      case 'r' -> '\r';
      case 'n' -> '\n';
      case 't' -> '\t';
      case '0' -> 0;
      case '\\', '{' -> c;
      case 'x' -> digit() << 4 | digit();
      default -> throw wrong("no escape");
    };
  }

  private byte[] repeated() {
    byte[] once = bytes(true);
    int end = text.indexOf('}', at);
    if (end < 0) {
      throw wrong("a brace that is not closed");
    }
    int times = Integer.parseInt(text, at + 1, end, 10);
    at = end + 1;
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      bytes.writeBytes(once);
    }
    return bytes.toByteArray();
  }

  private int digit() {
    int value = Ascii.hexValue((byte) next());
    if (value < 0) {
      throw wrong("no hexadecimal digit");
    }
    return value;
  }

  private char next() {
    if (at == text.length()) {
      throw wrong("an end within an escape");
    }
    return text.charAt(at++);
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(what + " before character " + at + " of " + text);
  }
}
