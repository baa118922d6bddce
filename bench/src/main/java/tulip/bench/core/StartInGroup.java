// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import tulip.core.TaskGroup;

/// Starts an empty task in a group that waits for it.
@OperationsPerInvocation(Work.OPERATIONS)
public class StartInGroup {
  @Benchmark
  public void tulip(OnCarrier on) {
    on.run(() -> {
      for (int batch = 0; batch < Work.BATCHES; batch++) {
        try (var group = TaskGroup.open()) {
          for (int i = 0; i < Work.BATCH; i++) {
            group.start(() -> null);
          }
          group.join();
        }
      }
    });
  }

  @Benchmark
  public void kotlin() {
    Coroutines.startInScope(Work.BATCHES, Work.BATCH);
  }
}
