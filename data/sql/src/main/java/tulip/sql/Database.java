// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.core.Tulip.Mapping;
import tulip.pool.ConnectionPool;
import tulip.pool.Connector;
import tulip.pool.PoolOptions;
import tulip.pool.PoolStatistics;
import tulip.sql.spi.DriverConnection;
import tulip.sql.spi.ParameterRows;

/// A database, with a pool of connections to it.
///
/// ```java
/// record Account(long id, String owner, BigDecimal balance) {}
///
/// try (var db = Database.open("postgresql://localhost/bank")) {
///   var rich = db.query(Account.class, "select * from account where balance > $1", 1_000_000);
///   db.transaction(tx -> {
///     tx.execute("update account set balance = balance - 5 where id = $1", 1);
///     tx.execute("update account set balance = balance + 5 where id = $1", 2);
///   });
/// }
/// ```
///
/// Each statement called here is a transaction by itself, and has a connection for itself alone,
/// unless [DatabaseOptions#sharing] lets several share one. Statements that belong together are
/// called on what [#transaction] or [#connected] gives.
///
/// A database is a block: it belongs to the task that opened it, which closes it. The other methods
/// are for any task of its loop.
public final class Database extends Queries implements AutoCloseable {
  private final ConnectionPool<DriverConnection> pool;
  private final DatabaseOptions options;
  private final SharedConnections shared;

  /// What ends with the database; `null` if the connector has nothing or is somebody else's.
  private final @Nullable Closeable own;

  private Database(
      Connector<DriverConnection> connector, DatabaseOptions options, @Nullable Closeable own) {
    this.options = options;
    this.own = own;
    pool = ConnectionPool.open(connector, options.pool());
    shared = new SharedConnections(pool, options.sharing());
  }

  /// Opens the database of a URL with the usual pool, see [PoolOptions#DEFAULT]. In a task.
  ///
  /// @param url of a driver that is there; its scheme says which: `postgresql://host/database`
  /// @throws IllegalArgumentException if there is no driver for it, or it is wrong
  public static Database open(String url) {
    return open(url, DatabaseOptions.DEFAULT);
  }

  /// Opens the database of a URL; it connects when it is needed. In a task.
  ///
  /// @throws IllegalArgumentException if there is no driver for it, or it is wrong
  public static Database open(String url, PoolOptions pool) {
    return open(url, DatabaseOptions.DEFAULT.withPool(pool));
  }

  /// Opens the database of a URL; it connects when it is needed. In a task.
  ///
  /// @throws IllegalArgumentException if there is no driver for it, or it is wrong
  public static Database open(String url, DatabaseOptions options) {
    var connector = Drivers.connector(url);
    return new Database(connector, options, Drivers.closeable(connector));
  }

  /// Opens the database that a driver's connector leads to, with a pool. In a task. The connector
  /// stays the caller's.
  public static Database open(Connector<? extends DriverConnection> connector, PoolOptions pool) {
    return open(connector, DatabaseOptions.DEFAULT.withPool(pool));
  }

  /// Opens the database that a driver's connector leads to. In a task.
  public static Database open(
      Connector<? extends DriverConnection> connector, DatabaseOptions options) {
    return new Database(Drivers.widen(connector), options, null);
  }

  /// Waits until the minimum of connections is open: for programs that would rather not start
  /// without.
  ///
  /// @throws IOException if one cannot be opened
  public void warmUp() throws IOException {
    pool.warmUp();
  }

  @Override
  Result run(String sql, @Nullable Object... arguments) throws IOException {
    return options.sharing() == 1
        ? pool.use(connection -> connection.execute(sql, arguments))
        : shared.use(connection -> connection.execute(sql, arguments));
  }

  @Override
  public long executeMany(String sql, Iterable<?> rows) throws IOException {
    return pool.use(connection -> connection.executeMany(sql, new ParameterRows(rows)));
  }

  @Override
  public void executeScript(String script) throws IOException {
    pool.run(connection -> connection.executeScript(script));
  }

  @Override
  public Description describe(String sql) throws IOException {
    return pool.use(connection -> connection.describe(sql));
  }

  @Override
  public RowStream<Row> stream(String sql, @Nullable Object... arguments) throws IOException {
    var lease = pool.acquire();
    try {
      return Streams.open(lease.get(), lease, sql, arguments);
    } catch (Throwable t) {
      lease.close();
      throw t;
    }
  }

  @Override
  public <T extends @Nullable Object, X extends Exception> T inTransaction(
      TransactionOptions options, Mapping<? super Transaction, T, X> block) throws X, IOException {
    try (var lease = pool.acquire()) {
      return Transaction.run(lease.get(), true, options, block);
    }
  }

  /// Runs a block with one connection, which nobody else uses meanwhile. What it changes, settings
  /// for instance, is undone afterwards.
  ///
  /// @throws X what the block throws
  /// @throws IOException if no connection could be had
  public <T extends @Nullable Object, X extends Exception> T connected(
      Mapping<? super SqlConnection, T, X> block) throws X, IOException {
    try (var lease = pool.acquire()) {
      var connection = SqlConnection.lent(lease.get());
      try {
        return block.apply(connection);
      } finally {
        connection.close();
      }
    }
  }

  /// Has no connection used again that is open now: after the server's address or the password has
  /// changed.
  public void expireAll() {
    pool.expireAll();
  }

  /// The pool at this moment.
  public PoolStatistics statistics() {
    return pool.statistics();
  }

  /// Waits until the connections are given back, for some time, and closes them. By the task that
  /// opened the database.
  @Override
  public void close() {
    try {
      pool.close();
    } finally {
      Drivers.close(own);
    }
  }

  @Override
  public String toString() {
    return options.pool().name();
  }
}
