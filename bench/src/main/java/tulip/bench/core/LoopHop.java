// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Two threads with a queue each send a callback to and fro: each operation is one wake-up.
@OperationsPerInvocation(Work.SLOW_OPERATIONS)
public class LoopHop {
  /// The other loop.
  @State(Scope.Benchmark)
  public static class OtherCarrier extends OnCarrier {}

  /// The other executor.
  @State(Scope.Benchmark)
  public static class OtherExecutor extends OnExecutor {}

  /// The other event loop.
  @State(Scope.Benchmark)
  public static class OtherCoroutines extends OnCoroutines {}

  @Benchmark
  public void tulip(OnCarrier here, OtherCarrier there) throws InterruptedException {
    hop(here.loop()::callSoonThreadSafe, there.loop()::callSoonThreadSafe);
  }

  @Benchmark
  public void jdk(OnExecutor here, OtherExecutor there) throws InterruptedException {
    hop(here.executor(), there.executor());
  }

  @Benchmark
  public void kotlin(OnCoroutines here, OtherCoroutines there) throws InterruptedException {
    hop(here.loop()::dispatch, there.loop()::dispatch);
  }

  private static void hop(Executor here, Executor there) throws InterruptedException {
    var done = new CountDownLatch(1);
    hop(here, there, Work.SLOW_OPERATIONS, done);
    done.await();
  }

  private static void hop(Executor next, Executor other, int left, CountDownLatch done) {
    if (left == 0) {
      done.countDown();
    } else {
      next.execute(() -> hop(other, next, left - 1, done));
    }
  }
}
