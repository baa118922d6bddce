// SPDX-License-Identifier: Apache-2.0
package tulip.net.workers;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tulip.core.Cancelled;
import tulip.core.EventLoop;
import tulip.core.LoopClosedException;
import tulip.core.Runner;
import tulip.core.Task;
import tulip.core.spi.SideThread;

/// A worker from its start to its end: a loop, its main task, and a thread that waits for both.
///
/// Methods are for any thread.
final class WorkerRun {
  private final Worker worker;
  private final Workers.Main main;
  private final Runner runner;
  private final CompletableFuture<@Nullable Void> begun = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

  private volatile @Nullable String stopReason;
  private volatile @Nullable Throwable failure;

  /// The loop's own.
  private @Nullable Task<?> task;

  private WorkerRun(Worker worker, Workers.Main main, Runner runner) {
    this.worker = worker;
    this.main = main;
    this.runner = runner;
  }

  /// Starts the main task, and closes the runner when it has ended.
  static WorkerRun start(Worker worker, Workers.Main main, Runner runner) {
    var run = new WorkerRun(worker, main, runner);
    try (var thread = new SideThread(runner.loop().options().name())) {
      var _ = thread.call(run::run);
    }
    return run;
  }

  /// Whatever is thrown is kept, be it for want of memory or stack.
  private @Nullable Void run() {
    try (runner) {
      runner.run(this::runMain);
    } catch (Throwable t) {
      failure = t;
    } finally {
      begun.complete(null);
      ended.complete(null);
    }
    return null;
  }

  private void runMain() throws Exception {
    task = Task.current();
    begun.complete(null);
    if (stopReason != null) {
      return;
    }
    try {
      main.run(worker);
    } catch (Cancelled e) {
      if (stopReason == null) {
        throw e;
      }
    }
  }

  /// Cancels the main task, now or when the loop goes on.
  void stop(String reason) {
    stopReason = reason;
    try {
      loop().callSoonThreadSafe(() -> cancel(reason));
    } catch (LoopClosedException e) {
      // it has ended
    }
  }

  private void cancel(String reason) {
    if (task != null) {
      task.taskScope().cancel(reason);
    }
  }

  Worker worker() {
    return worker;
  }

  EventLoop loop() {
    return runner.loop();
  }

  /// Done when the main task has its first turn.
  CompletableFuture<@Nullable Void> begun() {
    return begun;
  }

  /// Done when the loop is closed.
  CompletableFuture<@Nullable Void> ended() {
    return ended;
  }

  /// What the main task or the loop ended with; `null` if it ended as it should, or has not ended.
  @Nullable Throwable failure() {
    return failure;
  }
}
