// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tulip.core.EventLoop;
import tulip.core.LoopClosedException;
import tulip.core.Task;

/// Where the tasks of a loop are: for a test that takes too long.
final class TaskPlaces {
  private static final int MAX_TASKS = 50;

  private TaskPlaces() {}

  /// A trace for each task; for the main task alone if the loop does not answer. Any thread but the
  /// loop's.
  static List<Throwable> of(EventLoop loop, Task<?> main) {
    var answer = new CompletableFuture<List<Throwable>>();
    try {
      loop.callSoonThreadSafe(() -> answer.complete(all(loop)));
      return answer.get(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (LoopClosedException | ExecutionException | TimeoutException e) {
      // it is busy, or gone
    }
    var frames = main.thread().getStackTrace();
    return List.of(new Leftover.Trace(main + " keeps the loop busy here", frames));
  }

  private static List<Throwable> all(EventLoop loop) {
    var all = new ArrayList<Throwable>();
    loop.allTasks().stream().limit(MAX_TASKS).forEach(task -> all.add(of(task)));
    return all;
  }

  private static Throwable of(Task<?> task) {
    var on = task.waitingFor();
    var what =
        on != null
            ? task + " waited here for " + on
            : task + (task.isWaitingOutside() ? " waited here, in foreign code" : " was here");
    return new Leftover.Trace(what, task.thread().getStackTrace());
  }
}
