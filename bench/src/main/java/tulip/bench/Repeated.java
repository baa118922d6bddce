// SPDX-License-Identifier: Apache-2.0
package tulip.bench;

import java.util.concurrent.TimeUnit;

/// Measures what a client does again and again, in a process of its own, and prints its figures.
///
/// @param peer who is measured
/// @param which the case
public record Repeated(String peer, String which) {
  private static final int ROUNDS = 3;
  private static final int FIRST = 2_000;

  /// What is done so often.
  public interface Operation {
    /// Does it.
    void run(int count) throws Exception;
  }

  /// Does it so often that a round takes the time that it should, after twice that to warm up.
  public void measure(double seconds, Operation operation) throws Exception {
    int count = FIRST;
    for (double spent = 0; spent < 2 * seconds; ) {
      var stopwatch = new Stopwatch();
      operation.run(count);
      double once = stopwatch.wall(count) / TimeUnit.SECONDS.toNanos(1);
      spent += once * count;
      count = 1_000 * Math.clamp((long) (seconds / once / 1_000), 1, count / 100);
    }
    measureRounds(count, operation);
  }

  /// Does it so often in each round, and once to warm up.
  public void measureAll(int count, Operation operation) throws Exception {
    operation.run(count);
    measureRounds(count, operation);
  }

  private void measureRounds(int count, Operation operation) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      var stopwatch = new Stopwatch();
      operation.run(count);
      System.out.println(stopwatch.figure(peer, which, count).toJson());
    }
  }
}
