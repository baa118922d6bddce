// SPDX-License-Identifier: Apache-2.0
package tulip.sqlite;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tulip.core.Task;
import tulip.core.Tulip;
import tulip.core.sync.Semaphore;
import tulip.sql.SqlError;
import tulip.sql.SqlException;

/// Who may write: one connection of a database at a time, in the order in which tasks asked.
///
/// SQLite has one write lock and no line before it: who finds it taken tries again and again, and
/// may be overtaken for ever. Its own waiting is left for other programs.
final class WriteTurn {
  private final Semaphore free = new Semaphore(1);
  private final Duration limit;
  private @Nullable Task<?> holder;

  /// @param limit how long a task waits at most
  WriteTurn(Duration limit) {
    this.limit = limit;
  }

  /// Waits for the turn. In a task.
  ///
  /// @throws SqlException.ObjectNotInPrerequisiteState if it takes too long
  /// @throws IllegalStateException if the task has it already, for another connection
  void acquire() {
    var task = Task.current();
    if (holder == task) {
      throw new IllegalStateException(
          "this task has a transaction, and would wait for itself: use that, or make it one that"
              + " only reads");
    }
    if (!free.tryAcquire() && !Tulip.moveOnAfter(limit, () -> free.acquire())) {
      throw SqlException.of(
          new SqlError(
              "55P03",
              "another transaction writes for more than " + limit + ", that of " + name()));
    }
    holder = task;
  }

  private String name() {
    return holder == null ? "a task that was cancelled" : holder.name();
  }

  /// Nobody has it any more but the pool, which undoes what was left: who left it may wait for it
  /// as others do.
  void abandon() {
    holder = null;
  }

  /// Gives it to whoever waits longest.
  void release() {
    holder = null;
    free.release();
  }
}
