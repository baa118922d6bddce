// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A piece of a test, which one thread sends and another runs.
final class Piece {
  private final TestLoop.Code code;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  Piece(TestLoop.Code code) {
    this.code = code;
  }

  void run() {
    try {
      code.run();
    } catch (Throwable t) {
      failure.compareAndSet(null, t);
    }
  }

  /// Says that the piece has run.
  void tellEnd() {
    ended.countDown();
  }

  /// Says that the piece will not run to its end.
  void end(Throwable problem) {
    failure.compareAndSet(null, problem);
    tellEnd();
  }

  void await() throws InterruptedException {
    ended.await();
  }

  boolean await(Duration limit) throws InterruptedException {
    return ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  void throwFailure() throws Throwable {
    var problem = failure.get();
    if (problem != null) {
      throw problem;
    }
  }
}
