// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import java.io.IOException;
import tulip.pool.Connector;

/// Opens connections to one database, each with a thread of its own.
///
/// ```java
/// var options = JdbcOptions.of("the bank", dataSource).withGeneratedKeys(true);
/// try (var db = Database.open(new JdbcConnector(options), PoolOptions.DEFAULT)) { ... }
/// ```
public final class JdbcConnector implements Connector<JdbcConnection> {
  private final JdbcOptions options;

  /// For a database.
  public JdbcConnector(JdbcOptions options) {
    this.options = options;
  }

  /// Connects and logs in.
  ///
  /// @throws IOException if there is no connection to be had; the cause is a
  ///   [tulip.sql.SqlException]
  @Override
  public JdbcConnection connect() throws IOException {
    return JdbcConnection.open(options);
  }

  @Override
  public void abort(JdbcConnection connection) {
    connection.abort();
  }

  @Override
  public void close(JdbcConnection connection) throws IOException {
    connection.close();
  }

  @Override
  public boolean isAlive(JdbcConnection connection) {
    return connection.isOpen();
  }

  @Override
  public void check(JdbcConnection connection) throws IOException {
    connection.check();
  }

  /// JDBC cannot undo what a program has changed in a session, so one that was lent whole is not
  /// lent again.
  @Override
  public Verdict judge(JdbcConnection connection, boolean cut) {
    if (!connection.isOpen() || connection.isChanged()) {
      return Verdict.DISCARD;
    }
    return connection.isClean() ? Verdict.REUSE : Verdict.RESET;
  }

  @Override
  public void reset(JdbcConnection connection) throws IOException {
    connection.reset();
  }

  @Override
  public String toString() {
    return options.toString();
  }
}
