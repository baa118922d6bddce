// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import tulip.core.EventLoop;
import tulip.core.Tulip;

/// Starts an empty task that nobody waits for, and runs it to its end.
@OperationsPerInvocation(Work.OPERATIONS)
public class Start {
  private static void start(EventLoop loop) {
    for (int batch = 0; batch < Work.BATCHES; batch++) {
      for (int i = 0; i < Work.BATCH; i++) {
        loop.createTask(() -> null);
      }
      Tulip.yield();
    }
    Work.check(loop.taskCount() == 1);
  }

  @Benchmark
  public void tulip(OnCarrier on) {
    on.run(() -> start(on.loop()));
  }

  @Benchmark
  public void baton(OnBaton on) {
    on.run(() -> start(on.loop()));
  }

  @Benchmark
  public void bare() {
    var bare = new Bare();
    for (int batch = 0; batch < Work.BATCHES; batch++) {
      for (int i = 0; i < Work.BATCH; i++) {
        bare.thread(() -> {}).start();
      }
      bare.runAll();
    }
  }

  @Benchmark
  @Fork(jvmArgsAppend = Work.ONE_CARRIER)
  public void jdk() throws InterruptedException {
    Work.onVirtualThread(() -> {
      var threads = new Thread[Work.BATCH];
      for (int batch = 0; batch < Work.BATCHES; batch++) {
        for (int i = 0; i < Work.BATCH; i++) {
          threads[i] = Thread.startVirtualThread(() -> {});
        }
        for (var thread : threads) {
          thread.join();
        }
      }
    });
  }

  @Benchmark
  public void kotlin() {
    Coroutines.start(Work.BATCHES, Work.BATCH);
  }
}
