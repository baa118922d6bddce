// SPDX-License-Identifier: Apache-2.0
package tulip.core.watch;

import java.util.concurrent.CountDownLatch;

/// Ways to hold up a loop until [#release]. Not in the loop's own package, whose frames no verdict
/// names.
public final class Blocker {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);

  public void compute() {
    begun.countDown();
    while (gate.getCount() > 0) {
      Thread.onSpinWait();
    }
  }

  public void waitOutside() throws InterruptedException {
    begun.countDown();
    gate.await();
  }

  public void awaitBegin() throws InterruptedException {
    begun.await();
  }

  public void release() {
    gate.countDown();
  }
}
