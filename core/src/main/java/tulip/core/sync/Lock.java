// SPDX-License-Identifier: Apache-2.0
package tulip.core.sync;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Task;
import tulip.core.Tulip;

/// A lock that one task holds: asyncio's lock, with trio's rules about its owner.
///
/// ```java
/// lock.run(() -> account.transfer(amount));
/// ```
///
/// It is fair, and not re-entrant: a second [#acquire] by the same task would wait for itself and
/// is refused. Only the owner releases it. If the owner ends without doing so, all others get a
/// [BrokenLockException].
public final class Lock implements Acquirable {
  /// Who held the lock and who waited for it at some moment.
  ///
  /// @param owner who held it, or `null`
  /// @param waiting who waited, in order
  public record Statistics(@Nullable Task<?> owner, List<Task<?>> waiting) {}

  private final WaitList waiters = new WaitList(this);
  private final Runnable atOwnersEnd = this::ownerEnded;
  private @Nullable Task<?> owner;

  /// The owner tells when it ends.
  private boolean watched;

  /// Those who wait for the lock only after something else has happened.
  private @Nullable ArrayList<WaitList> conditions;

  /// A lock that nobody holds.
  public Lock() {}

  /// Acquires the lock, and waits for it if another task holds it. In a task.
  ///
  /// @throws IllegalStateException if the task holds it already
  /// @throws BrokenLockException if its owner has ended, or does so now
  /// @throws tulip.core.Cancelled if the task was cancelled while it waited
  @Override
  public void acquire() {
    var task = waiters.caller();
    var holder = owner;
    if (holder == null) {
      own(task);
      return;
    }
    checkOther(task, holder);
    waiters.bind(holder.loop());
    var waiter = waiters.add(task);
    watch();
    boolean granted;
    try {
      granted = waiter.await();
    } catch (Throwable t) {
      if (waiter.isGranted()) {
        handOver();
      }
      throw t;
    }
    if (!granted) {
      throw broken();
    }
  }

  /// Acquires the lock if nobody holds it. In a task.
  ///
  /// @throws IllegalStateException if the task holds it already
  /// @throws BrokenLockException if its owner has ended
  @Override
  public boolean tryAcquire() {
    var task = waiters.caller();
    var holder = owner;
    if (holder != null) {
      checkOther(task, holder);
      return false;
    }
    own(task);
    return true;
  }

  /// Gives the lock to whoever waits longest. In the task that holds it.
  ///
  /// @throws IllegalStateException if another task holds it, or none
  @Override
  public void release() {
    checkOwner("release");
    handOver();
  }

  /// Whether a task holds the lock.
  public boolean isLocked() {
    return owner != null;
  }

  /// The task that holds the lock, or `null`.
  public @Nullable Task<?> owner() {
    return owner;
  }

  /// Who holds and who waits. On the loop.
  public Statistics statistics() {
    return new Statistics(owner, waiters.tasks());
  }

  // For conditions.

  /// The calling task, which must hold the lock.
  Task<?> checkOwner(String verb) {
    var task = waiters.caller();
    if (owner != task) {
      throw new IllegalStateException(
          task + " cannot " + verb + ": it does not hold the " + this + ", so acquire it first");
    }
    return task;
  }

  /// Belongs to this loop from now on.
  void bind(EventLoop loop) {
    waiters.bind(loop);
  }

  /// Has whoever waits there told too, should the owner end.
  void add(WaitList condition) {
    if (conditions == null) {
      conditions = new ArrayList<>(2);
    }
    conditions.add(condition);
  }

  /// Queues somebody whose condition came true. By the owner, or for it.
  void append(Waiter waiter) {
    if (owner == null) {
      own(waiter.task);
      waiter.wake(Waiter.State.GRANTED);
    } else {
      waiters.append(waiter);
      watch();
    }
  }

  /// Gets the lock back for a task that must have it, whatever was cancelled.
  void acquireShielded(Task<?> task) {
    if (owner != task) {
      Tulip.shield(() -> acquire());
    }
  }

  /// Gives the lock away.
  void handOver() {
    if (watched && owner != null) {
      owner.removeEndHook(atOwnersEnd);
      watched = false;
    }
    var next = waiters.poll();
    if (next == null) {
      owner = null;
    } else {
      own(next.task);
      next.wake(Waiter.State.GRANTED);
    }
  }

  BrokenLockException broken() {
    return new BrokenLockException(owner + " ended without releasing the " + this);
  }

  // The owner.

  List<Task<?>> holders() {
    return owner == null ? List.of() : List.of(owner);
  }

  private void own(Task<?> task) {
    owner = task;
    if (isAwaited()) {
      watch();
    }
  }

  private boolean isAwaited() {
    if (conditions != null) {
      for (var condition : conditions) {
        if (!condition.isEmpty()) {
          return true;
        }
      }
    }
    return !waiters.isEmpty();
  }

  private void watch() {
    if (!watched && owner != null) {
      owner.addEndHook(atOwnersEnd);
      watched = true;
    }
  }

  private void ownerEnded() {
    waiters.wakeAll(Waiter.State.BROKEN);
    if (conditions != null) {
      conditions.forEach(condition -> condition.wakeAll(Waiter.State.BROKEN));
    }
  }

  private void checkOther(Task<?> task, Task<?> holder) {
    if (holder == task) {
      throw new IllegalStateException(
          task + " holds this lock already, and would wait for itself: it is not re-entrant");
    }
    if (holder.isDone()) {
      throw broken();
    }
  }

  @Override
  public String toString() {
    var holder = owner;
    if (holder == null) {
      return "lock that nobody holds";
    }
    return "lock held by "
        + holder.name()
        + (holder.isDone() ? ", which has ended" : "")
        + waiters.describe();
  }
}
