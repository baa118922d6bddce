// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

import org.jspecify.annotations.Nullable;
import tulip.core.Task;
import tulip.core.spi.Waitable;

/// A task that has a place in several lines, and leaves all of them when served in one.
final class Selection implements Waitable {
  final Task<?> task;
  private final Waiter<?>[] places;
  private int count;
  private @Nullable Waiter<?> chosen;

  Selection(Task<?> task, int size) {
    this.task = task;
    this.places = new Waiter<?>[size];
  }

  void add(Waiter<?> place) {
    places[count++] = place;
  }

  /// Waits until served.
  ///
  /// @return in which of the lines
  int await() {
    while (chosen == null) {
      task.suspend(this);
    }
    int index = 0;
    while (places[index] != chosen) {
      index++;
    }
    return index;
  }

  /// Serves the task in one of its places.
  void choose(Waiter<?> place) {
    chosen = place;
    leave();
    task.resume();
  }

  /// Gives all places up.
  void leave() {
    for (int i = 0; i < count; i++) {
      places[i].leave();
    }
  }

  @Override
  public void abort(Task<?> forgotten) {
    leave();
  }

  @Override
  public String toString() {
    return "any of " + count + " channels";
  }
}
