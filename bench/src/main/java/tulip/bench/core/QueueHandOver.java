// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import java.util.concurrent.ArrayBlockingQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import tulip.core.TaskGroup;
import tulip.core.queue.Queue;

/// Two tasks send an item to and fro through two queues: each operation hands it over.
@OperationsPerInvocation(Work.OPERATIONS)
public class QueueHandOver {
  private static final int ROUNDS = Work.OPERATIONS / 2;

  @Benchmark
  public void tulip(OnCarrier on) {
    on.run(() -> {
      var there = new Queue<Integer>(1);
      var back = new Queue<Integer>(1);
      try (var group = TaskGroup.open()) {
        group.start(() -> {
          for (int round = 0; round < ROUNDS; round++) {
            back.put(there.get());
          }
        });
        group.start(() -> {
          for (int round = 0; round < ROUNDS; round++) {
            there.put(round);
            Work.check(back.get() == round);
          }
        });
        group.join();
      }
    });
  }

  @Benchmark
  @Fork(jvmArgsAppend = Work.ONE_CARRIER)
  public void jdk() throws InterruptedException {
    Work.onVirtualThread(() -> {
      var there = new ArrayBlockingQueue<Integer>(1);
      var back = new ArrayBlockingQueue<Integer>(1);
      var other =
          Work.start(() -> {
            for (int round = 0; round < ROUNDS; round++) {
              back.put(there.take());
            }
          });
      for (int round = 0; round < ROUNDS; round++) {
        there.put(round);
        Work.check(back.take() == round);
      }
      other.join();
    });
  }

  @Benchmark
  public void kotlin() {
    Sharing.queueHandOver(ROUNDS);
  }
}
