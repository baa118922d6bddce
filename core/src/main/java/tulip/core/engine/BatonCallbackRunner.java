// SPDX-License-Identifier: Apache-2.0
package tulip.core.engine;

import org.jspecify.annotations.Nullable;

/// Runs callbacks on the loop's own thread.
///
/// A virtual thread of their own would keep the turn just as long while one waits.
final class BatonCallbackRunner implements CallbackRunner {
  private final ReadyQueue queue;
  private @Nullable Callback running;

  BatonCallbackRunner(ReadyQueue queue) {
    this.queue = queue;
  }

  @Override
  public int run(int budget) {
    int begun = 0;
    while (begun < budget && queue.peek() instanceof Callback next) {
      queue.poll();
      next.release();
      begun++;
      running = next;
      next.run();
    }
    running = null;
    return begun;
  }

  @Override
  public @Nullable Callback running() {
    return running;
  }
}
