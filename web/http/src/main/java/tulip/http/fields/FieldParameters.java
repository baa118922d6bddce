// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import java.util.LinkedHashMap;
import java.util.Map;

/// Reads `name=value, name="value"`, as Authentication-Info and others have it (RFC 9110, section
/// 11.6.3).
public final class FieldParameters {
  private FieldParameters() {}

  /// Reads the value of a field.
  ///
  /// @return names in small letters; of equal ones the first counts. What makes no sense ends it
  public static Map<String, String> parse(String text) {
    var reader = new FieldReader(text);
    var parameters = new LinkedHashMap<String, String>();
    while (!reader.blanks().atEnd()) {
      if (!reader.skip(',')) {
        var name = reader.lowerToken();
        var value = reader.blanks().skip('=') ? reader.blanks().word() : "";
        if (!reader.hasFailed()) {
          parameters.putIfAbsent(name, value);
        }
      }
    }
    return parameters;
  }
}
