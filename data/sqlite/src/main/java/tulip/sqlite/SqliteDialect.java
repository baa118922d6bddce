// SPDX-License-Identifier: Apache-2.0
package tulip.sqlite;

import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import tulip.sql.SqlError;
import tulip.sql.TransactionOptions;
import tulip.sql.jdbc.ColumnReader;
import tulip.sql.jdbc.JdbcDialect;
import tulip.sql.jdbc.SqlSyntax;
import tulip.sql.jdbc.TransactionState;

/// SQLite by xerial's driver.
///
/// To the driver every connection stays in its mode of automatic commits: in the other one it
/// begins the next transaction with each commit.
final class SqliteDialect extends JdbcDialect {
  @Override
  public SqlSyntax syntax() {
    return SqlSyntax.SQLITE;
  }

  /// The bodies of triggers have semicolons.
  @Override
  public void executeScript(Statement statement, String script) throws SQLException {
    statement.executeUpdate(script);
  }

  // Transactions.

  /// All of them are serializable. One that writes takes the write lock now, since it might not get
  /// it later.
  @Override
  public void begin(Connection connection, TransactionOptions options) throws SQLException {
    if (options.readOnly()) {
      execute(connection, "pragma query_only = on");
    }
    try {
      execute(connection, options.readOnly() ? "begin" : "begin immediate");
    } catch (Throwable t) {
      execute(connection, "pragma query_only = off");
      throw t;
    }
  }

  @Override
  public void commit(Connection connection) throws SQLException {
    execute(connection, "commit");
    execute(connection, "pragma query_only = off");
  }

  @Override
  public void rollback(Connection connection) throws SQLException {
    if (isInTransaction(connection)) {
      execute(connection, "rollback");
    }
    execute(connection, "pragma query_only = off");
  }

  /// An interrupted change, or a full disk, ends the whole transaction.
  @Override
  public TransactionState stateAfter(Connection connection, SQLException failure)
      throws SQLException {
    return isInTransaction(connection) ? TransactionState.OPEN : TransactionState.GONE;
  }

  /// There is no transaction within a transaction, which tells them apart.
  private static boolean isInTransaction(Connection connection) throws SQLException {
    try {
      execute(connection, "begin");
    } catch (SQLException e) {
      return true;
    }
    execute(connection, "rollback");
    return false;
  }

  // Values and trouble.

  @Override
  public void bind(PreparedStatement statement, int index, Object value) throws SQLException {
    var plain = SqliteValues.plain(value);
    if (plain == null) {
      throw unknown(value, index);
    }
    statement.setObject(index, plain);
  }

  /// The driver has no way to say that there are none.
  @Override
  public @Nullable ResultSetMetaData columns(PreparedStatement statement) throws SQLException {
    try {
      var columns = statement.getMetaData();
      return columns.getColumnCount() == 0 ? null : columns;
    } catch (SQLException e) {
      return null;
    }
  }

  @Override
  public ColumnReader reader(ResultSetMetaData columns, int column) throws SQLException {
    return SqliteValues.reader(columns.getColumnTypeName(column));
  }

  /// A value of any type may stand anywhere.
  @Override
  public String parameterType(ParameterMetaData parameters, int index) {
    return "any";
  }

  @Override
  public SqlError error(SQLException exception) {
    return SqliteErrors.error(exception);
  }

  /// An interrupt concerns what runs at that moment.
  @Override
  public boolean cancelsExactly() {
    return true;
  }
}
