// SPDX-License-Identifier: Apache-2.0
package tulip.core.threads;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import tulip.core.Block;
import tulip.core.Cancelled;
import tulip.core.ErrorContext;
import tulip.core.LoopClosedException;
import tulip.core.Task;
import tulip.core.Tulip;

/// What a thread has asked a [Portal] to do, and the task that does it.
final class PortalCall<T extends @Nullable Object> {
  private final Portal portal;
  private final CompletableFuture<T> result = new CompletableFuture<>();

  /// Of the loop, as the next one.
  private @Nullable Task<?> task;

  private @Nullable String cancelledEarly;

  /// @throws IllegalStateException if the portal is closed
  PortalCall(Portal portal) {
    this.portal = portal;
    portal.add(this);
    var _ =
        result.whenComplete((_, _) -> {
          portal.remove(this);
          if (result.isCancelled()) {
            cancel("its future was cancelled");
          }
        });
  }

  CompletableFuture<T> result() {
    return result;
  }

  // In the task.

  void run(Block<? extends T, ?> block) {
    task = Task.current();
    if (cancelledEarly != null) {
      task.taskScope().cancel(cancelledEarly);
    }
    try {
      result.complete(block.run());
    } catch (Cancelled e) {
      var cancelled = new CancellationException(e.getMessage());
      cancelled.initCause(e);
      result.completeExceptionally(cancelled);
      throw e;
    } catch (Throwable t) {
      if (!result.completeExceptionally(t)) {
        portal
            .loop()
            .callExceptionHandler(
                new ErrorContext("a cancelled call of a portal has failed", t, task));
      }
    }
  }

  // On the waiting side.

  /// The portal has ended, or ends, and the call has not begun.
  void refuse(IllegalStateException why) {
    result.completeExceptionally(why);
  }

  /// Blocks the thread until the call has ended.
  T join() throws ExecutionException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result.get();
        } catch (InterruptedException e) {
          interrupted = true;
          cancel("the thread that waits for it was interrupted");
        }
      }
    } catch (CancellationException e) {
      throw cancellation(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// How the task ended, below what the JDK has wrapped around it.
  private static CancellationException cancellation(CancellationException thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof Cancelled cancelled) {
        throw cancelled;
      }
    }
    return thrown;
  }

  /// Waits in a task of another loop until the call has ended.
  T await() throws ExecutionException {
    var ended = result.handle((_, _) -> true);
    try {
      Tulip.await(ended);
    } catch (Throwable t) {
      cancel("the task that waits for it was cancelled");
      Tulip.shield(() -> Tulip.await(ended));
      throw t;
    }
    return join();
  }

  private void cancel(String reason) {
    try {
      portal.loop().callSoonThreadSafe(() -> cancelTask(reason));
    } catch (LoopClosedException e) {
      // its task has ended, or will not begin
    }
  }

  private void cancelTask(String reason) {
    if (task == null) {
      cancelledEarly = reason;
    } else {
      task.taskScope().cancel(reason);
    }
  }
}
