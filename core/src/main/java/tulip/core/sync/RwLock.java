// SPDX-License-Identifier: Apache-2.0
package tulip.core.sync;

import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.Task;

/// A lock that many readers or one writer hold, with aiorwlock's rules.
///
/// ```java
/// lock.reader().run(() -> table.get(key));
/// lock.writer().run(() -> table.put(key, compute(key)));
/// ```
///
/// - Both sides are re-entrant: a task may acquire again what it holds, without waiting, and
///   releases it as often.
/// - The writer may take the read side too, and with it keep on reading when it has released the
///   write side: down-grading. A reader that asks for the write side is refused, since two such
///   would wait for each other.
/// - Only the task that acquired a side releases it.
/// - A waiting writer goes before all readers that do not hold the lock yet. A stream of writers can
///   keep readers out for good; with [#phaseFair] it cannot: there, after each writer all readers
///   have their turn that wait at that moment, so that nobody waits for more than one phase of the
///   others.
///
/// If a task ends with a side in hand, all who wait get a [BrokenLockException].
public final class RwLock {
  /// Who held the lock and who waited for it at some moment.
  ///
  /// @param writer who held the write side, or `null`
  /// @param readers who held the read side
  /// @param waitingReaders who waited for the read side, in order
  /// @param waitingWriters who waited for the write side, in order
  public record Statistics(
      @Nullable Task<?> writer,
      List<Task<?>> readers,
      List<Task<?>> waitingReaders,
      List<Task<?>> waitingWriters) {}

  private final Side reader = new Side(this, false);
  private final Side writer = new Side(this, true);
  private final WaitList waitingReaders = new WaitList(this);
  private final WaitList waitingWriters = new WaitList(this);
  private final Runnable atHoldersEnd = this::holderEnded;
  private final boolean phaseFair;

  /// How often each task holds the read side.
  private final LinkedHashMap<Task<?>, Integer> reads = new LinkedHashMap<>();

  private @Nullable Task<?> writing;
  private int writes;

  /// The holders tell when they end.
  private boolean watching;

  /// A task that ended with a side in hand.
  private @Nullable Task<?> brokenBy;

  /// A lock that prefers writers.
  public RwLock() {
    this(false);
  }

  private RwLock(boolean phaseFair) {
    this.phaseFair = phaseFair;
  }

  /// A lock whose readers and writers take turns.
  public static RwLock phaseFair() {
    return new RwLock(true);
  }

  /// The side that many tasks hold at once.
  public Side reader() {
    return reader;
  }

  /// The side that one task holds alone.
  public Side writer() {
    return writer;
  }

  /// Who holds and who waits. On the loop.
  public Statistics statistics() {
    return new Statistics(
        writing, List.copyOf(reads.keySet()), waitingReaders.tasks(), waitingWriters.tasks());
  }

  /// One side of a [RwLock].
  public static final class Side implements Acquirable {
    private final RwLock lock;
    private final boolean forWriting;

    private Side(RwLock lock, boolean forWriting) {
      this.lock = lock;
      this.forWriting = forWriting;
    }

    /// Acquires this side, and waits while others stand against it. In a task.
    ///
    /// @throws IllegalStateException if a task that only reads asks to write
    /// @throws BrokenLockException if a holder has ended without releasing, or does so now
    /// @throws tulip.core.Cancelled if the task was cancelled while it waited
    @Override
    public void acquire() {
      lock.acquire(forWriting);
    }

    /// Acquires this side if that can be done at once. In a task.
    ///
    /// @throws IllegalStateException if a task that only reads asks to write
    /// @throws BrokenLockException if a holder is known to have ended without releasing
    @Override
    public boolean tryAcquire() {
      return lock.take(lock.waitingReaders.caller(), forWriting);
    }

    /// Releases this side once. In the task that acquired it.
    ///
    /// @throws IllegalStateException if the task does not hold this side
    @Override
    public void release() {
      lock.release(lock.waitingReaders.caller(), forWriting);
    }

    /// Whether any task holds this side.
    public boolean isLocked() {
      return forWriting ? lock.writing != null : !lock.reads.isEmpty();
    }

    @Override
    public String toString() {
      return (forWriting ? "write" : "read") + " side of a " + lock;
    }
  }

