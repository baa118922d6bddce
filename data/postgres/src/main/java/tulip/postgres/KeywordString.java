// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.util.HashMap;
import java.util.Map;

/// The connection strings of libpq that are no URLs (section 34.1.1.1 of the manual):
/// `host=localhost dbname='my bank'`.
final class KeywordString {
  private final String text;
  private int at;

  private KeywordString(String text) {
    this.text = text;
  }

  /// What one says, by libpq's names.
  ///
  /// @throws IllegalArgumentException if it is none
  static Map<String, String> parse(String text) {
    var string = new KeywordString(text);
    var values = new HashMap<String, String>();
    for (string.skipBlanks(); string.at < text.length(); string.skipBlanks()) {
      var name = string.name();
      values.put(name, string.value(name));
    }
    values.values().removeIf(String::isEmpty);
    return values;
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private String name() {
    int start = at;
    while (at < text.length() && (Character.isLetter(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    var name = text.substring(start, at);
    skipBlanks();
    if (name.isEmpty() || at == text.length() || text.charAt(at) != '=') {
      throw wrong("it begins with postgresql://, or it has names with values: host=localhost");
    }
    at++;
    skipBlanks();
    return name;
  }

  private String value(String name) {
    boolean quoted = at < text.length() && text.charAt(at) == '\'';
    if (quoted) {
      at++;
    }
    var value = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (quoted ? c == '\'' : Character.isWhitespace(c)) {
        return value.toString();
      }
      if (c == '\\' && at < text.length()) {
        c = text.charAt(at++);
      }
      value.append(c);
    }
    if (quoted) {
      throw wrong("the quoted value of " + name + " has no end");
    }
    return value.toString();
  }

  /// Without the string itself, which has a password perhaps.
  private static IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(
        "the connection string of a PostgreSQL database is wrong: " + what);
  }
}
