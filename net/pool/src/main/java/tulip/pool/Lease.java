// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tulip.core.Scope;
import tulip.core.Task;
import tulip.core.Tulip.Mapping;

/// A connection for the time of a block.
///
/// ```java
/// try (var lease = pool.acquire()) {
///   return lease.get().query("select 1");
/// }
/// ```
///
/// [ConnectionPool#use] is the same and sees what the block throws. A lease does not: if the
/// connection may be in the middle of something, end it with [#discard]. A lease that ends while
/// its task is being cancelled counts as cut ([Connector#judge]).
///
/// All methods are for the loop of the pool.
///
/// @param <C> a connection
public final class Lease<C> implements AutoCloseable {
  final Entry<C> entry;
  final Task<?> holder;

  /// Since when it is lent, of the loop's time.
  final long since;

  /// Where the holder asked for it, if somebody wants to know.
  final @Nullable Throwable trace;

  private final Stock<C> stock;
  private @Nullable String over;
  private boolean broken;

  Lease(Stock<C> stock, Entry<C> entry, Task<?> holder, long since) {
    this.stock = stock;
    this.entry = entry;
    this.holder = holder;
    this.since = since;
    trace = stock.isTracing() ? new Throwable(holder + " got its connection here") : null;
  }

  /// The connection. Do not keep it: it is somebody else's when the lease is over.
  ///
  /// @throws IllegalStateException if the lease is over
  public C get() {
    if (over != null) {
      throw new IllegalStateException(
          "this lease of " + stock + " is over: " + over + "; acquire another one");
    }
    return entry.connection;
  }

  /// Says that the connection must not be lent on. It stays with the lease until that ends.
  public void markBroken() {
    broken = true;
  }

  /// Ends the lease, and the connection with it. Never waits; does nothing if the lease is over.
  public void discard() {
    markBroken();
    close();
  }

  /// Gives the connection back; does nothing if the lease is over.
  ///
  /// Waits only for [Connector#reset], not longer than [PoolOptions#hookTimeout], and is not
  /// cancelled. If the lease counts as cut the pool does that later, by itself.
  @Override
  public void close() {
    close(isCancelled());
  }

  /// Runs a block with the connection, and ends the lease.
  <T extends @Nullable Object, X extends Exception> T use(Mapping<? super C, T, X> block) throws X {
    T result;
    try {
      result = block.apply(get());
    } catch (Throwable t) {
      close(true);
      throw t;
    }
    close(false);
    return result;
  }

  /// @param cut whether the user may have been stopped in the middle of an exchange
  void close(boolean cut) {
    if (over == null) {
      stock.checkTurn();
      over = "it was given back";
      stock.giveBack(this, cut);
    }
  }

  /// Ends the lease from the pool's side.
  void end(String why) {
    over = why;
  }

  boolean isBroken() {
    return broken;
  }

  private boolean isCancelled() {
    var task = stock.loop.currentTask();
    if (task == null) {
      return false;
    }
    long end = Scope.effectiveDeadline();
    return task.cancelling() > 0 || (end != Long.MAX_VALUE && end <= stock.loop.time());
  }

  /// Whether the lease is over.
  public boolean isOver() {
    return over != null;
  }

  /// The task that acquired it.
  public Task<?> holder() {
    return holder;
  }

  /// How long it has lasted.
  public Duration age() {
    return Duration.ofNanos(stock.loop.time() - since);
  }

  /// Half a sentence for messages.
  String describe() {
    var task = holder.name() + (holder.isDone() ? " (which has ended without giving it back)" : "");
    return task + " for " + age().toMillis() + " ms";
  }

  @Override
  public String toString() {
    return over == null ? "lease of " + stock + " by " + describe() : "lease that is over: " + over;
  }
}