  private void acquire(boolean forWriting) {
    var task = waitingReaders.caller();
    if (take(task, forWriting)) {
      return;
    }
    watch();
    var waiter = (forWriting ? waitingWriters : waitingReaders).add(task);
    boolean granted;
    try {
      granted = waiter.await();
    } catch (Throwable t) {
      if (waiter.isGranted()) {
        release(task, forWriting);
      } else {
        admit(false);
      }
      throw t;
    }
    if (!granted) {
      throw broken();
    }
  }

  /// Acquires without waiting, if the rules allow it.
  private boolean take(Task<?> task, boolean forWriting) {
    if (brokenBy != null) {
      throw broken();
    }
    boolean mayGo;
    if (writing == task) {
      mayGo = true;
    } else if (reads.containsKey(task)) {
      if (forWriting) {
        throw new IllegalStateException(
            task + " cannot write while it reads: release the read side before, or write first");
      }
      mayGo = true;
    } else if (forWriting) {
      mayGo = writing == null && reads.isEmpty();
    } else {
      mayGo = writing == null && waitingWriters.isEmpty();
    }
    if (mayGo) {
      hold(task, forWriting);
    }
    return mayGo;
  }

  private void hold(Task<?> task, boolean forWriting) {
    if (forWriting) {
      writing = task;
      writes++;
    } else {
      reads.merge(task, 1, Integer::sum);
    }
    if (watching) {
      watch(task);
    }
  }

  private void release(Task<?> task, boolean forWriting) {
    if (forWriting) {
      if (writing != task) {
        throw notHeld(task, writer);
      }
      if (--writes == 0) {
        writing = null;
      }
    } else {
      var times = reads.get(task);
      if (times == null) {
        throw notHeld(task, reader);
      }
      if (times == 1) {
        reads.remove(task);
      } else {
        reads.put(task, times - 1);
      }
    }
    if (writing != task && !reads.containsKey(task)) {
      task.removeEndHook(atHoldersEnd);
    }
    admit(forWriting);
  }

  private static IllegalStateException notHeld(Task<?> task, Side side) {
    return new IllegalStateException(
        task + " cannot release: it does not hold the " + side + ", so acquire it first");
  }

  /// Lets in whoever may come next.
  ///
  /// @param afterWriting whether a writer has just left
  private void admit(boolean afterWriting) {
    if (writing != null) {
      return;
    }
    if (waitingWriters.isEmpty() || (phaseFair && afterWriting && !waitingReaders.isEmpty())) {
      for (var next = waitingReaders.poll(); next != null; next = waitingReaders.poll()) {
        hold(next.task, false);
        next.wake(Waiter.State.GRANTED);
      }
    } else if (reads.isEmpty()) {
      var next = waitingWriters.poll();
      if (next != null) {
        hold(next.task, true);
        next.wake(Waiter.State.GRANTED);
      }
    }
    watching &= !waitingWriters.isEmpty() || !waitingReaders.isEmpty();
  }

  // Holders that end.

  /// Somebody is about to wait: has the holders tell when they end.
  private void watch() {
    if (!watching) {
      watching = true;
      reads.keySet().forEach(this::watch);
      if (writing != null) {
        watch(writing);
      }
    }
    if (brokenBy != null) {
      throw broken();
    }
  }

  private void watch(Task<?> holder) {
    waitingReaders.bind(holder.loop());
    waitingWriters.bind(holder.loop());
    if (holder.isDone()) {
      brokenBy = holder;
    } else {
      holder.removeEndHook(atHoldersEnd);
      holder.addEndHook(atHoldersEnd);
    }
  }

  private void holderEnded() {
    for (var holder : reads.keySet()) {
      if (holder.isDone()) {
        brokenBy = holder;
      }
    }
    if (writing != null && writing.isDone()) {
      brokenBy = writing;
    }
    waitingReaders.wakeAll(Waiter.State.BROKEN);
    waitingWriters.wakeAll(Waiter.State.BROKEN);
  }

  private BrokenLockException broken() {
    return new BrokenLockException(brokenBy + " ended without releasing the " + this);
  }

  @Override
  public String toString() {
    var text = new StringBuilder("read-write lock");
    if (writing != null) {
      text.append(" written by ").append(writing.name());
    }
    if (!reads.isEmpty()) {
      text.append(writing == null ? "" : " and").append(" read by ");
      text.append(WaitList.names(List.copyOf(reads.keySet())));
    }
    text.append(writing == null && reads.isEmpty() ? " that nobody holds" : "");
    text.append(waitingWriters.describe("waiting to write"));
    return text.append(waitingReaders.describe("waiting to read")).toString();
  }
}
