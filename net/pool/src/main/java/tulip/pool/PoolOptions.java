// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How a pool works.
///
/// @param name for messages and events
/// @param minSize how many connections it keeps open
/// @param maxSize how many there are at most, those that are being opened or closed included
/// @param maxOpening how many are opened at the same time at most
/// @param order which idle connection is lent first
/// @param acquireTimeout how long a task waits for a connection at most
/// @param connectTimeout how long [Connector#connect] may take
/// @param hookTimeout how long [Connector#check], [Connector#reset] and [Connector#close] may take,
///   each
/// @param checkAfter after how much idleness a connection is checked before it is lent
/// @param maxIdle after how much idleness a connection above the minimum is closed
/// @param maxAge how old a connection gets at most; each gets up to a tenth less by chance, so that
///   those that were opened together do not end together
/// @param maxUses how often a connection is lent at most
/// @param grace how long [ConnectionPool#close] waits for the leases to end
/// @param traceLeases whether leases remember where they began, for messages; in debug mode they do
///   anyway
/// @param listener is told what happens, on the loop; must not wait. `null` for nobody
public record PoolOptions(
    String name,
    int minSize,
    int maxSize,
    int maxOpening,
    Order order,
    Duration acquireTimeout,
    Duration connectTimeout,
    Duration hookTimeout,
    Duration checkAfter,
    Duration maxIdle,
    Duration maxAge,
    long maxUses,
    Duration grace,
    boolean traceLeases,
    @Nullable Consumer<? super PoolEvent> listener) {
  /// Which idle connection is lent first.
  public enum Order {
    /// The one that came back last: the others get idle, and the pool shrinks.
    LIFO,
    /// The one that came back first: all are used alike.
    FIFO
  }

  /// Longer than any program runs, for what is to have no limit.
  public static final Duration FOREVER = Duration.ofDays(36_500);

  /// At most 10 connections, opened when they are needed; 30 s for a task to wait.
  public static final PoolOptions DEFAULT =
      new PoolOptions(
          "pool",
          0,
          10,
          4,
          Order.LIFO,
          Duration.ofSeconds(30),
          Duration.ofSeconds(15),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Long.MAX_VALUE,
          Duration.ofSeconds(10),
          false,
          null);

  /// Checks the limits.
  public PoolOptions {
    if (minSize < 0 || maxSize < 1 || minSize > maxSize) {
      throw new IllegalArgumentException(
          "a pool has 0 <= minSize <= maxSize and a maxSize of 1 at least, not "
              + minSize
              + " and "
              + maxSize);
    }
    if (maxOpening < 1 || maxUses < 1) {
      throw new IllegalArgumentException(
          "maxOpening and maxUses are 1 at least, not " + maxOpening + " and " + maxUses);
    }
    checkPositive("acquireTimeout", acquireTimeout);
    checkPositive("connectTimeout", connectTimeout);
    checkPositive("hookTimeout", hookTimeout);
    checkPositive("maxIdle", maxIdle);
    checkPositive("maxAge", maxAge);
    if (checkAfter.isNegative() || grace.isNegative()) {
      throw new IllegalArgumentException(
          "checkAfter and grace are not negative: " + checkAfter + ", " + grace);
    }
  }

  private static void checkPositive(String name, Duration duration) {
    if (!duration.isPositive() || duration.compareTo(FOREVER) > 0) {
      throw new IllegalArgumentException(
          name + " is positive and FOREVER at most, not " + duration);
    }
  }

  /// The same with another name.
  public PoolOptions withName(String name) {
    return with(draft -> draft.name = name);
  }

  /// The same with other limits of its size.
  public PoolOptions withSize(int min, int max) {
    return with(draft -> {
      draft.minSize = min;
      draft.maxSize = max;
    });
  }

  /// The same opening this many connections at the same time at most.
  public PoolOptions withMaxOpening(int maxOpening) {
    return with(draft -> draft.maxOpening = maxOpening);
  }

  /// The same lending idle connections in another order.
  public PoolOptions withOrder(Order order) {
    return with(draft -> draft.order = order);
  }

  /// The same with another time for tasks to wait.
  public PoolOptions withAcquireTimeout(Duration acquireTimeout) {
    return with(draft -> draft.acquireTimeout = acquireTimeout);
  }

  /// The same with another time for connecting.
  public PoolOptions withConnectTimeout(Duration connectTimeout) {
    return with(draft -> draft.connectTimeout = connectTimeout);
  }

  /// The same with another time for checks, resets and closing.
  public PoolOptions withHookTimeout(Duration hookTimeout) {
    return with(draft -> draft.hookTimeout = hookTimeout);
  }

  /// The same checking connections that were idle for so long; zero to check all that were,
  /// [#FOREVER] never.
  public PoolOptions withCheckAfter(Duration checkAfter) {
    return with(draft -> draft.checkAfter = checkAfter);
  }

  /// The same with another limit of idleness.
  public PoolOptions withMaxIdle(Duration maxIdle) {
    return with(draft -> draft.maxIdle = maxIdle);
  }

  /// The same with another limit of age.
  public PoolOptions withMaxAge(Duration maxAge) {
    return with(draft -> draft.maxAge = maxAge);
  }

  /// The same with another limit of uses.
  public PoolOptions withMaxUses(long maxUses) {
    return with(draft -> draft.maxUses = maxUses);
  }

  /// The same with another time for closing.
  public PoolOptions withGrace(Duration grace) {
    return with(draft -> draft.grace = grace);
  }

  /// The same with leases that remember where they began, or not.
  public PoolOptions withTraceLeases(boolean traceLeases) {
    return with(draft -> draft.traceLeases = traceLeases);
  }

  /// The same with another listener; `null` for none.
  public PoolOptions withListener(@Nullable Consumer<? super PoolEvent> listener) {
    return with(draft -> draft.listener = listener);
  }

  private PoolOptions with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  /// Options that are being changed.
  private static final class Draft {
    String name;
    int minSize;
    int maxSize;
    int maxOpening;
    Order order;
    Duration acquireTimeout;
    Duration connectTimeout;
    Duration hookTimeout;
    Duration checkAfter;
    Duration maxIdle;
    Duration maxAge;
    long maxUses;
    Duration grace;
    boolean traceLeases;
    @Nullable Consumer<? super PoolEvent> listener;

    Draft(PoolOptions options) {
      name = options.name;
      minSize = options.minSize;
      maxSize = options.maxSize;
      maxOpening = options.maxOpening;
      order = options.order;
      acquireTimeout = options.acquireTimeout;
      connectTimeout = options.connectTimeout;
      hookTimeout = options.hookTimeout;
      checkAfter = options.checkAfter;
      maxIdle = options.maxIdle;
      maxAge = options.maxAge;
      maxUses = options.maxUses;
      grace = options.grace;
      traceLeases = options.traceLeases;
      listener = options.listener;
    }

    PoolOptions options() {
      return new PoolOptions(
          name,
          minSize,
          maxSize,
          maxOpening,
          order,
          acquireTimeout,
          connectTimeout,
          hookTimeout,
          checkAfter,
          maxIdle,
          maxAge,
          maxUses,
          grace,
          traceLeases,
          listener);
    }
  }
}
