// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

/// How much one invocation of a benchmark does, so that its own cost does not count.
final class Work {
  /// So many are under way at once.
  static final int BATCH = 1_000;

  static final int BATCHES = 100;
  static final int OPERATIONS = BATCHES * BATCH;

  /// For what takes microseconds.
  static final int SLOW_OPERATIONS = 2_000;

  /// Plain virtual threads have one carrier, as everybody else here has one thread.
  static final String ONE_CARRIER = "-Djdk.virtualThreadScheduler.parallelism=1";

  private Work() {}

  /// Runs a body on a plain virtual thread, which its own threads share a carrier with.
  static void onVirtualThread(Body body) throws InterruptedException {
    start(body).join();
  }

  /// Starts a plain virtual thread.
  static Thread start(Body body) {
    return Thread.startVirtualThread(() -> {
      try {
        body.run();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  static void check(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("the benchmark did not do what it was to do");
    }
  }

  /// What a benchmark does on a virtual thread.
  @FunctionalInterface
  interface Body {
    void run() throws InterruptedException;
  }
}
