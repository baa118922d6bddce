// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tulip.core.Task;
import tulip.core.spi.Waitable;

/// Tasks that wait for something to happen to a stream.
final class Waiters implements Waitable {
  private final Supplier<String> what;
  private final ArrayList<Task<?>> tasks = new ArrayList<>(0);

  /// @param what they wait for, for reports
  Waiters(Supplier<String> what) {
    this.what = what;
  }

  /// Waits until the next [#wakeAll].
  void await() {
    var task = Task.current();
    tasks.add(task);
    task.suspend(this);
  }

  void wakeAll() {
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
