// SPDX-License-Identifier: Apache-2.0
package tulip.core.sync;

import java.util.List;
import tulip.core.Task;

/// A flag that tasks wait for: asyncio's event.
///
/// [#set] lets everybody through who waits at that moment, even if [#clear] is called before they
/// run.
public final class Event {
  /// What an event was like at some moment.
  ///
  /// @param set whether it was set
  /// @param waiting who waited, in order
  public record Statistics(boolean set, List<Task<?>> waiting) {}

  private final WaitList waiters = new WaitList(this);
  private boolean set;

  /// An event that is not set.
  public Event() {}

  /// Waits until the event is set; returns at once if it is. In a task.
  ///
  /// @throws tulip.core.Cancelled if the task was cancelled while it waited
  public void await() {
    var task = waiters.caller();
    if (!set) {
      waiters.add(task).await();
    }
  }

  /// Sets the event and lets all go on that wait for it. In tasks and callbacks of the loop.
  public void set() {
    waiters.checkTurn();
    set = true;
    waiters.wakeAll(Waiter.State.GRANTED);
  }

  /// Takes [#set] back for those who come later. In tasks and callbacks of the loop.
  public void clear() {
    waiters.checkTurn();
    set = false;
  }

  /// Whether the event is set.
  public boolean isSet() {
    return set;
  }

  /// Whether it is set and who waits. On the loop.
  public Statistics statistics() {
    return new Statistics(set, waiters.tasks());
  }

  @Override
  public String toString() {
    return "event that is " + (set ? "set" : "not set") + waiters.describe();
  }
}
