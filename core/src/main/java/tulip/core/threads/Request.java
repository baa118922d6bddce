// SPDX-License-Identifier: Apache-2.0
package tulip.core.threads;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tulip.core.Block;
import tulip.core.Context;

/// A block that a thread asks a task to run for it.
final class Request<T extends @Nullable Object> {
  private final Block<? extends T, ?> block;
  private final Context context = Context.current();
  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private Runnable tell = () -> {};

  Request(Block<? extends T, ?> block) {
    this.block = block;
  }

  /// In the task. What the block throws is the thread's, cancellation too.
  void run() {
    try {
      T result = context.run(block);
      tell = () -> answer.complete(result);
    } catch (Throwable t) {
      tell = () -> answer.completeExceptionally(t);
    }
  }

  /// Lets the thread go on. In the task, after [#run].
  void answer() {
    tell.run();
  }

  /// On the thread.
  ///
  /// @param gone when the task will not run the block any more
  /// @throws CompletionException what the block threw, or why the task has gone, as its cause
  T await(CompletableFuture<?> gone) {
    CompletableFuture.anyOf(answer, gone).exceptionally(_ -> null).join();
    if (!answer.isDone()) {
      gone.join();
    }
    return answer.join();
  }
}
