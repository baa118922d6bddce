// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs test code on a loop under the virtual clock, and fails what nobody caught.
public final class OnLoop {
  private OnLoop() {}

  public static LoopOptions options(LoopOptions.Engine engine) {
    return LoopOptions.DEFAULT
        .withEngine(engine)
        .withClock(VirtualClock.autojump())
        .withInterruptible(false);
  }

  public static <T extends @Nullable Object> T run(
      LoopOptions.Engine engine, Block<T, Exception> test) throws Exception {
    return run(options(engine), test);
  }

  public static void run(LoopOptions.Engine engine, Action<Exception> test) throws Exception {
    run(options(engine), EventLoop.callable(test)::call);
  }

  public static <T extends @Nullable Object> T run(LoopOptions options, Block<T, Exception> test)
      throws Exception {
    var errors = new ArrayList<ErrorContext>();
    T result = run(options, errors, test);
    if (!errors.isEmpty()) {
      throw new AssertionError("reported to the exception handler: " + errors);
    }
    return result;
  }

  /// Collects what is reported instead of failing for it.
  public static <T extends @Nullable Object> T run(
      LoopOptions options, List<ErrorContext> errors, Block<T, Exception> test) throws Exception {
    try (var runner = Runner.open(options)) {
      runner.loop().callSoonThreadSafe(() -> runner.loop().setExceptionHandler(errors::add));
      return runner.run(test);
    }
  }
}
