// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import tulip.pool.Connector;
import tulip.postgres.types.TypeCatalog;
import tulip.sql.SqlException;

/// Opens connections to one database, which share what is known of its types.
///
/// ```java
/// var options = PostgresOptions.parse("postgresql://localhost/bank").withStatementCache(0);
/// try (var db = Database.open(new PostgresConnector(options), PoolOptions.DEFAULT)) { ... }
/// ```
public final class PostgresConnector implements Connector<PostgresConnection> {
  private final PostgresOptions options;
  private final TypeCatalog types;

  /// For a database. It and its connections are for one loop.
  public PostgresConnector(PostgresOptions options) {
    this.options = options;
    types = new TypeCatalog(options.codecs());
  }

  /// What is known of the database's types.
  public TypeCatalog types() {
    return types;
  }

  /// Connects and logs in.
  ///
  /// @throws IOException if there is no connection to be had; if the server refuses the login the
  ///   cause is a [SqlException]
  @Override
  public PostgresConnection connect() throws IOException {
    try {
      return new ServerChoice(options, types).connect();
    } catch (SqlException e) {
      throw new IOException(options + " refuses the login: " + e.getMessage(), e);
    }
  }

  @Override
  public void abort(PostgresConnection connection) {
    connection.abort();
  }

  @Override
  public void close(PostgresConnection connection) throws IOException {
    connection.close();
  }

  @Override
  public boolean isAlive(PostgresConnection connection) {
    return connection.isOpen();
  }

  @Override
  public void check(PostgresConnection connection) throws IOException {
    connection.executeScript("");
  }

  /// Results find their place whoever was cancelled, so the state of the connection is all that
  /// counts.
  @Override
  public Verdict judge(PostgresConnection connection, boolean cut) {
    if (!connection.isOpen()) {
      return Verdict.DISCARD;
    }
    return connection.isClean() ? Verdict.REUSE : Verdict.RESET;
  }

  @Override
  public void reset(PostgresConnection connection) throws IOException {
    connection.reset();
  }

  @Override
  public void awaitLost(PostgresConnection connection) throws IOException {
    connection.awaitLost();
  }

  @Override
  public String toString() {
    return options.toString();
  }
}
