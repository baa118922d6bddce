// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import java.util.Map;

/// Writes parts of field values (RFC 9110, section 5.6).
final class FieldWriter {
  private FieldWriter() {}

  /// A token as it is, anything else as a quoted string.
  static String word(String text) {
    boolean token = !text.isEmpty() && text.chars().allMatch(c -> FieldReader.isToken((char) c));
    return token ? text : quoted(text);
  }

  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /// `; name=value` for each.
  static String parameters(Map<String, String> parameters) {
    var text = new StringBuilder();
    parameters.forEach(
        (name, value) -> text.append("; ").append(name).append('=').append(word(value)));
    return text.toString();
  }
}
