// SPDX-License-Identifier: Apache-2.0
package tulip.net.workers;

import java.time.Duration;
import java.util.function.Consumer;
import tulip.core.LoopOptions;

/// How many workers there are, and how they are looked after.
///
/// @param count how many; as many as the JVM has processors if nothing else is said
/// @param loop how each worker's loop is made; its name begins theirs, Ctrl-C is never theirs
/// @param stuckAfter for how long a loop may give no sign of life; zero for as long as it likes. 10
///   s if nothing else is said: a pause of the collector is no reason
/// @param stopLimit how long [Workers#close] waits for all workers together before it leaves those
///   that have not ended behind; 30 s, which is more than servers and loops take that keep their
///   own graces
/// @param restarts what becomes of a worker that crashed or is stuck
/// @param terminable whether SIGTERM ends [Workers#join]
/// @param listener is told what happens, on the loop that opened the workers; it must not wait
public record WorkersOptions(
    int count,
    LoopOptions loop,
    Duration stuckAfter,
    Duration stopLimit,
    RestartPolicy restarts,
    boolean terminable,
    Consumer<? super WorkerEvent> listener) {
  /// The options for which nothing else is said. The log is told in any case.
  public static final WorkersOptions DEFAULT =
      new WorkersOptions(
          Runtime.getRuntime().availableProcessors(),
          LoopOptions.DEFAULT,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          RestartPolicy.DEFAULT,
          true,
          _ -> {});

  /// Checks them.
  public WorkersOptions {
    if (count < 1) {
      throw new IllegalArgumentException("there must be at least 1 worker: " + count);
    }
    if (stuckAfter.isNegative() || stopLimit.isNegative()) {
      throw new IllegalArgumentException(
          "stuck after " + stuckAfter + ", " + stopLimit + " to stop");
    }
    if (loop.clock() != null) {
      throw new IllegalArgumentException("a clock serves one loop, and cannot be the workers'");
    }
  }

  /// The same with another number of workers.
  public WorkersOptions withCount(int count) {
    return new WorkersOptions(count, loop, stuckAfter, stopLimit, restarts, terminable, listener);
  }

  /// The same with other loops.
  public WorkersOptions withLoop(LoopOptions loop) {
    return new WorkersOptions(count, loop, stuckAfter, stopLimit, restarts, terminable, listener);
  }

  /// The same with another patience for loops that stand still.
  public WorkersOptions withStuckAfter(Duration stuckAfter) {
    return new WorkersOptions(count, loop, stuckAfter, stopLimit, restarts, terminable, listener);
  }

  /// The same with another time for the end.
  public WorkersOptions withStopLimit(Duration stopLimit) {
    return new WorkersOptions(count, loop, stuckAfter, stopLimit, restarts, terminable, listener);
  }

  /// The same with other restarts.
  public WorkersOptions withRestarts(RestartPolicy restarts) {
    return new WorkersOptions(count, loop, stuckAfter, stopLimit, restarts, terminable, listener);
  }

  /// The same with SIGTERM dealt with or left alone.
  public WorkersOptions withTerminable(boolean terminable) {
    return new WorkersOptions(count, loop, stuckAfter, stopLimit, restarts, terminable, listener);
  }

  /// The same with another listener.
  public WorkersOptions withListener(Consumer<? super WorkerEvent> listener) {
    return new WorkersOptions(count, loop, stuckAfter, stopLimit, restarts, terminable, listener);
  }
}
