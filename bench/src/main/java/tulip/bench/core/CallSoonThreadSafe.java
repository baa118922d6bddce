// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import java.util.concurrent.CountDownLatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// Another thread queues callbacks while the loop runs those that have come.
@OperationsPerInvocation(Work.OPERATIONS)
public class CallSoonThreadSafe {
  @Benchmark
  public void tulip(OnCarrier on) throws InterruptedException {
    var counter = new Counter();
    for (int i = 0; i < Work.OPERATIONS; i++) {
      on.loop().callSoonThreadSafe(counter);
    }
    var done = new CountDownLatch(1);
    on.loop().callSoonThreadSafe(done::countDown);
    done.await();
    Work.check(counter.calls == Work.OPERATIONS);
  }

  @Benchmark
  public void jdk(OnExecutor on) throws InterruptedException {
    var counter = new Counter();
    for (int i = 0; i < Work.OPERATIONS; i++) {
      on.executor().execute(counter);
    }
    var done = new CountDownLatch(1);
    on.executor().execute(done::countDown);
    done.await();
    Work.check(counter.calls == Work.OPERATIONS);
  }

  @Benchmark
  public void kotlin(OnCoroutines on) throws InterruptedException {
    var counter = new Counter();
    for (int i = 0; i < Work.OPERATIONS; i++) {
      on.loop().dispatch(counter);
    }
    var done = new CountDownLatch(1);
    on.loop().dispatch(done::countDown);
    done.await();
    Work.check(counter.calls == Work.OPERATIONS);
  }
}
