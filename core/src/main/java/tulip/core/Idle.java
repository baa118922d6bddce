// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.time.Duration;
import java.util.ArrayList;
import tulip.core.diagnostics.Waker;
import tulip.core.spi.LoopClock;
import tulip.core.spi.Waitable;

/// Tasks that wait until nothing else of their loop is ready: what is behind [EventLoop#awaitIdle].
///
/// The loop asks for the [#deadline] when it is about to sleep, and says [#reached] when nothing
/// has happened. Whatever gets a turn in between is a [#disturb], and the cushions begin anew.
final class Idle implements Waitable {
  private static final long BUSY = Long.MIN_VALUE;

  private record Waiter(Task<?> task, long cushion) {}

  private final ArrayList<Waiter> waiters = new ArrayList<>(1);

  /// When the loop ran out of things to do.
  private long since = BUSY;

  void await(Task<?> task, Duration cushion) {
    if (cushion.isNegative()) {
      throw new IllegalArgumentException("a cushion is not negative: " + cushion);
    }
    waiters.add(new Waiter(task, cushion.toNanos()));
    task.suspend(this);
  }

  boolean isAwaited() {
    return !waiters.isEmpty();
  }

  /// The loop has something to do.
  void disturb() {
    since = BUSY;
  }

  /// When the first of the tasks is to go on if nothing happens; `Long.MAX_VALUE` for never.
  long deadline(LoopClock clock) {
    if (waiters.isEmpty()) {
      return Long.MAX_VALUE;
    }
    if (since == BUSY) {
      since = clock.time();
    }
    long end = since + leastCushion();
    return end < since ? Long.MAX_VALUE : end;
  }

  /// Nothing has happened until now: those whose cushion is over go on, and disturb the others.
  void reached(long now) {
    long least = leastCushion();
    if (now - since >= least) {
      var ended = waiters.stream().filter(waiter -> waiter.cushion == least).toList();
      waiters.removeAll(ended);
      ended.forEach(waiter -> waiter.task.resume());
    }
  }

  private long leastCushion() {
    long least = Long.MAX_VALUE;
    for (var waiter : waiters) {
      least = Math.min(least, waiter.cushion);
    }
    return least;
  }

  @Override
  public Waker waker() {
    return Waker.CLOCK;
  }

  @Override
  public void abort(Task<?> task) {
    waiters.removeIf(waiter -> waiter.task == task);
  }

  @Override
  public String toString() {
    return "all other tasks to be blocked";
  }
}
