// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// What runs on a loop, as text.
final class Report {
  private static final int FRAMES = 12;
  private static final int TASKS = 50;

  private Report() {}

  /// Prints the tasks of a loop to the standard error stream. Any thread but the loop's.
  static void print(EventLoop loop) {
    System.err.println(of(loop));
  }

  private static String of(EventLoop loop) {
    var answer = new CompletableFuture<String>();
    loop.tryCallSoonThreadSafe(() -> answer.complete(tasks(loop)));
    try {
      return answer.get(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // the loop does not answer: say so
    }
    return busy(loop);
  }

  private static String tasks(EventLoop loop) {
    var text = new StringBuilder().append(loop).append(", ").append(loop.taskCount());
    text.append(" tasks:\n");
    loop.allTasks().stream().limit(TASKS).forEach(task -> append(text, task));
    return text.toString();
  }

  private static void append(StringBuilder text, Task<?> task) {
    var on = task.waitingFor();
    text.append("  ").append(task.name());
    text.append(on == null ? "" : " waits for " + on);
    text.append(task.isWaitingOutside() ? " waits in foreign code" : "").append('\n');
    append(text, task.thread().getStackTrace());
  }

  private static void append(StringBuilder text, StackTraceElement[] frames) {
    for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
      text.append("      at ").append(frames[i]).append('\n');
    }
  }

  private static String busy(EventLoop loop) {
    var fiber = loop.queue.mounted();
    @Nullable Thread thread = fiber == null ? loop.queue.owner() : fiber.thread();
    var text = new StringBuilder().append(loop).append(" does not answer; it is here:\n");
    if (thread != null) {
      append(text, thread.getStackTrace());
    }
    return text.toString();
  }
}
