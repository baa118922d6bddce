// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A task that another thread has asked for. If the loop closes before it has begun, the thread is
/// told.
final class Submission<T extends @Nullable Object> extends ScheduledCall {
  private final CompletableFuture<T> outcome;

  Submission(EventLoop loop, Callable<T> code, CompletableFuture<T> outcome) {
    super(loop, () -> start(loop, code, outcome), loop.contextHere());
    this.outcome = outcome;
  }

  private static <T extends @Nullable Object> void start(
      EventLoop loop, Callable<T> code, CompletableFuture<T> outcome) {
    Task<T> task = loop.createTask(code);
    task.linkTo(outcome);
  }

  @Override
  public void reap() {
    outcome.completeExceptionally(
        new LoopClosedException(loop + " was closed before the task that was submitted began"));
  }
}
