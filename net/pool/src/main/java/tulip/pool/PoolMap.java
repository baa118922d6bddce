// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Tulip.Mapping;
import tulip.core.spi.ResourceTracker;

/// Pools for many servers with a limit for each and one for all: what an HTTP client has.
///
/// ```java
/// try (var pools = PoolMap.open(100, options, this::connectorOf)) {
///   var page = pools.use("example.org", connection -> connection.get("/"));
/// }
/// ```
///
/// [PoolOptions#maxSize] is the limit of each key. When there are as many connections as there may
/// be in all, one that is idle makes room for another key, that which is so for longest first; if
/// none is idle, the keys that want one take turns.
///
/// A map of pools belongs to the task that opened it, which closes it. The other methods are for
/// any task of its loop.
///
/// @param <K> the keys, compared by [Object#equals]
/// @param <C> a connection
public final class PoolMap<K, C> implements AutoCloseable {
  private final ResourceTracker tracker = EventLoop.currentTracker();
  private final Map<K, Stock<C>> stocks = new LinkedHashMap<>();
  private final Function<? super K, ? extends Connector<C>> connectors;
  private final PoolOptions options;
  private final Budget budget;
  private final Housekeeping house;
  private boolean closed;

  private PoolMap(
      int maxTotal, PoolOptions options, Function<? super K, ? extends Connector<C>> connectors) {
    if (maxTotal < 1 || options.minSize() > 0) {
      throw new IllegalArgumentException(
          "a map of pools has 1 connection at least in all, not "
              + maxTotal
              + ", and no minimum for each key, not "
              + options.minSize());
    }
    this.options = options;
    this.connectors = connectors;
    budget = new Budget(maxTotal, stocks.values());
    house = new Housekeeping(options.name(), budget, stocks.values());
    tracker.opened(this);
  }

  /// Opens a map of pools. In a task.
  ///
  /// @param maxTotal how many connections there are at most, with all keys together
  /// @param options of the pool of each key; the minimum is 0
  /// @param connectors makes the connector of a key
  public static <K, C> PoolMap<K, C> open(
      int maxTotal, PoolOptions options, Function<? super K, ? extends Connector<C>> connectors) {
    return new PoolMap<>(maxTotal, options, connectors);
  }

  /// Lends a connection of a key, and waits for one if need be, as [ConnectionPool#acquire] does.
  ///
  /// @throws ConnectionTimeoutException if there was none in time
  /// @throws PoolClosedException if the pools are closed, be it during the wait
  /// @throws IOException if one was to be opened for this task, and could not
  /// @throws tulip.core.Cancelled if the task was cancelled while it waited; it has no connection
  public Lease<C> acquire(K key) throws IOException {
    return acquire(key, options.acquireTimeout());
  }

  /// Lends a connection of a key, and waits for one if need be, but no longer than this.
  ///
  /// @throws IOException as [#acquire(Object)]
  public Lease<C> acquire(K key, Duration limit) throws IOException {
    return stock(key).acquire(limit);
  }

  /// Runs a block with a connection of a key, as [ConnectionPool#use] does.
  ///
  /// @throws X what the block throws
  /// @throws IOException if no connection could be had
  public <T extends @Nullable Object, X extends Exception> T use(
      K key, Mapping<? super C, T, X> block) throws X, IOException {
    return acquire(key).use(block);
  }

  private Stock<C> stock(K key) throws PoolClosedException {
    if (closed) {
      throw new PoolClosedException(this + " is closed");
    }
    var known = stocks.get(key);
    if (known != null) {
      return known;
    }
    stocks.values().removeIf(Stock::isEmpty);
    var name = options.name() + " of " + key;
    var stock = new Stock<>(name, connectors.apply(key), options, house);
    stocks.put(key, stock);
    return stock;
  }

  /// Has no connection of a key lent again that is open now.
  public void expireAll(K key) {
    var stock = stocks.get(key);
    if (stock != null) {
      stock.checkTurn();
      stock.expireAll();
    }
  }

  /// How many connections there are with all keys together.
  public int size() {
    return budget.used();
  }

  /// The pools at this moment. Keys that have no connection any more may be missing.
  public Map<K, PoolStatistics> statistics() {
    var statistics = new LinkedHashMap<K, PoolStatistics>();
    stocks.forEach((key, stock) -> statistics.put(key, stock.statistics()));
    return statistics;
  }

  /// Ends all pools, as [ConnectionPool#close] does. By the task that opened them.
  @Override
  public void close() {
    closed = true;
    house.close(options.grace());
    tracker.closed(this);
  }

  @Override
  public String toString() {
    return "pools " + options.name();
  }
}
