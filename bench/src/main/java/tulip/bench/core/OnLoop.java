// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import org.openjdk.jmh.annotations.TearDown;
import tulip.core.Action;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.Runner;

/// One loop for all iterations of a benchmark.
public abstract class OnLoop {
  private final Runner runner;

  OnLoop(LoopOptions.Engine engine) {
    runner = Runner.open(LoopOptions.DEFAULT.withEngine(engine).withInterruptible(false));
    var expected = engine.name().toLowerCase(java.util.Locale.ROOT);
    if (!loop().engine().equals(expected)) {
      throw new IllegalStateException("not the " + expected + " engine: " + loop());
    }
  }

  final EventLoop loop() {
    return runner.loop();
  }

  /// Runs an invocation of the benchmark as main task of the loop.
  final <X extends Exception> void run(Action<X> invocation) throws X {
    runner.run(invocation);
  }

  /// Ends the loop in order.
  @TearDown
  public void close() {
    runner.close();
  }
}
