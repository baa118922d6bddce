// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tulip.sql.Isolation;
import tulip.sql.SqlError;
import tulip.sql.SqlException;
import tulip.sql.TransactionOptions;

/// What a database behind JDBC does its own way. This class is what the standards of SQL and JDBC
/// say; the databases that are known by name have their own: PostgreSQL, MariaDB and MySQL, H2.
///
/// Who has another database extends it, and gives it to [JdbcOptions#withDialect]. It has no state
/// that changes. All methods that take something of JDBC are called on the connection's thread.
public abstract class JdbcDialect {
  /// For subclasses.
  protected JdbcDialect() {}

  /// The dialect for a database by the name that its driver gives.
  static JdbcDialect of(Connection connection) throws SQLException {
    var product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
    return switch (product) {
      case "postgresql" -> new PostgresDialect();
      case "mariadb", "mysql" -> new MariaDbDialect();
      case "h2" -> new H2Dialect();
      case "microsoft sql server" -> new StandardDialect(SqlSyntax.SQL_SERVER);
      case "sqlite" -> new StandardDialect(SqlSyntax.SQLITE);
      default -> new StandardDialect(SqlSyntax.STANDARD);
    };
  }

  // Texts.

  /// How it reads statements.
  public SqlSyntax syntax() {
    return SqlSyntax.STANDARD;
  }

  /// Executes the statements of a script: here one by one, as most drivers want them.
  ///
  /// @param statement to do it with
  public void executeScript(Statement statement, String script) throws SQLException {
    for (var sql : StatementText.split(script, syntax())) {
      statement.execute(sql);
    }
  }

  // Transactions.

  /// Begins a transaction.
  ///
  /// @throws SqlException.FeatureNotSupported if it has none of that kind. JDBC's own hint is no
  ///   promise that nothing is written
  public void begin(Connection connection, TransactionOptions options) throws SQLException {
    if (options.readOnly() || options.deferrable()) {
      throw unsupported(options);
    }
    if (options.isolation() != Isolation.DEFAULT) {
      connection.setTransactionIsolation(level(options.isolation()));
    }
    connection.setAutoCommit(false);
  }

  /// Commits the transaction.
  public void commit(Connection connection) throws SQLException {
    connection.commit();
    connection.setAutoCommit(true);
  }

  /// Rolls the transaction back.
  public void rollback(Connection connection) throws SQLException {
    connection.rollback();
    connection.setAutoCommit(true);
  }

  /// The exception for a kind of transaction that there is not.
  protected static SqlException unsupported(TransactionOptions options) {
    return SqlException.of(new SqlError("0A000", "there are no transactions with " + options));
  }

  private static int level(Isolation isolation) {
    return switch (isolation) {
      case DEFAULT -> throw new IllegalArgumentException("the default has no level");
      case READ_UNCOMMITTED -> Connection.TRANSACTION_READ_UNCOMMITTED;
      case READ_COMMITTED -> Connection.TRANSACTION_READ_COMMITTED;
      case REPEATABLE_READ -> Connection.TRANSACTION_REPEATABLE_READ;
      case SERIALIZABLE -> Connection.TRANSACTION_SERIALIZABLE;
    };
  }

  /// The modes of a transaction as SQL says them, with a comma between; empty for the usual ones.
  static String modes(TransactionOptions options) {
    var modes = new StringBuilder();
    if (options.isolation() != Isolation.DEFAULT) {
      modes.append("isolation level ").append(options.isolation().name().replace('_', ' '));
    }
    if (options.readOnly()) {
      modes.append(modes.isEmpty() ? "" : ", ").append("read only");
    }
    return modes.toString();
  }

  /// Executes a statement without parameters and rows.
  protected static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  // Values.

  /// Sets a parameter.
  ///
  /// @param index from 1
  /// @param value not `null`
  /// @throws IllegalArgumentException if no type is known for its class
  public void bind(PreparedStatement statement, int index, Object value) throws SQLException {
    Parameters.bind(statement, index, value);
  }

  /// What the type of a parameter is called.
  ///
  /// @param index from 1
  public String parameterType(ParameterMetaData parameters, int index) throws SQLException {
    return parameters.getParameterTypeName(index);
  }

  /// What is known of the columns of a statement before it is executed; `null` if it has none.
  public @Nullable ResultSetMetaData columns(PreparedStatement statement) throws SQLException {
    return statement.getMetaData();
  }

  /// What reads a column.
  ///
  /// @param column from 1
  public ColumnReader reader(ResultSetMetaData columns, int column) throws SQLException {
    return ColumnReaders.standard(columns, column);
  }

  /// The exception for a value of a class for which no type is known.
  ///
  /// @param index from 1
  protected static IllegalArgumentException unknown(Object value, int index) {
    return Parameters.unknown(value, index);
  }

  // Trouble.

  /// What has become of a transaction in which a statement has failed: here all of it is gone if
  /// the SQLSTATE says so, and it goes on if not.
  public TransactionState stateAfter(Connection connection, SQLException failure)
      throws SQLException {
    return error(failure).sqlState().startsWith("40")
        ? TransactionState.GONE
        : TransactionState.OPEN;
  }

  /// What an exception means, with an SQLSTATE as [SqlException] knows it.
  public SqlError error(SQLException exception) {
    return SqlErrors.standard(exception);
  }

  /// Whether a cancellation can only hit the statement that is executed when it is asked for. If
  /// not, a connection whose statement has ended in spite of one is not used again.
  public boolean cancelsExactly() {
    return false;
  }
}
