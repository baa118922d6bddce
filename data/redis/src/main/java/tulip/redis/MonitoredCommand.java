// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tulip.bytes.Bytes;

/// A command that a server has got.
///
/// @param at when
/// @param database its number
/// @param client the client's address, `lua` for a script
/// @param words its name and its arguments
public record MonitoredCommand(Instant at, int database, String client, List<Bytes> words) {
  private static final Pattern LINE =
      Pattern.compile("(\\d+)\\.(\\d{6}) \\[(\\d+) (.*?)\\] (\".*)");

  /// Reads a line of MONITOR.
  ///
  /// @throws IllegalArgumentException if it is none
  static MonitoredCommand parse(String line) {
    var parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a line of MONITOR: " + line);
    }
    var at =
        Instant.ofEpochSecond(
            Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)) * 1000);
    return new MonitoredCommand(
        at, Integer.parseInt(parts.group(3)), parts.group(4), words(parts.group(5)));
  }

  /// Words in quotes with blanks between.
  private static List<Bytes> words(String quoted) {
    var words = new ArrayList<Bytes>();
    var word = new ByteArrayOutputStream();
    boolean inside = false;
    for (int i = 0; i < quoted.length(); i++) {
      char c = quoted.charAt(i);
      if (c == '"') {
        if (inside) {
          words.add(Bytes.wrap(word.toByteArray()));
          word.reset();
        }
        inside = !inside;
      } else if (c == '\\' && i + 1 < quoted.length()) {
        i = unescape(quoted, i + 1, word);
      } else if (inside) {
        word.write(c);
      }
    }
    return List.copyOf(words);
  }

  /// @return where the last character of it stands
  private static int unescape(String quoted, int at, ByteArrayOutputStream word) {
    char c = quoted.charAt(at);
    if (c == 'x' && at + 2 < quoted.length()) {
      word.write(Integer.parseInt(quoted.substring(at + 1, at + 3), 16));
      return at + 2;
    }
    word.write(
        switch (c) {
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case 'a' -> 7;
          case 'b' -> '\b';
          default -> c;
        });
    return at;
  }

  /// The command as text, its words with blanks between.
  public String text() {
    return String.join(" ", words.stream().map(Bytes::utf8).toList());
  }
}
