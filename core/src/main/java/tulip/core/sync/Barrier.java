// SPDX-License-Identifier: Apache-2.0
package tulip.core.sync;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import tulip.core.Task;

/// A place where a fixed number of tasks wait for each other, again and again: asyncio's barrier.
///
/// The last one to come lets all go on, itself at once. Who comes back waits for the next round
/// from that moment on, whether the others have run or not. A task that is cancelled while it waits
/// just leaves; the barrier does not break.
public final class Barrier {
  /// What a barrier was like at some moment.
  ///
  /// @param parties how many it takes
  /// @param waiting who waited, in order
  /// @param broken whether it was broken
  public record Statistics(int parties, List<Task<?>> waiting, boolean broken) {}

  private final WaitList waiters = new WaitList(this);
  private final int parties;
  private boolean broken;

  /// A barrier for so many.
  ///
  /// @throws IllegalArgumentException if there is not at least one
  public Barrier(int parties) {
    if (parties < 1) {
      throw new IllegalArgumentException("a barrier needs a party, and not " + parties);
    }
    this.parties = parties;
  }

  /// Waits until so many tasks are here. In a task.
  ///
  /// @return how many of this round stood before this task: 0 to parties - 1, each once
  /// @throws BrokenBarrierException if the barrier is broken, or is aborted or reset meanwhile
  /// @throws tulip.core.Cancelled if the task was cancelled while it waited
  public int await() throws BrokenBarrierException {
    var task = waiters.caller();
    if (broken) {
      throw new BrokenBarrierException("the barrier was aborted: reset it first");
    }
    int before = waiters.size();
    if (before + 1 == parties) {
      letGo();
      return before;
    }
    var waiter = waiters.add(task);
    if (!waiter.await()) {
      throw new BrokenBarrierException("the barrier was aborted or reset");
    }
    return waiter.index;
  }

  private void letGo() {
    int index = 0;
    for (var waiter = waiters.poll(); waiter != null; waiter = waiters.poll()) {
      waiter.index = index++;
      waiter.wake(Waiter.State.GRANTED);
    }
  }

  /// Breaks the barrier for those who wait and those who come, until [#reset]. In tasks and
  /// callbacks of the loop.
  public void abort() {
    waiters.checkTurn();
    broken = true;
    waiters.wakeAll(Waiter.State.BROKEN);
  }

  /// Begins a new round: those who wait get a [BrokenBarrierException], those who come do not. In
  /// tasks and callbacks of the loop.
  public void reset() {
    waiters.checkTurn();
    broken = false;
    waiters.wakeAll(Waiter.State.BROKEN);
  }

  /// How many tasks it takes.
  public int parties() {
    return parties;
  }

  /// How many tasks wait.
  public int waiting() {
    return waiters.size();
  }

  /// Whether the barrier was aborted and not reset.
  public boolean isBroken() {
    return broken;
  }

  /// Who waits. On the loop.
  public Statistics statistics() {
    return new Statistics(parties, waiters.tasks(), broken);
  }

  @Override
  public String toString() {
    return (broken ? "broken barrier for " : "barrier for ") + parties + waiters.describe();
  }
}
