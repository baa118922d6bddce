// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tulip.core.TaskGroup;
import tulip.core.Tulip;

/// Tasks let each other go first: each operation is one switch.
@State(Scope.Benchmark)
@OperationsPerInvocation(Work.OPERATIONS)
public class Switch {
  /// How many tasks take turns.
  @Param({"2", "100"})
  public int tasks;

  private int rounds() {
    return Work.OPERATIONS / tasks;
  }

  private void yieldByTurns() {
    try (var group = TaskGroup.open()) {
      for (int i = 0; i < tasks; i++) {
        group.start(() -> {
          for (int round = 0; round < rounds(); round++) {
            Tulip.yield();
          }
        });
      }
      group.join();
    }
  }

  @Benchmark
  public void tulip(OnCarrier on) {
    on.run(this::yieldByTurns);
  }

  @Benchmark
  public void baton(OnBaton on) {
    on.run(this::yieldByTurns);
  }

  @Benchmark
  public void bare() {
    new Bare().ring(tasks, Work.OPERATIONS);
  }

  @Benchmark
  @Fork(jvmArgsAppend = Work.ONE_CARRIER)
  @SuppressWarnings("ThreadPriorityCheck") // it is what is measured
  public void jdk() throws InterruptedException {
    Work.onVirtualThread(() -> {
      var threads = new Thread[tasks];
      for (int i = 0; i < tasks; i++) {
        threads[i] =
            Thread.startVirtualThread(() -> {
              for (int round = 0; round < rounds(); round++) {
                Thread.yield();
              }
            });
      }
      for (var thread : threads) {
        thread.join();
      }
    });
  }

  @Benchmark
  public void kotlin() {
    Coroutines.yieldByTurns(tasks, rounds());
  }
}
