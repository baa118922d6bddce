// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.util.ArrayList;
import tulip.core.Action;
import tulip.core.ErrorContext;
import tulip.core.LoopOptions;
import tulip.core.Runner;
import tulip.core.VirtualClock;

/// Runs test code on a loop, and fails what nobody caught.
final class OnLoop {
  private OnLoop() {}

  /// Under the virtual clock.
  static void run(LoopOptions.Engine engine, Action<Exception> test) throws Exception {
    run(LoopOptions.DEFAULT.withEngine(engine).withClock(VirtualClock.autojump()), test);
  }

  /// Under the system's clock, for tests whose other side is a socket.
  static void runReal(LoopOptions.Engine engine, Action<Exception> test) throws Exception {
    run(LoopOptions.DEFAULT.withEngine(engine), test);
  }

  private static void run(LoopOptions options, Action<Exception> test) throws Exception {
    var errors = new ArrayList<ErrorContext>();
    try (var runner = Runner.open(options.withInterruptible(false))) {
      runner.loop().callSoonThreadSafe(() -> runner.loop().setExceptionHandler(errors::add));
      runner.run(() -> {
        test.run();
        return null;
      });
    }
    if (!errors.isEmpty()) {
      throw new AssertionError("reported to the exception handler: " + errors);
    }
  }
}
