// SPDX-License-Identifier: Apache-2.0
package tulip.core.sync;

import java.util.List;
import java.util.function.BooleanSupplier;
import tulip.core.Task;

/// A lock, and a way to wait until what it guards has changed: asyncio's condition.
///
/// ```java
/// condition.run(() -> {
///   condition.waitFor(() -> !jobs.isEmpty());
///   return jobs.removeFirst();
/// });
/// ```
///
/// [Object] has taken asyncio's `wait`, `notify` and `notifyAll` for itself, and they can be
/// neither overridden nor, at the slip of a finger, told apart from an overload; so the words here
/// are [#await], as everywhere in Tulip, [#notifyOne] and [#notifyWaiters].
///
/// A notified task queues for the lock at once and is woken when it has it. If it is cancelled
/// before that, the notification goes to the next one. There are no spurious wake-ups; but another
/// task may have had the lock in between, so test in a loop, or with [#waitFor].
public final class Condition implements Acquirable {
  /// What a condition was like at some moment.
  ///
  /// @param waiting who waited to be notified, in order
  /// @param lock who held the lock, and who waited for that
  public record Statistics(List<Task<?>> waiting, Lock.Statistics lock) {}

  private final WaitList waiters = new WaitList(this);
  private final Lock lock;

  /// A condition with a lock of its own.
  public Condition() {
    this(new Lock());
  }

  /// A condition that shares its lock with others.
  public Condition(Lock lock) {
    this.lock = lock;
    lock.add(waiters);
  }

  /// Acquires the lock, as [Lock#acquire]. In a task.
  @Override
  public void acquire() {
    lock.acquire();
  }

  /// Acquires the lock if nobody holds it, as [Lock#tryAcquire]. In a task.
  @Override
  public boolean tryAcquire() {
    return lock.tryAcquire();
  }

  /// Releases the lock, as [Lock#release]. In the task that holds it.
  @Override
  public void release() {
    lock.release();
  }

  /// Whether a task holds the lock.
  public boolean isLocked() {
    return lock.isLocked();
  }

  /// Releases the lock, waits to be notified, and has the lock again when it returns, as well as
  /// when it throws [tulip.core.Cancelled]. In the task that holds the lock.
  ///
  /// @throws IllegalStateException if the task does not hold the lock
  /// @throws BrokenLockException if a task ended with the lock in hand: then the lock is lost
  /// @throws tulip.core.Cancelled if the task was cancelled before it was notified and had the lock
  public void await() {
    var task = lock.checkOwner("wait on a condition");
    lock.bind(task.loop());
    var waiter = waiters.add(task);
    lock.handOver();
    boolean granted;
    try {
      granted = waiter.await();
    } catch (Throwable t) {
      if (waiter.list != waiters) {
        wake(1);
      }
      try {
        lock.acquireShielded(task);
      } catch (IllegalStateException e) {
        t.addSuppressed(e);
      }
      throw t;
    }
    if (!granted) {
      throw lock.broken();
    }
  }

  /// Waits until a predicate holds, which is tested with the lock held: now, and after each
  /// notification. In the task that holds the lock.
  ///
  /// @throws IllegalStateException if the task does not hold the lock
  /// @throws BrokenLockException if a task ended with the lock in hand
  /// @throws tulip.core.Cancelled if the task was cancelled while it waited
  public void waitFor(BooleanSupplier predicate) {
    lock.checkOwner("wait on a condition");
    while (!predicate.getAsBoolean()) {
      await();
    }
  }

  /// Notifies the one that waits longest, if any does: asyncio's `notify()`. In the task that holds
  /// the lock.
  ///
  /// @throws IllegalStateException if the task does not hold the lock
  public void notifyOne() {
    notifyWaiters(1);
  }

  /// Notifies so many at most: asyncio's `notify(n)`. In the task that holds the lock.
  ///
  /// @throws IllegalStateException if the task does not hold the lock
  public void notifyWaiters(int count) {
    lock.checkOwner("notify");
    if (count < 0) {
      throw new IllegalArgumentException("cannot notify " + count + " tasks");
    }
    wake(count);
  }

  /// Notifies all that wait: asyncio's `notify_all()`. In the task that holds the lock.
  ///
  /// @throws IllegalStateException if the task does not hold the lock
  public void notifyWaiters() {
    notifyWaiters(Integer.MAX_VALUE);
  }

  private void wake(int count) {
    for (int left = count; left > 0; left--) {
      var waiter = waiters.poll();
      if (waiter == null) {
        return;
      }
      lock.append(waiter);
    }
  }

  /// Who waits, and about the lock. On the loop.
  public Statistics statistics() {
    return new Statistics(waiters.tasks(), lock.statistics());
  }

  @Override
  public String toString() {
    return "condition of a " + lock + waiters.describe("waiting to be notified");
  }
}
