// SPDX-License-Identifier: Apache-2.0
package tulip.core.threads;

import org.jspecify.annotations.Nullable;
import tulip.core.Action;
import tulip.core.Block;
import tulip.core.Cancelled;
import tulip.core.EventLoop;
import tulip.core.LoopVar;
import tulip.core.sync.CapacityLimiter;

/// Calls of tasks that run on a thread, because they would block the loop: trio's `to_thread`.
///
/// ```java
/// private static final CapacityLimiter DISK = new CapacityLimiter(2);
/// ...
/// var options = ThreadOptions.DEFAULT.withLimiter(DISK);
/// var size = ToThread.run(options, () -> Files.size(path));
/// ```
///
/// [tulip.core.Tulip#blocking] is the simple way; it drops the result of a call whose task was
/// cancelled. This one keeps it, has a limiter of one's choice, can interrupt or abandon the call,
/// and lets it come back to the loop with [FromThread].
///
/// The call sees the task's context variables; what it sets is seen by itself alone. If the loop is
/// closed over the task, the thread is interrupted.
public final class ToThread {
  private static final LoopVar<CapacityLimiter> LIMITER = LoopVar.of("limiter of ToThread");

  private ToThread() {}

  /// Runs a call on a thread and waits for its result, as [ThreadOptions#DEFAULT] says. In a task.
  ///
  /// @throws X what the call throws
  /// @throws Cancelled if the task was cancelled before there was a thread, or the call has thrown
  ///   it; a result is returned in spite of cancellation
  public static <T extends @Nullable Object, X extends Exception> T run(Block<T, X> call) throws X {
    return run(ThreadOptions.DEFAULT, call);
  }

  /// Runs a call without a result on a thread and waits for its end. In a task.
  ///
  /// @throws X what the call throws
  /// @throws Cancelled if the task was cancelled before there was a thread, or the call has thrown
  ///   it
  public static <X extends Exception> void run(Action<X> call) throws X {
    run(ThreadOptions.DEFAULT, call);
  }

  /// Runs a call on a thread and waits for its result. In a task.
  ///
  /// @throws X what the call throws
  /// @throws Cancelled if the task was cancelled before there was a thread, if the options say that
  ///   the call ends then, or if the call has thrown it
  public static <T extends @Nullable Object, X extends Exception> T run(
      ThreadOptions options, Block<T, X> call) throws X {
    var given = options.limiter();
    var limiter = given == null ? defaultLimiter() : given;
    return new Host<>(options.onCancel(), call).run(limiter);
  }

  /// Runs a call without a result on a thread and waits for its end. In a task.
  ///
  /// @throws X what the call throws
  /// @throws Cancelled if the task was cancelled before there was a thread, if the options say that
  ///   the call ends then, or if the call has thrown it
  public static <X extends Exception> void run(ThreadOptions options, Action<X> call) throws X {
    run(
        options,
        () -> {
          call.run();
          return null;
        });
  }

  /// The limiter of the running loop for calls without one of their own. It has as many tokens as
  /// [tulip.core.LoopOptions#blockingThreads] says, and they can be changed.
  public static CapacityLimiter defaultLimiter() {
    return LIMITER.getOrSet(
        () -> new CapacityLimiter(EventLoop.current().options().blockingThreads()));
  }
}
