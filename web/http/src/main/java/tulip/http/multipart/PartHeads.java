// SPDX-License-Identifier: Apache-2.0
package tulip.http.multipart;

import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.http.protocol.Headers;

/// The fields of a part.
public final class PartHeads {
  static final Bytes LINE_END = Bytes.ofAscii("\r\n");
  static final Bytes HEAD_END = Bytes.ofAscii("\r\n\r\n");

  private static final int LARGEST = 64 * 1024;

  private PartHeads() {}

  /// Reads lines, with a line end ahead of each.
  static Headers parse(Bytes lines, int most) throws MalformedException {
    var headers = Headers.builder();
    int count = 0;
    int at = 0;
    while (at < lines.length()) {
      int from = at + LINE_END.length();
      int next = lines.indexOf(LINE_END, from);
      at = next < 0 ? lines.length() : next;
      if (++count > most) {
        throw new MalformedException("a part with more than " + most + " fields");
      }
      add(lines.slice(from, at).latin1(), headers);
    }
    return headers.build();
  }

  private static void add(String line, Headers.Builder headers) throws MalformedException {
    int colon = line.indexOf(':');
    try {
      headers.add(line.substring(0, Math.max(0, colon)), withoutBlanks(line.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("a part with a field that is none: " + e.getMessage());
    }
  }

  /// Blanks and tabs alone: a control character at an end is no part of a value either, but wrong.
  private static String withoutBlanks(String value) {
    int from = 0;
    int to = value.length();
    while (from < to && isBlank(value.charAt(from))) {
      from++;
    }
    while (from < to && isBlank(value.charAt(to - 1))) {
      to--;
    }
    return value.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /// {@return what stands between a boundary and the content of a part: the fields, and line ends}
  public static Bytes format(Headers headers) {
    var out = new ByteWriter(LARGEST).put(LINE_END);
    headers.forEach(
        (name, value) -> out.putAscii(name.text()).putAscii(": ").putLatin1(value).put(LINE_END));
    return out.put(LINE_END).toBytes();
  }
}
