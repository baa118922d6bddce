// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.protocol;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of ErrorResponse and NoticeResponse, by their letters: section 55.8 of the manual.
///
/// @param fields `S` the severity, `C` the SQLSTATE, `M` the message ...
public record ErrorFields(Map<Character, String> fields) {
  private static final String UNKNOWN_STATE = "XX000";

  /// Copies the map.
  public ErrorFields {
    fields = Map.copyOf(fields);
  }

  /// Reads the fields of the present message.
  ///
  /// @throws PostgresFormatException if they have no end
  public static ErrorFields read(BackendReader message) throws PostgresFormatException {
    var fields = new HashMap<Character, String>();
    for (byte field; (field = message.takeByte()) != 0; ) {
      fields.put((char) field, message.takeString());
    }
    return new ErrorFields(fields);
  }

  /// A field; `null` if it was not sent.
  public @Nullable String get(char field) {
    return fields.get(field);
  }

  /// The SQLSTATE.
  public String sqlState() {
    var state = fields.getOrDefault('C', UNKNOWN_STATE);
    return state.length() == 5 ? state : UNKNOWN_STATE;
  }

  /// The message.
  public String message() {
    return fields.getOrDefault('M', "the server said nothing more");
  }

  /// Whether the server ends the connection because of it. Not translated, unlike what is shown.
  public boolean isFatal() {
    var severity = fields.getOrDefault('V', fields.getOrDefault('S', ""));
    return severity.equals("FATAL") || severity.equals("PANIC");
  }
}
