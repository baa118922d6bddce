// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import tulip.core.Tulip;
import tulip.core.pool.Pool;

/// Maps items, 10 at once, with a call that gives up the turn.
@OperationsPerInvocation(Work.OPERATIONS)
public class BoundedMap {
  private static final int LIMIT = 10;
  private static final List<Integer> ITEMS = IntStream.range(0, Work.OPERATIONS).boxed().toList();

  @Benchmark
  public void tulip(OnCarrier on) {
    on.run(() -> {
      long sum = 0;
      try (var results = Pool.mapUnordered(ITEMS, LIMIT, BoundedMap::call)) {
        for (int result : results) {
          sum += result;
        }
      }
      Work.check(sum == (long) Work.OPERATIONS * (Work.OPERATIONS - 1) / 2);
    });
  }

  private static int call(int item) {
    Tulip.yield();
    return item;
  }

  @Benchmark
  public void kotlin() {
    Sharing.boundedMap(Work.OPERATIONS, LIMIT);
  }
}
