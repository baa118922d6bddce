// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import tulip.core.EventLoop;
import tulip.core.Task;
import tulip.core.Tulip;

/// Starts a task that sleeps, cancels it in its sleep, and waits for its end.
@OperationsPerInvocation(Work.OPERATIONS)
public class Cancel {
  private static final Duration HOUR = Duration.ofHours(1);

  private static void cancel(EventLoop loop) {
    var tasks = new Task<?>[Work.BATCH];
    for (int batch = 0; batch < Work.BATCHES; batch++) {
      for (int i = 0; i < Work.BATCH; i++) {
        tasks[i] = loop.createTask(() -> Tulip.sleep(HOUR));
      }
      Tulip.yield();
      for (var task : tasks) {
        task.cancel();
      }
      for (var task : tasks) {
        task.awaitDone();
        Work.check(task.isCancelled());
      }
    }
  }

  @Benchmark
  public void tulip(OnCarrier on) {
    on.run(() -> cancel(on.loop()));
  }

  /// Interrupts a thread.
  @Benchmark
  @Fork(jvmArgsAppend = Work.ONE_CARRIER)
  @SuppressWarnings("ThreadPriorityCheck") // the sleepers have to fall asleep
  public void jdk() throws InterruptedException {
    Work.onVirtualThread(() -> {
      var threads = new Thread[Work.BATCH];
      for (int batch = 0; batch < Work.BATCHES; batch++) {
        for (int i = 0; i < Work.BATCH; i++) {
          threads[i] = Thread.startVirtualThread(Cancel::sleep);
        }
        Thread.yield();
        for (var thread : threads) {
          thread.interrupt();
        }
        for (var thread : threads) {
          thread.join();
        }
      }
    });
  }

  private static void sleep() {
    try {
      Thread.sleep(HOUR);
      throw new IllegalStateException("the hour passed");
    } catch (InterruptedException e) {
      // as planned
    }
  }

  @Benchmark
  public void kotlin() {
    Coroutines.cancel(Work.BATCHES, Work.BATCH);
  }
}
