// SPDX-License-Identifier: Apache-2.0
package tulip.net.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tulip.core.Task;
import tulip.core.spi.Waitable;

/// Tasks that wait for something to happen to a stream: each looks again when it was woken.
public final class Waiters implements Waitable {
  private final Supplier<String> what;
  private final ArrayList<Task<?>> tasks = new ArrayList<>(0);

  /// Nobody yet.
  ///
  /// @param what they wait for, for reports
  public Waiters(Supplier<String> what) {
    this.what = what;
  }

  /// Waits until the next [#wakeAll]. In a task.
  ///
  /// @throws tulip.core.Cancelled if the task was cancelled
  public void await() {
    var task = Task.current();
    tasks.add(task);
    task.suspend(this);
  }

  /// Lets all go on that wait now. In tasks and callbacks of the loop.
  public void wakeAll() {
    if (!tasks.isEmpty()) {
      var all = List.copyOf(tasks);
      tasks.clear();
      all.forEach(Task::resume);
    }
  }

  @Override
  public void abort(Task<?> task) {
    tasks.remove(task);
  }

  @Override
  public String toString() {
    return what.get();
  }
}
