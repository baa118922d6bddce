// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends a loop in the stages that [Runner] describes, one [#step] between two iterations.
///
/// It goes by real time, whatever clock the loop has: a virtual one would stand still while a task
/// sits in foreign code.
final class Shutdown {
  private static final Duration LOOK = Duration.ofMillis(10);
  private static final int LAST_ITERATIONS = 100;
  private static final int REPORTED = 10;

  private enum Stage {
    TASKS,
    REMAINING_TASKS,
    EXECUTOR,
    CLOSED
  }

  private final EventLoop loop;
  private final long grace;
  private final long patience;
  private Stage stage = Stage.TASKS;
  private long stageEnd;
  private long taskEnd;
  private int iterations;
  private @Nullable Task<?> ending;

  Shutdown(EventLoop loop) {
    this.loop = loop;
    grace = loop.options().grace().toNanos();
    patience = grace / 10;
    stageEnd = System.nanoTime() + grace;
  }

  /// All stages, for a thread that has nothing else to do.
  void run() {
    while (!step()) {
      loop.runOnce(LOOK);
    }
  }

  /// Goes on as far as can be without waiting.
  ///
  /// @return true when the loop is closed
  boolean step() {
    return switch (stage) {
      case TASKS -> endTasks();
      case REMAINING_TASKS -> endRemainingTasks();
      case EXECUTOR -> endExecutor();
      case CLOSED -> true;
    };
  }

  private boolean endTasks() {
    long now = System.nanoTime();
    var task = ending;
    if (task != null && !task.isDone() && now < taskEnd && now < stageEnd) {
      return false;
    }
    if (task != null) {
      interruptIfOutside(task);
    }
    var next = newestUncancelled();
    if (next != null && now < stageEnd) {
      end(next);
      ending = next;
      taskEnd = now + patience;
      return false;
    }
    if (loop.taskCount() > 0 && now < stageEnd) {
      return false;
    }
    stage = Stage.REMAINING_TASKS;
    loop.allTasks().forEach(this::end);
    return endRemainingTasks();
  }

  /// The newest task that was started outside of groups and does not know yet.
  private @Nullable Task<?> newestUncancelled() {
    Task<?> newest = null;
    for (var scope = loop.rootScope().firstChild(); scope != null; scope = scope.nextSibling()) {
      var task = scope.owner();
      if (task != null && !scope.isCancelled()) {
        newest = task; // the newest stands first
        break;
      }
    }
    return newest;
  }

  private void end(Task<?> task) {
    task.taskScope().cancel("the loop shuts down");
    interruptIfOutside(task);
  }

  private static void interruptIfOutside(Task<?> task) {
    if (task.isWaitingOutside()) {
      task.interruptOutside();
    }
  }

  private boolean endRemainingTasks() {
    var left = loop.allTasks();
    if (!left.isEmpty() && iterations++ < LAST_ITERATIONS) {
      left.forEach(Shutdown::interruptIfOutside);
      return false;
    }
    if (!left.isEmpty()) {
      reportLeft(left);
    }
    stage = Stage.EXECUTOR;
    stageEnd = System.nanoTime() + grace;
    return endExecutor();
  }

  private void reportLeft(List<Task<?>> left) {
    loop.errors.report(
        left.size()
            + " tasks did not end within "
            + loop.options().grace()
            + " of the shutdown and are left behind",
        null,
        loop);
    for (var task : left.subList(0, Math.min(REPORTED, left.size()))) {
      var where = new Throwable(task + " is here");
      where.setStackTrace(task.thread().getStackTrace());
      loop.errors.report(task + " was left behind by the shutdown", where, task);
    }
  }

  private boolean endExecutor() {
    if (!loop.blocking().shutdown() && System.nanoTime() < stageEnd) {
      return false;
    }
    int jobs = loop.blocking().jobs();
    if (jobs > 0) {
      loop.errors.report(
          jobs
              + " blocking jobs did not end within "
              + loop.options().grace()
              + " of the shutdown and are left behind",
          null,
          loop);
    }
    loop.close();
    stage = Stage.CLOSED;
    return true;
  }
}
