// SPDX-License-Identifier: Apache-2.0
package tulip.core.watch;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Ways to hold up a loop until [#release]. Not in the loop's own package, whose frames no verdict
/// names.
public final class Blocker {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);
  private volatile @Nullable Thread waiting;

  public void compute() {
    begun.countDown();
    while (gate.getCount() > 0) {
      Thread.onSpinWait();
    }
  }

  public void waitOutside() throws InterruptedException {
    waiting = Thread.currentThread();
    begun.countDown();
    gate.await();
  }

  /// Waits until the loop is held up.
  public void awaitBegin() throws InterruptedException {
    begun.await();
    var thread = waiting;
    while (thread != null && thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  public void release() {
    gate.countDown();
  }
}
