// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import tulip.core.sync.Lock;

/// Acquires and releases a lock that nobody else wants.
@OperationsPerInvocation(Work.OPERATIONS)
public class FreeLock {
  @Benchmark
  public void tulip(OnCarrier on) {
    on.run(() -> {
      var lock = new Lock();
      for (int i = 0; i < Work.OPERATIONS; i++) {
        lock.acquire();
        lock.release();
      }
    });
  }

  @Benchmark
  @Fork(jvmArgsAppend = Work.ONE_CARRIER)
  @SuppressWarnings("LockNotBeforeTry") // nothing can fail between
  public void jdk() throws InterruptedException {
    Work.onVirtualThread(() -> {
      var lock = new ReentrantLock(true);
      for (int i = 0; i < Work.OPERATIONS; i++) {
        lock.lock();
        lock.unlock();
      }
    });
  }

  @Benchmark
  public void kotlin() {
    Sharing.freeLock(Work.OPERATIONS);
  }
}
