// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.sync.Event;

/// An event wakes 1,000 tasks at once, again and again: each operation is one of them.
@OperationsPerInvocation(Work.OPERATIONS)
public class Wake {
  @Benchmark
  public void tulip(OnCarrier on) {
    on.run(() -> {
      var event = new Event();
      var woken = new Counter();
      try (var group = TaskGroup.open()) {
        for (int i = 0; i < Work.BATCH; i++) {
          group.start(() -> {
            for (int round = 0; round < Work.BATCHES; round++) {
              event.await();
              woken.run();
            }
          });
        }
        for (int round = 0; round < Work.BATCHES; round++) {
          Tulip.yield();
          event.set();
          event.clear();
        }
        group.join();
      }
      Work.check(woken.calls == Work.OPERATIONS);
    });
  }

  /// A flow without a buffer, which all collect.
  @Benchmark
  public void kotlin() {
    Sharing.wake(Work.BATCHES, Work.BATCH);
  }
}
