// SPDX-License-Identifier: Apache-2.0
package tulip.core.threads;

import org.jspecify.annotations.Nullable;
import tulip.core.Action;
import tulip.core.Block;
import tulip.core.Cancelled;
import tulip.core.Scope;

/// The way back for a call that [ToThread] has sent to a thread: trio's `from_thread`.
///
/// ```java
/// ToThread.run(() -> {
///   for (var row : readHugeFile()) {
///     FromThread.checkCancelled();
///     FromThread.run(() -> queue.put(row)); // waits, as the task would
///   }
/// });
/// ```
///
/// For the thread of the call only; others use a [Portal]. On any other thread all methods throw
/// [IllegalStateException].
public final class FromThread {
  private FromThread() {}

  /// Has the task that waits for this call run a block on its loop, and waits for its result.
  ///
  /// The block runs in that very task: in its scopes, so that it is cancelled with it, and may
  /// wait. It sees the context variables of the call. An interrupt of the thread does not end the
  /// wait.
  ///
  /// @throws X what the block throws
  /// @throws Cancelled if the block was cancelled with its task, or the task has abandoned the call
  /// @throws tulip.core.LoopClosedException if the loop was closed
  public static <T extends @Nullable Object, X extends Exception> T run(Block<T, X> block)
      throws X {
    return Worker.current().ask(block);
  }

  /// Has the task that waits for this call run a block without a result, and waits for its end.
  ///
  /// @throws X what the block throws
  /// @throws Cancelled if the block was cancelled with its task, or the task has abandoned the call
  public static <X extends Exception> void run(Action<X> block) throws X {
    run(() -> {
      block.run();
      return null;
    });
  }

  /// Gives way if the task was cancelled: for long computations. Costs next to nothing.
  ///
  /// @throws Cancelled if it was; let it pass. A cancelled scope is told each time, a request of
  ///   [tulip.core.Task#cancel] once
  public static void checkCancelled() {
    Worker.current().checkCancelled();
  }

  /// When the task is cancelled at the latest, on the clock of its loop: what
  /// [Scope#effectiveDeadline] is in the task at this moment.
  public static long effectiveDeadline() {
    return run(Scope::effectiveDeadline);
  }
}
