// SPDX-License-Identifier: Apache-2.0
package tulip.sqlite;

import java.io.Closeable;
import java.io.IOException;
import tulip.core.Tulip;
import tulip.pool.Connector;
import tulip.sql.jdbc.JdbcConnector;
import tulip.sql.jdbc.JdbcOptions;

/// Opens connections to one database, of which one writes at a time.
///
/// ```java
/// var options = SqliteOptions.of(Path.of("bank.db")).withFunction("reverse", this::reverse);
/// try (var connector = new SqliteConnector(options);
///     var db = Database.open(connector, PoolOptions.DEFAULT)) { ... }
/// ```
///
/// Make one for each loop and database, not two: tasks stand in one line only by way of one
/// connector. It is closed by who made it, in a task, when no connection is open any more; a
/// database that nobody else sees is gone then.
public final class SqliteConnector implements Connector<SqliteConnection>, Closeable {
  private final JdbcConnector connector;
  private final WriteTurn writeTurn;
  private final DatabaseFile file;

  /// For a database.
  public SqliteConnector(SqliteOptions options) {
    file = DatabaseFile.of(options);
    writeTurn = new WriteTurn(options.busyTimeout());
    connector =
        new JdbcConnector(
            JdbcOptions.of(options.toString(), new Opening(options, file))
                .withDialect(new SqliteDialect()));
  }

  /// Opens a connection, and the database if it is not there.
  ///
  /// @throws IOException if it cannot be opened; the cause is a [tulip.sql.SqlException]
  @Override
  public SqliteConnection connect() throws IOException {
    return new SqliteConnection(connector.connect(), writeTurn);
  }

  @Override
  public void abort(SqliteConnection connection) {
    connection.abort();
  }

  @Override
  public void close(SqliteConnection connection) throws IOException {
    connection.close();
  }

  @Override
  public boolean isAlive(SqliteConnection connection) {
    return connection.isOpen();
  }

  @Override
  public Verdict judge(SqliteConnection connection, boolean cut) {
    connection.left();
    return connector.judge(connection.jdbc(), cut);
  }

  @Override
  public void reset(SqliteConnection connection) throws IOException {
    try {
      connector.reset(connection.jdbc());
    } finally {
      connection.endTurn();
    }
  }

  /// Deletes a database that nobody else sees.
  @Override
  public void close() throws IOException {
    Tulip.blocking(file::close);
  }

  @Override
  public String toString() {
    return connector.toString();
  }
}
