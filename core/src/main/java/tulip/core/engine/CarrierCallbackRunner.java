// SPDX-License-Identifier: Apache-2.0
package tulip.core.engine;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Runs callbacks on a virtual thread of the loop, one switch for all that stand in a row.
///
/// On the bare thread of the loop a callback that asks for a lock can hang for ever, even when the
/// lock is free: it may have been handed to a task that waits for the very thread that the callback
/// holds up. On a virtual thread such a callback waits like a task. It is reported, a new thread
/// takes over, and the callbacks behind it overtake it: they may be what it waits for.
final class CarrierCallbackRunner implements CallbackRunner {
  private final ReadyQueue queue;
  private final Runnable enter;
  private final BiConsumer<Callback, Thread> waited;
  private @Nullable Shift shift;
  private int begun;
  private int budget;

  CarrierCallbackRunner(ReadyQueue queue, Runnable enter, BiConsumer<Callback, Thread> waited) {
    this.queue = queue;
    this.enter = enter;
    this.waited = waited;
  }

  @Override
  public int run(int budget) {
    this.begun = 0;
    this.budget = budget;
    var worker = shift;
    if (worker == null) {
      worker = new Shift();
      shift = worker;
    }
    worker.fiber.runNow();
    var callback = worker.callback;
    if (callback != null) {
      shift = null;
      waited.accept(callback, worker.fiber.thread());
    }
    return begun;
  }

  @Override
  public @Nullable Callback running() {
    var worker = shift;
    return worker == null ? null : worker.callback;
  }

  /// One virtual thread's time as the runner: until a callback of its waits.
  private final class Shift implements Runnable {
    final CarrierFiber fiber = new CarrierFiber(queue, "tulip-callbacks", this);
    @Nullable Callback callback;

    @Override
    public void run() {
      enter.run();
      while (shift == this) {
        while (shift == this && begun < budget && queue.peek() instanceof Callback next) {
          queue.poll();
          next.release();
          begun++;
          callback = next;
          next.run();
          callback = null;
        }
        if (shift == this) {
          fiber.suspend();
        }
      }
    }
  }
}
