// SPDX-License-Identifier: Apache-2.0
package tulip.core.spi;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A platform thread for calls that may block for ever: reads of a pipe, the events of a watch.
///
/// ```java
/// var line = Tulip.await(thread.call(pipe::readLine));
/// ```
///
/// [tulip.core.Tulip#blocking] shares a few threads among all tasks, which such calls would use up.
/// Here they have one of their own, and are made one after the other. For the loop they are no work
/// of its own that it has to see to the end, but something outside that may have news one day: its
/// closing and its virtual time do not wait for them.
///
/// The thread starts with the first call. Whoever makes a side thread closes it, and has the call
/// that is under way come to an end.
public final class SideThread implements AutoCloseable {
  private final ExecutorService thread;

  /// A thread that has not started.
  ///
  /// @param name for thread dumps
  public SideThread(String name) {
    var factory =
        Thread.ofPlatform().daemon().inheritInheritableThreadLocals(false).name(name).factory();
    // a queue without locks: a callback of the loop hands over, and must not wait for the thread
    var calls = new LinkedTransferQueue<Runnable>();
    thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, calls, factory);
  }

  /// Makes a call when those before it are done. Any thread.
  ///
  /// @return its result; a task waits for it with [tulip.core.Tulip#await], and nobody need
  /// @throws RejectedExecutionException if this is closed
  public <T extends @Nullable Object> CompletableFuture<T> call(Callable<T> call) {
    var result = new CompletableFuture<T>();
    thread.execute(() -> {
      try {
        result.complete(call.call());
      } catch (Throwable t) {
        result.completeExceptionally(t);
      }
    });
    return result;
  }

  /// Takes no calls any more; the thread ends after those it has. Never waits. Any thread.
  @Override
  public void close() {
    thread.shutdown();
  }
}
