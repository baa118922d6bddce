// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import java.net.IDN;
import java.util.ArrayList;
import tulip.bytes.Bytes;

/// Names and strings as people write them, and as zone files hold them (RFC 1035, 5.1).
final class NameText {
  private static final String SPECIAL = ".\\\"();@$";

  private final String text;
  private int next;

  private NameText(String text) {
    this.text = text;
  }

  // Reading.

  static DomainName parse(String text) {
    if (text.equals(".")) {
      return DomainName.ROOT;
    }
    if (text.isEmpty()) {
      throw new IllegalArgumentException("an empty name: the root is written \".\"");
    }
    try {
      return new NameText(toAscii(text)).parse();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + shortened(text) + "': " + e.getMessage(), e);
    }
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "...";
  }

  private static String toAscii(String text) {
    if (text.chars().allMatch(c -> c < 0x80)) {
      return text;
    }
    if (text.indexOf('\\') >= 0) {
      throw new IllegalArgumentException("a name has escapes or letters outside ASCII, not both");
    }
    return IDN.toASCII(text);
  }

  private DomainName parse() {
    var labels = new ArrayList<Bytes>();
    byte[] label = new byte[text.length()];
    while (next < text.length()) {
      int size = 0;
      while (next < text.length() && text.charAt(next) != '.') {
        label[size++] = takeByte();
      }
      next++; // the dot, or past the end
      labels.add(Bytes.copyOf(label, 0, size));
    }
    return DomainName.ofLabels(labels);
  }

  private byte takeByte() {
    char c = text.charAt(next++);
    if (c != '\\') {
      return (byte) c;
    }
    if (next == text.length()) {
      throw new IllegalArgumentException("a backslash at the end");
    }
    char escaped = text.charAt(next);
    if (escaped < '0' || escaped > '9') {
      next++;
      return (byte) escaped;
    }
    return takeNumber();
  }

  private byte takeNumber() {
    int value = 0;
    for (int end = next + 3; next < end; next++) {
      int digit = next < text.length() ? text.charAt(next) - '0' : -1;
      if (digit < 0 || digit > 9) {
        throw new IllegalArgumentException("a backslash and a digit want two digits more");
      }
      value = 10 * value + digit;
    }
    if (value > 255) {
      throw new IllegalArgumentException("\\" + value + " is no byte");
    }
    return (byte) value;
  }

  // Writing.

  static String format(DomainName name) {
    if (name.isRoot()) {
      return ".";
    }
    var text = new StringBuilder();
    for (Bytes label : name.labels()) {
      escape(label, SPECIAL, '!', text);
      text.append('.');
    }
    return text.toString();
  }

  static String formatUnicode(DomainName name) {
    var ascii = format(name);
    return ascii.indexOf('\\') >= 0 ? ascii : IDN.toUnicode(ascii);
  }

  /// A character-string in quotes.
  static String quote(Bytes string) {
    var text = new StringBuilder("\"");
    escape(string, "\"\\", ' ', text);
    return text.append('"').toString();
  }

  /// @param special the characters that get a backslash
  /// @param first the first character that is printed as it is
  static void escape(Bytes bytes, String special, char first, StringBuilder text) {
    for (int i = 0; i < bytes.length(); i++) {
      int b = bytes.byteAt(i) & 0xFF;
      if (b < first || b > '~') {
        text.append('\\').append((char) ('0' + b / 100));
        text.append((char) ('0' + b / 10 % 10)).append((char) ('0' + b % 10));
      } else {
        text.append(special.indexOf(b) >= 0 ? "\\" : "").append((char) b);
      }
    }
  }
}
