// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import tulip.core.sync.Semaphore;

/// Acquires and releases a permit of a semaphore that has some left.
@OperationsPerInvocation(Work.OPERATIONS)
public class Permits {
  @Benchmark
  public void tulip(OnCarrier on) {
    on.run(() -> {
      var semaphore = new Semaphore(10);
      for (int i = 0; i < Work.OPERATIONS; i++) {
        semaphore.acquire();
        semaphore.release();
      }
    });
  }

  @Benchmark
  @Fork(jvmArgsAppend = Work.ONE_CARRIER)
  public void jdk() throws InterruptedException {
    Work.onVirtualThread(() -> {
      var semaphore = new java.util.concurrent.Semaphore(10, true);
      for (int i = 0; i < Work.OPERATIONS; i++) {
        semaphore.acquire();
        semaphore.release();
      }
    });
  }

  @Benchmark
  public void kotlin() {
    Sharing.permits(Work.OPERATIONS);
  }
}
