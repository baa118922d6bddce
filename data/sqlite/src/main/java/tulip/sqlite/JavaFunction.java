// SPDX-License-Identifier: Apache-2.0
package tulip.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;
import org.sqlite.core.Codes;
import tulip.bytes.Bytes;

/// A function of Java, as xerial's driver wants it.
final class JavaFunction extends Function {
  private final SqliteFunction function;

  private JavaFunction(SqliteFunction function) {
    this.function = function;
  }

  static void register(Connection connection, String name, SqliteFunction function)
      throws SQLException {
    create(connection, name, new JavaFunction(function));
  }

  @Override
  protected void xFunc() throws SQLException {
    try {
      give(function.apply(arguments()));
    } catch (Exception e) {
      error(e.toString());
    }
  }

  private List<@Nullable Object> arguments() throws SQLException {
    var arguments = new ArrayList<@Nullable Object>();
    for (int i = 0; i < args(); i++) {
      arguments.add(argument(i));
    }
    return arguments;
  }

  private @Nullable Object argument(int index) throws SQLException {
    return switch (value_type(index)) {
      case Codes.SQLITE_INTEGER -> value_long(index);
      case Codes.SQLITE_FLOAT -> value_double(index);
      case Codes.SQLITE_TEXT -> value_text(index);
      case Codes.SQLITE_BLOB -> Bytes.copyOf(value_blob(index));
      default -> null;
    };
  }

  private void give(@Nullable Object value) throws SQLException {
    switch (value) {
      case null -> result();
      case Long number -> result(number.longValue());
      case Integer number -> result(number.intValue());
      case Double number -> result(number.doubleValue());
      case Boolean truth -> result(truth ? 1 : 0);
      case String text -> result(text);
      case Bytes bytes -> result(bytes.toByteArray());
      default -> throw new SQLException("a function gives no " + value.getClass().getName());
    }
  }
}
