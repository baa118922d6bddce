// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import tulip.core.EventLoop;
import tulip.core.Tulip;

/// Queues a batch of callbacks, lets them run, and does it again.
@OperationsPerInvocation(Work.OPERATIONS)
public class CallSoon {
  private static void batches(EventLoop loop) {
    var counter = new Counter();
    for (int batch = 0; batch < Work.BATCHES; batch++) {
      for (int i = 0; i < Work.BATCH; i++) {
        loop.callSoon(counter);
      }
      Tulip.yield();
    }
    Work.check(counter.calls == Work.OPERATIONS);
  }

  @Benchmark
  public void tulip(OnCarrier on) {
    on.run(() -> batches(on.loop()));
  }

  @Benchmark
  public void jdk(OnExecutor on) throws InterruptedException {
    var counter = new Counter();
    on.run((executor, done) -> batches(executor, counter, done));
    Work.check(counter.calls == Work.OPERATIONS);
  }

  private static void batches(Executor executor, Counter counter, CountDownLatch done) {
    if (counter.calls == Work.OPERATIONS) {
      done.countDown();
      return;
    }
    for (int i = 0; i < Work.BATCH; i++) {
      executor.execute(counter);
    }
    executor.execute(() -> batches(executor, counter, done));
  }

  @Benchmark
  public void kotlin() {
    Coroutines.callSoon(Work.BATCHES, Work.BATCH);
  }
}
