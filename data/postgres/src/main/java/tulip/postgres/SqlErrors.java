// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.util.EnumMap;
import org.jspecify.annotations.Nullable;
import tulip.postgres.protocol.ErrorFields;
import tulip.sql.SqlError;
import tulip.sql.SqlError.Field;
import tulip.sql.SqlException;

/// What the server says about an error, in the face's words.
final class SqlErrors {
  private SqlErrors() {}

  static SqlException exception(ErrorFields fields) {
    return SqlException.of(error(fields));
  }

  /// Whether a statement has to be prepared anew: its tables have changed, or somebody has
  /// deallocated it. Nothing was executed then.
  static boolean isOutdated(SqlException refusal) {
    return refusal.sqlState().equals("26000")
        || (refusal.sqlState().equals("0A000")
            && "RevalidateCachedQuery".equals(refusal.error().field(Field.ROUTINE)));
  }

  static SqlError error(ErrorFields fields) {
    var further = new EnumMap<Field, String>(Field.class);
    for (var letter : fields.fields().entrySet()) {
      var field = field(letter.getKey());
      if (field != null) {
        further.put(field, letter.getValue());
      }
    }
    return new SqlError(fields.sqlState(), fields.message(), further);
  }

  private static @Nullable Field field(char letter) {
    return switch (letter) {
      case 'S' -> Field.SEVERITY;
      case 'D' -> Field.DETAIL;
      case 'H' -> Field.HINT;
      case 'P' -> Field.POSITION;
      case 'p' -> Field.INTERNAL_POSITION;
      case 'q' -> Field.INTERNAL_QUERY;
      case 'W' -> Field.WHERE;
      case 's' -> Field.SCHEMA;
      case 't' -> Field.TABLE;
      case 'c' -> Field.COLUMN;
      case 'd' -> Field.DATA_TYPE;
      case 'n' -> Field.CONSTRAINT;
      case 'F' -> Field.FILE;
      case 'L' -> Field.LINE;
      case 'R' -> Field.ROUTINE;
      default -> null;
    };
  }
}
