// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.TimerHandle;
import tulip.core.sync.Event;
import tulip.redis.protocol.Reply;

/// The replies that a server owes on one connection, in order, and until when.
final class Exchanges {
  private final EventLoop loop;
  private final int limit;

  /// What is to be done when a command could not even be written in time.
  private final Runnable onStuck;

  private final ArrayDeque<Exchange> owed = new ArrayDeque<>();
  private final Event change = new Event();
  private @Nullable TimerHandle timer;
  private long timerAt;

  /// @param limit how many may wait
  Exchanges(EventLoop loop, int limit, Runnable onStuck) {
    this.loop = loop;
    this.limit = limit;
    this.onStuck = onStuck;
  }

  boolean isFull() {
    return owed.size() >= limit;
  }

  boolean isEmpty() {
    return owed.isEmpty();
  }

  int size() {
    return owed.size();
  }

  /// Whether the next reply is that to a command that subscribes.
  boolean isSubscribing() {
    var next = owed.peekFirst();
    return next != null && next.subscribing;
  }

  /// Waits until there are fewer, or something else may have made room.
  void awaitChange() {
    change.clear();
    change.await();
  }

  /// Has those go on that wait for it.
  void changed() {
    if (!change.isSet()) {
      change.set();
    }
  }

  void add(Exchange exchange) {
    owed.addLast(exchange);
    if (exchange.deadline < Long.MAX_VALUE && (timer == null || exchange.deadline < timerAt)) {
      watch(exchange.deadline);
    }
  }

  /// Gives a reply to whoever is next.
  ///
  /// @return false if none is owed
  boolean receive(Reply reply) {
    var next = owed.peekFirst();
    if (next == null) {
      return false;
    }
    if (next.receive(reply)) {
      owed.removeFirst();
      if (owed.size() <= limit / 2) {
        changed();
      }
    }
    return true;
  }

  /// Has all fail that still wait.
  ///
  /// @param sent how many bytes have left this process: what ends behind them was not executed
  void failAll(IOException cause, long sent) {
    stopWatching();
    for (var exchange : owed) {
      boolean maybeExecuted = exchange.end <= sent;
      exchange.fail(() -> lost(cause, maybeExecuted));
    }
    owed.clear();
    changed();
  }

  private static RedisConnectionException lost(IOException cause, boolean maybeExecuted) {
    var executed = maybeExecuted ? "may have been executed" : "was not executed";
    return new RedisConnectionException(
        "the connection was lost, the command " + executed + ": " + cause.getMessage(),
        maybeExecuted,
        cause);
  }

  // Deadlines.

  private void watch(long deadline) {
    stopWatching();
    timerAt = deadline;
    timer = loop.callAt(deadline, this::expire);
  }

  private void stopWatching() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /// Has those fail whose time is over. Their replies are still owed, and go to nobody.
  private void expire() {
    timer = null;
    long now = loop.time();
    long next = Long.MAX_VALUE;
    for (var exchange : owed) {
      if (exchange.isOver()) {
        continue;
      }
      if (exchange.deadline > now) {
        next = Math.min(next, exchange.deadline);
      } else if (exchange.written) {
        exchange.fail(Exchanges::late);
      } else {
        onStuck.run();
        return;
      }
    }
    if (next < Long.MAX_VALUE) {
      watch(next);
    }
  }

  private static RedisConnectionException late() {
    return new RedisConnectionException(
        "the server has not answered within the time for a command, which may have been executed",
        true,
        null);
  }

  /// The deadline of what is sent now.
  long deadline(Duration limit) {
    return limit.isPositive() ? loop.time() + limit.toNanos() : Long.MAX_VALUE;
  }
}
