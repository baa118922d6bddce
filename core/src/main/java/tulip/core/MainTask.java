// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The task that a loop was started for, as seen from outside the loop.
final class MainTask<T extends @Nullable Object> {
  private final EventLoop loop;
  private final Block<? extends T, ?> code;
  private final CompletableFuture<Task<T>> done = new CompletableFuture<>();
  private @Nullable Task<T> task;
  private @Nullable String cancelledEarly;

  MainTask(EventLoop loop, Block<? extends T, ?> code) {
    this.loop = loop;
    this.code = code;
  }

  /// Starts the task. On the loop.
  void start() {
    var main = loop.<T>createTask("main", code::run);
    task = main;
    main.addDoneCallback(_ -> done.complete(main));
    if (cancelledEarly != null) {
      main.taskScope().cancel(cancelledEarly);
    }
  }

  /// Cancels the task. Any thread.
  void cancel(String reason) {
    loop.tryCallSoonThreadSafe(() -> {
      if (task == null) {
        cancelledEarly = reason;
      } else {
        task.taskScope().cancel(reason);
      }
    });
  }

  /// Done when the task is; its result is for [#result].
  CompletableFuture<Task<T>> done() {
    return done;
  }

  /// Nothing can ever wake it: nobody must wait any longer, and it must end. On the loop.
  void deadlocked(DeadlockError error) {
    done.completeExceptionally(error);
    if (task != null) {
      task.taskScope().cancel("a deadlock was found");
    }
  }

  /// The loop has ended: nobody must wait any longer.
  void loopEnded() {
    done.completeExceptionally(
        new LoopClosedException("the loop ended before its main task: see the log for the error"));
  }

  /// What the task returned; throws what it threw, be it checked or not.
  T result() {
    var main = done.getNow(null);
    if (main == null) {
      throw new IllegalStateException("the main task has not ended");
    }
    var failure = main.failure();
    if (failure == null) {
      return main.result();
    }
    if (main.isCancelled() && !(failure instanceof Cancelled)) {
      var cancelled = new Cancelled(null, "interrupted");
      cancelled.initCause(failure);
      throw cancelled;
    }
    throw Exceptions.sneak(failure);
  }

  /// The same for a future of the JDK's.
  void tell(CompletableFuture<T> outer) {
    try {
      outer.complete(result());
    } catch (Cancelled e) {
      var cancelled = new CancellationException(e.getMessage());
      cancelled.initCause(e);
      outer.completeExceptionally(cancelled);
    } catch (Throwable t) {
      outer.completeExceptionally(t);
    }
  }
}
