// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything a database says about an error, or about a notice.
///
/// @param sqlState five characters of the SQL standard, the first two of which are the class
/// @param message what is wrong, in one line
/// @param fields all further fields that the database sent, by their names
public record SqlError(String sqlState, String message, Map<Field, String> fields) {
  /// What else a database may say.
  public enum Field {
    /// `ERROR`, `FATAL`, `WARNING` ...
    SEVERITY,
    /// More about it.
    DETAIL,
    /// What to do about it.
    HINT,
    /// Where in the statement, in characters from 1.
    POSITION,
    /// Where in a statement that the database made itself.
    INTERNAL_POSITION,
    /// That statement.
    INTERNAL_QUERY,
    /// In which functions, the innermost first.
    WHERE,
    /// The schema that the error is about.
    SCHEMA,
    /// The table.
    TABLE,
    /// The column.
    COLUMN,
    /// The data type.
    DATA_TYPE,
    /// The constraint.
    CONSTRAINT,
    /// The file in the database's own source.
    FILE,
    /// The line there.
    LINE,
    /// The routine there.
    ROUTINE
  }

  /// Checks and copies it.
  public SqlError {
    if (sqlState.length() != 5) {
      throw new IllegalArgumentException("SQLSTATE '" + sqlState + "' has not five characters");
    }
    fields = Map.copyOf(fields);
  }

  /// An error with nothing further.
  public SqlError(String sqlState, String message) {
    this(sqlState, message, Map.of());
  }

  /// A further field; `null` if the database did not send it.
  public @Nullable String field(Field which) {
    return fields.get(which);
  }

  /// The error in one line, with detail and hint.
  @Override
  public String toString() {
    var text = new StringBuilder(message).append(" (SQLSTATE ").append(sqlState).append(')');
    for (var field : new Field[] {Field.DETAIL, Field.HINT, Field.WHERE}) {
      var value = fields.get(field);
      if (value != null) {
        text.append("; ").append(value);
      }
    }
    return text.toString();
  }
}
