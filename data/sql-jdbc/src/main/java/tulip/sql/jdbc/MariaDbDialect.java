// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import tulip.sql.SqlError;
import tulip.sql.TransactionOptions;

/// MariaDB by its Connector/J, and MySQL.
final class MariaDbDialect extends JdbcDialect {
  @Override
  public SqlSyntax syntax() {
    return SqlSyntax.MYSQL;
  }

  /// What is set without SESSION holds for the next transaction alone.
  @Override
  public void begin(Connection connection, TransactionOptions options) throws SQLException {
    if (options.deferrable()) {
      throw unsupported(options);
    }
    var modes = modes(options);
    if (!modes.isEmpty()) {
      execute(connection, "set transaction " + modes);
    }
    connection.setAutoCommit(false);
  }

  @Override
  public void bind(PreparedStatement statement, int index, Object value) throws SQLException {
    if (value instanceof Instant) {
      statement.setObject(index, value);
    } else {
      super.bind(statement, index, value);
    }
  }

  @Override
  public ColumnReader reader(ResultSetMetaData columns, int column) throws SQLException {
    return switch (columns.getColumnTypeName(column).toUpperCase(Locale.ROOT)) {
      case "TIMESTAMP" -> ColumnReaders.as(Instant.class);
      case "JSON" -> ColumnReaders.JSON;
      default -> super.reader(columns, column);
    };
  }

  /// The codes of the server say more than its SQLSTATEs.
  @Override
  public SqlError error(SQLException exception) {
    var state =
        switch (exception.getErrorCode()) {
          case 1022, 1062, 1586 -> "23505";
          case 1048, 1364 -> "23502";
          case 1216, 1217, 1451, 1452 -> "23503";
          case 3819, 4025 -> "23514";
          case 1044, 1142, 1143, 1227 -> "42501";
          case 1054 -> "42703";
          case 1064, 1149 -> "42601";
          case 1146 -> "42P01";
          case 1205 -> "55P03";
          case 1213 -> "40P01";
          case 1317, 1969, 3024 -> "57014";
          case 1792 -> "25006";
          default -> "";
        };
    return state.isEmpty() ? super.error(exception) : SqlErrors.error(exception, state);
  }
}
