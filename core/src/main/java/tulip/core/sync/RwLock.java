// SPDX-License-Identifier: Apache-2.0
package tulip.core.sync;

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
/// - A waiting writer goes before all readers that do not hold the lock yet. A stream of writers
///   can keep readers out for good; with [#phaseFair] it cannot: there, after each writer all
///   readers have their turn that wait at that moment, so that nobody waits for more than one phase
///   of the others.
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
  private final Holders holders = new Holders(this::holderEnded);
  private final boolean phaseFair;

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
        holders.writer(), holders.readers(), waitingReaders.tasks(), waitingWriters.tasks());
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
      return forWriting ? lock.holders.isWritten() : lock.holders.isRead();
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
    var home = holders.any().loop();
    waitingReaders.bind(home);
    waitingWriters.bind(home);
    holders.watch();
    if (holders.ended() != null) {
      throw broken();
    }
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
    if (holders.ended() != null) {
      throw broken();
    }
    boolean mayGo;
    if (holders.writes(task)) {
      mayGo = true;
    } else if (holders.reads(task)) {
      if (forWriting) {
        throw new IllegalStateException(
            task + " cannot write while it reads: release the read side before, or write first");
      }
      mayGo = true;
    } else if (forWriting) {
      mayGo = !holders.isWritten() && !holders.isRead();
    } else {
      mayGo = !holders.isWritten() && waitingWriters.isEmpty();
    }
    if (mayGo) {
      holders.add(task, forWriting);
    }
    return mayGo;
  }

  private void release(Task<?> task, boolean forWriting) {
    if (!holders.remove(task, forWriting)) {
      throw new IllegalStateException(
          task
              + " cannot release: it does not hold the "
              + (forWriting ? writer : reader)
              + ", so acquire it first");
    }
    admit(forWriting);
  }

  /// Lets in whoever may come next.
  ///
  /// @param afterWriting whether a writer has just left
  private void admit(boolean afterWriting) {
    if (holders.isWritten()) {
      return;
    }
    if (waitingWriters.isEmpty() || (phaseFair && afterWriting && !waitingReaders.isEmpty())) {
      for (var next = waitingReaders.poll(); next != null; next = waitingReaders.poll()) {
        holders.add(next.task, false);
        next.wake(Waiter.State.GRANTED);
      }
    } else if (!holders.isRead()) {
      var next = waitingWriters.poll();
      if (next != null) {
        holders.add(next.task, true);
        next.wake(Waiter.State.GRANTED);
      }
    }
    if (waitingWriters.isEmpty() && waitingReaders.isEmpty()) {
      holders.unwatch();
    }
  }

  List<Task<?>> holders() {
    return holders.tasks();
  }

  private void holderEnded() {
    holders.findEnded();
    waitingReaders.wakeAll(Waiter.State.BROKEN);
    waitingWriters.wakeAll(Waiter.State.BROKEN);
  }

  private BrokenLockException broken() {
    return new BrokenLockException(holders.ended() + " ended without releasing the " + this);
  }

  @Override
  public String toString() {
    return "read-write lock"
        + holders
        + waitingWriters.describe("waiting to write")
        + waitingReaders.describe("waiting to read");
  }
}
