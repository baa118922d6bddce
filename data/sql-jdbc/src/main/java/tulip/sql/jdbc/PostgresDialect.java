// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import tulip.sql.Json;
import tulip.sql.TransactionOptions;

/// PostgreSQL by pgjdbc. `tulip.postgres` does more.
final class PostgresDialect extends JdbcDialect {
  @Override
  public SqlSyntax syntax() {
    return SqlSyntax.POSTGRESQL;
  }

  @Override
  public void executeScript(Statement statement, String script) throws SQLException {
    statement.execute(script);
  }

  @Override
  public void begin(Connection connection, TransactionOptions options) throws SQLException {
    connection.setAutoCommit(false);
    var modes = modes(options) + (options.deferrable() ? " deferrable" : "");
    if (!modes.isEmpty()) {
      execute(connection, "set transaction " + modes);
    }
  }

  @Override
  public void bind(PreparedStatement statement, int index, Object value) throws SQLException {
    if (value instanceof Json json) {
      statement.setObject(index, json.text(), Types.OTHER); // the column decides, json or jsonb
    } else {
      super.bind(statement, index, value);
    }
  }

  @Override
  public ColumnReader reader(ResultSetMetaData columns, int column) throws SQLException {
    return switch (columns.getColumnTypeName(column)) {
      case "timestamptz" -> ColumnReaders.INSTANT;
      case "json", "jsonb" -> ColumnReaders.JSON;
      case "numeric" -> ColumnReaders.BY_CLASS; // NaN is no decimal
      default -> super.reader(columns, column);
    };
  }

  @Override
  public TransactionState stateAfter(Connection connection, SQLException failure) {
    return TransactionState.FAILED;
  }

  /// pgjdbc waits until the server has taken the request.
  @Override
  public boolean cancelsExactly() {
    return true;
  }
}
