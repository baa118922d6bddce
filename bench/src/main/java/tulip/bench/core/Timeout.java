// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import tulip.core.Tulip;

/// Enters and leaves a block with a time limit.
@OperationsPerInvocation(Work.OPERATIONS)
public class Timeout {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Benchmark
  public void tulip(OnCarrier on) throws TimeoutException {
    on.run(() -> {
      int done = 0;
      for (int i = 0; i < Work.OPERATIONS; i++) {
        done += Tulip.timeout(LIMIT, () -> 1);
      }
      Work.check(done == Work.OPERATIONS);
    });
  }

  @Benchmark
  public void kotlin() {
    Coroutines.timeout(Work.OPERATIONS);
  }
}
