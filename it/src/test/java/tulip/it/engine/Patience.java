// SPDX-License-Identifier: Apache-2.0
package tulip.it.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits from outside of loops, which fail when they take too long.
final class Patience {
  private static final long SECONDS = 20;

  private Patience() {}

  /// Looks again and again until something is so.
  static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        fail("not so after " + SECONDS + " s");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  static void join(Thread thread) throws InterruptedException {
    assertTrue(thread.join(java.time.Duration.ofSeconds(SECONDS)), () -> thread + " did not end");
  }

  static void await(CountDownLatch latch) throws InterruptedException {
    assertTrue(latch.await(SECONDS, TimeUnit.SECONDS), "nobody opened the latch");
  }

  static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
    var item = queue.poll(SECONDS, TimeUnit.SECONDS);
    if (item == null) {
      throw new AssertionError("nothing came");
    }
    return item;
  }

  /// Keeps the processor busy, and the turn.
  static void burn(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
