// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import tulip.sql.Json;
import tulip.sql.SqlError;

/// H2.
final class H2Dialect extends JdbcDialect {
  @Override
  public SqlSyntax syntax() {
    return SqlSyntax.H2;
  }

  @Override
  public void executeScript(Statement statement, String script) throws SQLException {
    statement.execute(script);
  }

  /// A text would become a JSON text, bytes are parsed.
  @Override
  public void bind(PreparedStatement statement, int index, Object value) throws SQLException {
    if (value instanceof Json json) {
      statement.setBytes(index, json.text().getBytes(UTF_8));
    } else {
      super.bind(statement, index, value);
    }
  }

  @Override
  public ColumnReader reader(ResultSetMetaData columns, int column) throws SQLException {
    return columns.getColumnTypeName(column).equals("JSON")
        ? ColumnReaders.JSON
        : super.reader(columns, column);
  }

  @Override
  public SqlError error(SQLException exception) {
    var state =
        switch (exception.getErrorCode()) {
          case 23502 -> "23502";
          case 23503, 23506 -> "23503";
          case 23505 -> "23505";
          case 23513, 23514 -> "23514";
          case 42000, 42001 -> "42601";
          case 42101 -> "42P07";
          case 42102, 42103, 42104 -> "42P01";
          case 42122 -> "42703";
          case 50200 -> "55P03";
          case 90067, 90098, 90121 -> "08006";
          case 90131 -> "40001";
          default -> "";
        };
    return state.isEmpty() ? super.error(exception) : SqlErrors.error(exception, state);
  }

  /// It forgets a cancellation when the next statement begins.
  @Override
  public boolean cancelsExactly() {
    return true;
  }
}
