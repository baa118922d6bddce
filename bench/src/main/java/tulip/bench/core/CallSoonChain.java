// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import tulip.core.EventLoop;
import tulip.core.Future;

/// A callback queues itself again: each operation is a whole iteration of the loop.
@OperationsPerInvocation(Work.OPERATIONS)
public class CallSoonChain {
  private static void chain(EventLoop loop, int left, Future<Integer> done) {
    if (left == 0) {
      done.setResult(left);
    } else {
      loop.callSoon(() -> chain(loop, left - 1, done));
    }
  }

  @Benchmark
  public void tulip(OnCarrier on) {
    on.run(() -> {
      Future<Integer> done = on.loop().createFuture();
      chain(on.loop(), Work.OPERATIONS, done);
      done.await();
    });
  }

  @Benchmark
  public void jdk(OnExecutor on) throws InterruptedException {
    on.run((executor, done) -> chain(executor, Work.OPERATIONS, done));
  }

  private static void chain(Executor executor, int left, CountDownLatch done) {
    if (left == 0) {
      done.countDown();
    } else {
      executor.execute(() -> chain(executor, left - 1, done));
    }
  }

  @Benchmark
  public void kotlin() {
    Coroutines.callSoonChain(Work.OPERATIONS);
  }
}
