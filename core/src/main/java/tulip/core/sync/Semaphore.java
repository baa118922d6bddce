// SPDX-License-Identifier: Apache-2.0
package tulip.core.sync;

import java.util.List;
import tulip.core.Task;

/// A number of permits: asyncio's semaphore.
///
/// Anybody on the loop may release, also who has not acquired. Where each release must belong to an
/// acquisition, [#bounded] finds out about most that do not, and a [CapacityLimiter] about all.
public final class Semaphore implements Acquirable {
  /// What a semaphore was like at some moment.
  ///
  /// @param permits how many were left
  /// @param bound how many there can be; `Integer.MAX_VALUE` if it is not bounded
  /// @param waiting who waited, in order
  public record Statistics(int permits, int bound, List<Task<?>> waiting) {}

  private final WaitList waiters = new WaitList(this);
  private final int bound;

  /// Nobody waits while there are any.
  private int permits;

  /// A semaphore with so many permits to begin with.
  ///
  /// @throws IllegalArgumentException if that is negative
  public Semaphore(int permits) {
    this(permits, Integer.MAX_VALUE);
  }

  private Semaphore(int permits, int bound) {
    if (permits < 0) {
      throw new IllegalArgumentException("a semaphore cannot have " + permits + " permits");
    }
    this.permits = permits;
    this.bound = bound;
  }

  /// A semaphore that never has more permits than at the beginning: asyncio's `BoundedSemaphore`.
  ///
  /// @throws IllegalArgumentException if the number is negative
  public static Semaphore bounded(int permits) {
    return new Semaphore(permits, permits);
  }

  /// Takes a permit, and waits for one if there is none. In a task.
  ///
  /// @throws tulip.core.Cancelled if the task was cancelled while it waited
  @Override
  public void acquire() {
    var task = waiters.caller();
    if (permits > 0) {
      permits--;
      return;
    }
    var waiter = waiters.add(task);
    try {
      waiter.await();
    } catch (Throwable t) {
      if (waiter.isGranted()) {
        giveBack();
      }
      throw t;
    }
  }

  /// Takes a permit if there is one. In tasks and callbacks of the loop.
  @Override
  public boolean tryAcquire() {
    waiters.checkTurn();
    if (permits == 0) {
      return false;
    }
    permits--;
    return true;
  }

  /// Gives a permit to whoever waits longest, or keeps it. In tasks and callbacks of the loop.
  ///
  /// @throws IllegalStateException if there would be more than can be
  @Override
  public void release() {
    waiters.checkTurn();
    if (permits == bound) {
      throw new IllegalStateException(
          "all " + bound + " permits are there: release once for each acquire");
    }
    giveBack();
  }

  private void giveBack() {
    var next = waiters.poll();
    if (next == null) {
      permits++;
    } else {
      next.wake(Waiter.State.GRANTED);
    }
  }

  /// How many permits are left.
  public int permits() {
    return permits;
  }

  /// Whether [#acquire] would have to wait.
  public boolean isLocked() {
    return permits == 0;
  }

  /// How many permits are left and who waits. On the loop.
  public Statistics statistics() {
    return new Statistics(permits, bound, waiters.tasks());
  }

  @Override
  public String toString() {
    return "semaphore with "
        + permits
        + (bound == Integer.MAX_VALUE ? "" : " of " + bound)
        + " permits left"
        + waiters.describe();
  }
}
