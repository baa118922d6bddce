// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

import org.jspecify.annotations.Nullable;
import tulip.core.Task;
import tulip.core.spi.Waitable;

/// A task's place in a [Line], and what passes between it and whoever serves it.
final class Waiter<T> implements Waitable {
  /// How a wait ended.
  enum Outcome {
    WAITING,
    /// The item was given or taken.
    DONE,
    /// The end it waited at was closed, or the queue was shut down.
    CLOSED,
    /// No sender is left.
    ENDED,
    /// No receiver is left.
    BROKEN,
    /// The item could not be put in its place.
    FAILED
  }

  final Task<?> task;

  /// The end of a channel where the task waits.
  final @Nullable Object end;

  /// Who has more places than this.
  private final @Nullable Selection selection;

  Outcome outcome = Outcome.WAITING;
  @Nullable T item;
  @Nullable RuntimeException failure;

  // Of the line.
  @Nullable Line<T> line;
  @Nullable Waiter<T> previous;
  @Nullable Waiter<T> next;

  Waiter(Task<?> task, @Nullable T item) {
    this(task, item, null, null);
  }

  Waiter(Task<?> task, @Nullable T item, @Nullable Object end, @Nullable Selection selection) {
    this.task = task;
    this.item = item;
    this.end = end;
    this.selection = selection;
  }

  /// Waits in a line until served.
  Outcome await(Line<T> where) {
    where.add(this);
    try {
      while (outcome == Outcome.WAITING) {
        task.suspend(this);
      }
    } finally {
      leave();
    }
    return outcome;
  }

  /// Serves the task, which has been taken out of its line.
  void finish(Outcome how) {
    outcome = how;
    if (selection == null) {
      task.resume();
    } else {
      selection.choose(this);
    }
  }

  /// Serves the task an item.
  void finish(T received) {
    item = received;
    finish(Outcome.DONE);
  }

  /// Serves the task an error of its own making.
  void fail(RuntimeException error) {
    failure = error;
    finish(Outcome.FAILED);
  }

  /// The item of a waiter that has one.
  T item() {
    var there = item;
    if (there == null) {
      throw new AssertionError("nobody gave an item");
    }
    return there;
  }

  void leave() {
    if (line != null) {
      line.remove(this);
    }
  }

  @Override
  public Object subject() {
    return line == null ? this : line;
  }

  @Override
  public void abort(Task<?> forgotten) {
    leave();
  }

  @Override
  public String toString() {
    return line == null ? "an item" : line.toString();
  }
}
