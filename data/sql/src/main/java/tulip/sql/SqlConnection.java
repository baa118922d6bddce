// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.core.Tulip.Mapping;
import tulip.pool.Connector;
import tulip.sql.spi.DriverConnection;
import tulip.sql.spi.ParameterRows;

/// One connection to a database: for what lasts longer than a transaction, such as settings,
/// temporary tables and advisory locks.
///
/// [Database#connected] lends one. One from [#connect] belongs to the task that opened it, which
/// closes it. Several tasks may use it at the same time; their statements are executed in the order
/// in which they were called.
public final class SqlConnection extends Queries implements AutoCloseable {
  private final DriverConnection connection;
  private final Nesting nesting = new Nesting();

  /// What closes it; `null` if it is lent.
  private final @Nullable Connector<DriverConnection> connector;

  private boolean over;

  private SqlConnection(
      DriverConnection connection, @Nullable Connector<DriverConnection> connector) {
    this.connection = connection;
    this.connector = connector;
  }

  /// Connects to the database of a URL; the driver is found by its scheme. Takes as long as it
  /// takes: see [tulip.core.Tulip#timeout]. In a task.
  ///
  /// @throws IllegalArgumentException if there is no driver for it, or the URL is wrong
  /// @throws IOException if there is no connection to be had; if the database refuses the login the
  ///   cause is a [SqlException]
  public static SqlConnection connect(String url) throws IOException {
    var connector = Drivers.connector(url);
    try {
      return new SqlConnection(connector.connect(), connector);
    } catch (Throwable t) {
      Drivers.close(Drivers.closeable(connector));
      throw t;
    }
  }

  /// A connection of a pool, for the time of a block.
  static SqlConnection lent(DriverConnection connection) {
    connection.markChanged();
    return new SqlConnection(connection, null);
  }

  private DriverConnection enter() {
    nesting.awaitTurn();
    return open();
  }

  private DriverConnection open() {
    if (over) {
      throw new IllegalStateException("this connection was closed or given back");
    }
    return connection;
  }

  @Override
  Result run(String sql, @Nullable Object... arguments) throws IOException {
    return enter().execute(sql, arguments);
  }

  @Override
  public long executeMany(String sql, Iterable<?> rows) throws IOException {
    return enter().executeMany(sql, new ParameterRows(rows));
  }

  @Override
  public void executeScript(String script) throws IOException {
    enter().executeScript(script);
  }

  @Override
  public Description describe(String sql) throws IOException {
    return enter().describe(sql);
  }

  @Override
  public RowStream<Row> stream(String sql, @Nullable Object... arguments) throws IOException {
    return Streams.open(enter(), null, sql, arguments);
  }

  @Override
  public <T extends @Nullable Object, X extends Exception> T inTransaction(
      TransactionOptions options, Mapping<? super Transaction, T, X> block) throws X, IOException {
    try (var _ = nesting.begin()) {
      return Transaction.run(open(), false, options, block);
    }
  }

  /// The driver's own connection, for what only that database can do.
  ///
  /// @throws IllegalArgumentException if it is another driver's
  public <C extends DriverConnection> C unwrap(Class<C> type) {
    var own = open();
    if (!type.isInstance(own)) {
      throw new IllegalArgumentException(own + " is no " + type.getSimpleName());
    }
    return type.cast(own);
  }

  /// Closes the connection; one that is lent is only given back. Does nothing the second time.
  @Override
  public void close() throws IOException {
    if (!over) {
      over = true;
      if (connector != null) {
        try {
          connector.close(connection);
        } finally {
          Drivers.close(Drivers.closeable(connector));
        }
      }
    }
  }

  @Override
  public String toString() {
    return connection.toString();
  }
}
