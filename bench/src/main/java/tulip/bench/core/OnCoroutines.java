// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// A thread with Kotlin's event loop.
@State(Scope.Benchmark)
public class OnCoroutines {
  private final CoroutineLoop loop = new CoroutineLoop();

  CoroutineLoop loop() {
    return loop;
  }

  /// Ends the thread.
  @TearDown
  public void close() {
    loop.close();
  }
}
