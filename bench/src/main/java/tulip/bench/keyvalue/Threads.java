// SPDX-License-Identifier: Apache-2.0
package tulip.bench.keyvalue;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/// Virtual threads for clients that block.
final class Threads {
  private Threads() {}

  /// Runs something on each of so many threads, and waits for all.
  static void run(int threads, Callable<?> each) throws InterruptedException, ExecutionException {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = IntStream.range(0, threads).mapToObj(_ -> executor.submit(each)).toList();
      for (var one : running) {
        one.get();
      }
    }
  }

  /// Runs something so often, by as many threads as [Operations#WIDTH] says.
  static void gets(int count, Callable<?> get) throws InterruptedException, ExecutionException {
    run(
        Operations.WIDTH,
        () -> {
          for (int i = 0; i < count / Operations.WIDTH; i++) {
            get.call();
          }
          return null;
        });
  }
}
