// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import tulip.core.jfr.TaskEnd;
import tulip.core.jfr.TaskEvent;
import tulip.core.jfr.TaskStart;
import tulip.core.jfr.TaskWait;
import tulip.core.spi.Waitable;

/// Writes what the tasks of one loop do to the flight recorder.
///
/// It is no instrument, since events are to be written on the task's own thread: then they have its
/// stack. And the recorder has been seen to lose an event that a carrier wrote right after its
/// virtual thread had written one.
final class FlightLog {
  private final String loop;

  FlightLog(EventLoop loop) {
    this.loop = loop.toString();
  }

  /// Whether any recording has asked for any of the events.
  static boolean isWanted() {
    return new TaskStart().isEnabled() || new TaskWait().isEnabled() || new TaskEnd().isEnabled();
  }

  /// A task was started. On its creator's thread.
  void spawned(Task<?> task) {
    write(new TaskStart(), task);
  }

  /// A task is about to wait. On its own thread.
  ///
  /// @return to be called when the wait is over
  Runnable parks(Task<?> task, Waitable on) {
    var event = new TaskWait();
    event.waitsFor = event.isEnabled() ? on.toString() : null;
    event.begin();
    return () -> {
      event.end();
      write(event, task);
    };
  }

  /// A task has ended. On its own thread.
  void ended(Task<?> task) {
    var event = new TaskEnd();
    event.outcome = task.isCancelled() ? "cancelled" : task.hasFailed() ? "failed" : "finished";
    write(event, task);
  }

  private void write(TaskEvent event, Task<?> task) {
    if (event.shouldCommit()) {
      event.loop = loop;
      event.task = task.name();
      event.taskId = task.id();
      event.commit();
    }
  }
}
