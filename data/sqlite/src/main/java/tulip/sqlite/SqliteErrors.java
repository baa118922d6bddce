// SPDX-License-Identifier: Apache-2.0
package tulip.sqlite;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.sqlite.SQLiteException;
import tulip.sql.SqlError;
import tulip.sql.SqlError.Field;

/// SQLite's codes and messages as SQLSTATEs.
///
/// Most of what is wrong with a statement has one code, so its message has to be read.
final class SqliteErrors {
  private static final int PRIMARY = 0xff;

  /// The driver puts the message of SQLite between its own.
  private static final Pattern MESSAGE =
      Pattern.compile("\\[SQLITE_\\w+]\\s+.*?\\((.*)\\)", Pattern.DOTALL);

  private static final Pattern CONSTRAINT =
      Pattern.compile("(?:UNIQUE|NOT NULL) constraint failed: (\\S+)\\.([^.,\\s]+).*");

  private static final Pattern CHECK = Pattern.compile("CHECK constraint failed: (.+)");

  private record Phrase(Pattern pattern, String sqlState) {
    static Phrase of(String pattern, String sqlState) {
      return new Phrase(Pattern.compile(pattern), sqlState);
    }
  }

  private static final List<Phrase> PHRASES =
      List.of(
          Phrase.of("no such table", "42P01"),
          Phrase.of("no such column|has no column named", "42703"),
          Phrase.of("ambiguous column", "42702"),
          Phrase.of("no such function|wrong number of arguments to function", "42883"),
          Phrase.of("syntax error|unrecognized token|incomplete input", "42601"),
          Phrase.of("already exists", "42P07"),
          Phrase.of("misuse of (aggregate|window)", "42803"),
          Phrase.of("no transaction is active", "25P01"),
          Phrase.of("within a transaction", "25001"),
          Phrase.of("values for .* columns|values were supplied", "42601"));

  private SqliteErrors() {}

  static SqlError error(SQLException exception) {
    var given = Objects.toString(exception.getMessage(), "no message");
    var between = MESSAGE.matcher(given);
    var message = between.matches() ? between.group(1) : given;
    return new SqlError(state(exception, message), message, fields(message));
  }

  private static String state(SQLException exception, String message) {
    var own = exception.getSQLState();
    if (own != null) {
      return own;
    }
    int code =
        exception instanceof SQLiteException its
            ? its.getResultCode().code
            : exception.getErrorCode();
    return switch (code) {
      case 275 -> "23514";
      case 517 -> "40001"; // somebody else has written since this transaction has read
      case 787 -> "23503";
      case 1299 -> "23502";
      case 1555, 2067, 2579 -> "23505";
      default -> ofPrimary(code & PRIMARY, message);
    };
  }

  private static String ofPrimary(int code, String message) {
    return switch (code) {
      case 3, 23 -> "42501";
      case 5, 6 -> "55P03";
      case 7 -> "53200";
      case 8 -> "25006";
      case 9 -> "57014";
      case 10, 14 -> "58030";
      case 11, 26 -> "XX001";
      case 13 -> "53100";
      case 18 -> "54000";
      case 19 -> "23000";
      case 20, 25 -> "22000";
      default -> ofPhrase(message);
    };
  }

  private static String ofPhrase(String message) {
    return PHRASES.stream()
        .filter(phrase -> phrase.pattern.matcher(message).find())
        .map(Phrase::sqlState)
        .findFirst()
        .orElse("HY000");
  }

  private static Map<Field, String> fields(String message) {
    var fields = new EnumMap<Field, String>(Field.class);
    var column = CONSTRAINT.matcher(message);
    var check = CHECK.matcher(message);
    if (column.matches()) {
      fields.put(Field.TABLE, column.group(1));
      fields.put(Field.COLUMN, column.group(2));
    } else if (check.matches()) {
      fields.put(Field.CONSTRAINT, check.group(1));
    }
    return fields;
  }
}
