// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// The JDK's own queue with one thread, for callbacks.
@State(Scope.Benchmark)
public class OnExecutor {
  private final ExecutorService executor = Executors.newSingleThreadExecutor();

  /// Starts something on the thread, and waits until it says that it is done.
  void run(Invocation invocation) throws InterruptedException {
    var done = new CountDownLatch(1);
    executor.execute(() -> invocation.run(executor, done));
    done.await();
  }

  ExecutorService executor() {
    return executor;
  }

  /// Ends the thread.
  @TearDown
  public void close() {
    executor.close();
  }

  /// What a benchmark does on the thread.
  @FunctionalInterface
  interface Invocation {
    void run(ExecutorService executor, CountDownLatch done);
  }
}
