// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Tulip.Mapping;
import tulip.core.spi.ResourceTracker;

/// Lends connections that are dear to open to tasks that need one for a while.
///
/// ```java
/// try (var pool = ConnectionPool.open(connector)) {
///   ...
///   var answer = pool.use(connection -> connection.query("select 1"));
/// }
/// ```
///
/// A pool is a block, and no connection outlives it. Connections are opened when tasks need them,
/// and to keep [PoolOptions#minSize]; who waits longest gets whatever comes first, a new one or one
/// that is given back. A wait ends with [PoolOptions#acquireTimeout].
///
/// Only a connection that works is lent: one that has seen its end is thrown away, one that was
/// idle for long is asked first ([Connector#check]), and one whose exchange may have been cut in
/// the middle is not lent again, unless the connector knows better ([Connector#judge]).
///
/// A pool belongs to the task that opened it, which closes it. The other methods are for any task
/// of its loop.
///
/// @param <C> a connection
public final class ConnectionPool<C> implements AutoCloseable {
  private final ResourceTracker tracker = EventLoop.currentTracker();
  private final Housekeeping house;
  private final Stock<C> stock;

  private ConnectionPool(Connector<C> connector, PoolOptions options) {
    var stocks = new ArrayList<Stock<C>>(1);
    house = new Housekeeping(options.name(), Budget.unlimited(), stocks);
    stock = new Stock<>(options.name(), connector, options, house);
    stocks.add(stock);
    tracker.opened(this);
  }

  /// Opens a pool with the usual options. In a task.
  public static <C> ConnectionPool<C> open(Connector<C> connector) {
    return open(connector, PoolOptions.DEFAULT);
  }

  /// Opens a pool; the minimum of connections is opened in the background. In a task.
  public static <C> ConnectionPool<C> open(Connector<C> connector, PoolOptions options) {
    return new ConnectionPool<>(connector, options);
  }

  /// Waits until the minimum of connections is open: for programs that would rather not start
  /// without.
  ///
  /// @throws IOException if one cannot be opened
  public void warmUp() throws IOException {
    int min = stock.options().minSize();
    var leases = new ArrayList<Lease<C>>(min);
    try {
      for (int i = 0; i < min; i++) {
        leases.add(acquire());
      }
    } finally {
      leases.forEach(lease -> lease.close(false));
    }
  }

  /// Lends a connection, and waits for one if need be, as long as the options say.
  ///
  /// @return as [#acquire(Duration)]
  public Lease<C> acquire() throws IOException {
    return acquire(stock.options().acquireTimeout());
  }

  /// Lends a connection, and waits for one if need be.
  ///
  /// @throws ConnectionTimeoutException if there was none within this time
  /// @throws PoolClosedException if the pool is closed, be it during the wait
  /// @throws IOException if one was to be opened for this task, and could not
  /// @throws IllegalStateException if that could never come to an end: all connections are held by
  ///   tasks that wait here for another one, and this is one of them
  /// @throws tulip.core.Cancelled if the task was cancelled while it waited; it has no connection
  public Lease<C> acquire(Duration limit) throws IOException {
    return stock.acquire(limit);
  }

  /// Lends a connection that lies idle; `null` if there is none. Waits only if one has to be
  /// checked first, or turns out not to work.
  ///
  /// @throws IOException as [#acquire(Duration)]
  public @Nullable Lease<C> acquireIdle() throws IOException {
    return stock.acquireIdle();
  }

  /// Whether there are as many connections as there may be, be they idle, lent or being opened.
  public boolean isFull() {
    return stock.isFull();
  }

  /// Runs a block with a connection, and returns what it returns.
  ///
  /// If the block throws, be it [tulip.core.Cancelled], the connection counts as cut.
  ///
  /// @throws X what the block throws
  /// @throws IOException if no connection could be had
  public <T extends @Nullable Object, X extends Exception> T use(Mapping<? super C, T, X> block)
      throws X, IOException {
    return acquire().use(block);
  }

  /// Runs a block without a result with a connection.
  ///
  /// @throws X what the block throws
  /// @throws IOException if no connection could be had
  public <X extends Exception> void run(Use<? super C, X> block) throws X, IOException {
    acquire()
        .<@Nullable Void, X>use(connection -> {
          block.accept(connection);
          return null;
        });
  }

  /// Has no connection lent again that is open now: after the server's address or the password has
  /// changed. Idle ones are closed at once, lent ones when they come back.
  public void expireAll() {
    stock.checkTurn();
    stock.expireAll();
  }

  /// Changes the limits of the size. If there are too many connections then, idle ones are closed
  /// at once, and lent ones when they come back.
  public void resize(int min, int max) {
    stock.checkTurn();
    stock.resize(min, max);
  }

  /// The pool at this moment.
  public PoolStatistics statistics() {
    return stock.statistics();
  }

  /// Ends the pool: lends no more, waits up to [PoolOptions#grace] until the leases have ended, and
  /// closes all connections; those that are still lent then are aborted. By the task that opened
  /// it; if that was cancelled the grace is kept nevertheless.
  ///
  /// Leases of this very task, and of tasks that have ended, are not waited for.
  @Override
  public void close() {
    house.close(stock.options().grace());
    tracker.closed(this);
  }

  @Override
  public String toString() {
    return stock.toString();
  }
}
