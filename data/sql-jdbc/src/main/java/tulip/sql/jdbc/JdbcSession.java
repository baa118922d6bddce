// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.sql.Columns;
import tulip.sql.Description;
import tulip.sql.Isolation;
import tulip.sql.Result;
import tulip.sql.Row;
import tulip.sql.TransactionOptions;

/// A connection of JDBC. All of it is for the connection's thread.
final class JdbcSession {
  private final Connection connection;
  private final JdbcDialect dialect;
  private final JdbcOptions options;
  private final Map<Integer, Savepoint> savepoints = new HashMap<>();
  private boolean inTransaction;

  /// Of the transaction, while there is one.
  private TransactionState state = TransactionState.OPEN;

  /// What to set again after the transaction; `null` for nothing.
  private @Nullable Integer isolation;

  private JdbcSession(Connection connection, JdbcDialect dialect, JdbcOptions options) {
    this.connection = connection;
    this.dialect = dialect;
    this.options = options;
  }

  static JdbcSession open(Call<?> call, JdbcOptions options) throws SQLException {
    var connection = options.source().connect();
    try {
      call.checkCancelled(); // nobody would close it
      connection.setAutoCommit(true);
      var given = options.dialect();
      return new JdbcSession(
          connection, given == null ? JdbcDialect.of(connection) : given, options);
    } catch (Throwable t) {
      connection.close();
      throw t;
    }
  }

  Connection connection() {
    return connection;
  }

  JdbcDialect dialect() {
    return dialect;
  }

  boolean isInTransaction() {
    return inTransaction;
  }

  /// Does something, unless the transaction is lost: what belongs to it must not be done outside.
  <T extends @Nullable Object> T guarded(Call<?> call, Work<T> work) throws SQLException {
    if (state == TransactionState.GONE) {
      throw rolledBack();
    }
    try {
      return work.run(call);
    } catch (SQLException e) {
      if (connection.isClosed()) {
        throw new SQLException(e.getMessage(), "08006", e);
      }
      if (inTransaction) {
        state = dialect.stateAfter(connection, SqlErrors.innermost(e));
      }
      throw e;
    }
  }

  private static SQLException rolledBack() {
    return new SQLException(
        "a statement of this transaction has failed, and the database has rolled all of it back",
        "25P02");
  }

  // Statements.

  Result execute(Call<?> call, StatementText text, @Nullable Object[] arguments)
      throws SQLException {
    try (var statement = prepare(text)) {
      call.watch(statement);
      bind(statement, text, arguments);
      return statement.execute()
          ? rows(call, statement, text)
          : affected(call, statement, text, statement.getUpdateCount());
    }
  }

  private PreparedStatement prepare(StatementText text) throws SQLException {
    return options.generatedKeys()
        ? connection.prepareStatement(text.sql(), Statement.RETURN_GENERATED_KEYS)
        : connection.prepareStatement(text.sql());
  }

  void bind(PreparedStatement statement, StatementText text, @Nullable Object[] arguments)
      throws SQLException {
    for (int i = 0; i < text.places().size(); i++) {
      var value = arguments[text.places().get(i) - 1];
      if (value == null) {
        statement.setNull(i + 1, Types.NULL);
      } else {
        dialect.bind(statement, i + 1, value);
      }
    }
  }

  private Result rows(Call<?> call, PreparedStatement statement, StatementText text)
      throws SQLException {
    try (var rows = statement.getResultSet()) {
      var reader = new RowReader(rows, dialect);
      var all = reader.takeAll(call, options.result());
      return new Result(reader.columns(), all, all.size(), status(text, all.size()));
    }
  }

  private Result affected(
      Call<?> call, PreparedStatement statement, StatementText text, int affected)
      throws SQLException {
    var columns = Columns.NONE;
    var keys = List.<Row>of();
    if (options.generatedKeys() && affected > 0) {
      try (var rows = statement.getGeneratedKeys()) {
        var reader = new RowReader(rows, dialect);
        keys = reader.takeAll(call, options.result());
        columns = reader.columns();
      }
    }
    return new Result(columns, keys, Math.max(0, affected), status(text, Math.max(0, affected)));
  }

  private static String status(StatementText text, int rows) {
    return (text.verb().toUpperCase(Locale.ROOT) + " " + rows).strip();
  }

  void executeScript(Call<?> call, String script) throws SQLException {
    try (var statement = connection.createStatement()) {
      call.watch(statement);
      dialect.executeScript(statement, script);
    }
  }

  Description describe(Call<?> call, StatementText text) throws SQLException {
    try (var statement = connection.prepareStatement(text.sql())) {
      call.watch(statement);
      var metaData = statement.getParameterMetaData();
      var types = new ArrayList<String>();
      for (int i = 1; i <= text.parameters(); i++) {
        int place = text.places().indexOf(i);
        types.add(place < 0 ? "unknown" : dialect.parameterType(metaData, place + 1));
      }
      return new Description(types, RowReader.columns(dialect.columns(statement)));
    }
  }

  OpenRows open(Call<?> call, StatementText text, @Nullable Object[] arguments)
      throws SQLException {
    var statement = connection.prepareStatement(text.sql());
    try {
      call.watch(statement);
      statement.setFetchSize(options.fetch());
      bind(statement, text, arguments);
      return new OpenRows(statement, new RowReader(statement.executeQuery(), dialect));
    } catch (Throwable t) {
      statement.close();
      throw t;
    }
  }

  // Transactions.

  void begin(TransactionOptions kind) throws SQLException {
    if (kind.isolation() != Isolation.DEFAULT) {
      isolation = connection.getTransactionIsolation();
    }
    try {
      dialect.begin(connection, kind);
      inTransaction = true;
    } catch (Throwable t) {
      if (!connection.getAutoCommit()) {
        dialect.rollback(connection);
      }
      ended();
      throw t;
    }
  }

  void commit() throws SQLException {
    if (state != TransactionState.OPEN) {
      rollback();
      throw rolledBack();
    }
    dialect.commit(connection);
    ended();
  }

  /// Does nothing if there is none.
  void rollback() throws SQLException {
    if (inTransaction) {
      dialect.rollback(connection);
      ended();
    }
  }

  private void ended() throws SQLException {
    inTransaction = false;
    state = TransactionState.OPEN;
    savepoints.clear();
    if (isolation != null) {
      connection.setTransactionIsolation(isolation);
      isolation = null;
    }
  }

  void savepoint(int number) throws SQLException {
    savepoints.put(number, connection.setSavepoint("tulip_" + number));
  }

  void releaseSavepoint(int number) throws SQLException {
    release(savepoints.remove(number));
  }

  void rollbackToSavepoint(int number) throws SQLException {
    var savepoint = savepoints.remove(number);
    if (savepoint != null) { // else it has not begun
      rollback(savepoint);
    }
  }

  /// Undoes what was done since, and ends the savepoint.
  void rollback(Savepoint savepoint) throws SQLException {
    if (state != TransactionState.GONE) { // else all is undone
      connection.rollback(savepoint);
      state = TransactionState.OPEN;
      release(savepoint);
    }
  }

  /// Some databases know no release, and need none.
  void release(@Nullable Savepoint savepoint) throws SQLException {
    try {
      if (savepoint != null) {
        connection.releaseSavepoint(savepoint);
      }
    } catch (SQLFeatureNotSupportedException e) {
      // it ends with the transaction
    }
  }
}
