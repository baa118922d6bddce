// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tulip.bytes.Ascii;

/// Walks through the value of a field (RFC 9110, section 5.6).
///
/// What is not there makes the reader fail, and it stays so: parse on, and ask once at the end with
/// [#isGood].
final class FieldReader {
  private final String text;
  private int at;
  private boolean failed;

  FieldReader(String text) {
    this.text = text;
  }

  /// Whether all was read, and all was as it should be.
  boolean isGood() {
    return !failed && at == text.length();
  }

  /// Whether something was not as it should be.
  boolean hasFailed() {
    return failed;
  }

  /// Whether there is nothing more to be read.
  boolean atEnd() {
    return failed || at == text.length();
  }

  /// Passes over blanks.
  FieldReader blanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return this;
  }

  /// Passes over a character, if it stands here.
  boolean skip(char wanted) {
    boolean stands = at < text.length() && text.charAt(at) == wanted;
    at += stands ? 1 : 0;
    return stands;
  }

  /// Passes over a character that must stand here.
  FieldReader expect(char wanted) {
    failed |= !skip(wanted);
    return this;
  }

  /// Reads a token of one character or more.
  String token() {
    int from = at;
    while (at < text.length() && isToken(text.charAt(at))) {
      at++;
    }
    failed |= at == from;
    return text.substring(from, at);
  }

  /// Reads a token and makes its letters small.
  String lowerToken() {
    return token().toLowerCase(Locale.ROOT);
  }

  /// Reads a token, or the content of a quoted string.
  String word() {
    return skip('"') ? quoted() : token();
  }

  /// Reads up to a character, which is passed over.
  String upTo(char end) {
    int found = text.indexOf(end, at);
    if (found < 0) {
      failed = true;
      return "";
    }
    var before = text.substring(at, found);
    at = found + 1;
    return before;
  }

  /// Reads `; name=value` as often as it comes. Names are small; of equal ones the first counts.
  Map<String, String> parameters() {
    var parameters = new LinkedHashMap<String, String>();
    while (!blanks().atEnd() && skip(';')) {
      blanks();
      if (!atEnd() && text.charAt(at) != ';') { // an empty parameter is none
        var name = lowerToken();
        var value = blanks().skip('=') ? blanks().word() : "";
        parameters.putIfAbsent(name, value);
      }
    }
    return Collections.unmodifiableMap(parameters);
  }

  private String quoted() {
    var content = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return content.toString();
      }
      if (c == '\\' && at < text.length()) {
        c = text.charAt(at++);
      }
      content.append(c);
    }
    failed = true;
    return "";
  }

  static boolean isToken(char c) {
    return c < 0x80 && Ascii.isToken((byte) c);
  }
}
