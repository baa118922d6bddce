// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.sync.Lock;

/// Two tasks want the same fair lock all the time: each operation hands it over.
@OperationsPerInvocation(Work.OPERATIONS)
public class LockHandOver {
  private static final int ROUNDS = Work.OPERATIONS / 2;

  @Benchmark
  public void tulip(OnCarrier on) {
    on.run(() -> {
      var lock = new Lock();
      try (var group = TaskGroup.open()) {
        for (int i = 0; i < 2; i++) {
          group.start(() -> {
            lock.acquire();
            Tulip.yield(); // the other one queues
            for (int round = 0; round < ROUNDS; round++) {
              lock.release();
              lock.acquire();
            }
            lock.release();
          });
        }
        group.join();
      }
    });
  }

  @Benchmark
  @Fork(jvmArgsAppend = Work.ONE_CARRIER)
  @SuppressWarnings({"LockNotBeforeTry", "ThreadPriorityCheck"}) // the other one has to queue
  public void jdk() throws InterruptedException {
    Work.onVirtualThread(() -> {
      var lock = new ReentrantLock(true);
      Runnable body =
          () -> {
            lock.lock();
            Thread.yield();
            for (int round = 0; round < ROUNDS; round++) {
              lock.unlock();
              lock.lock();
            }
            lock.unlock();
          };
      var other = Thread.startVirtualThread(body);
      body.run();
      other.join();
    });
  }

  @Benchmark
  public void kotlin() {
    Sharing.lockHandOver(ROUNDS);
  }
}
