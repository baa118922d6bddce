// SPDX-License-Identifier: Apache-2.0
package tulip.core.engine;

import java.util.function.BiConsumer;

/// Hands the turn to a task's thread and waits until it comes back: public API only.
///
/// A task that waits in foreign code keeps the turn, so the whole loop waits with it.
final class BatonEngine implements Engine {
  static final Engine INSTANCE = new BatonEngine();

  private BatonEngine() {}

  @Override
  public String name() {
    return "baton";
  }

  @Override
  public Fiber fiber(ReadyQueue queue, String name, Runnable body) {
    return new BatonFiber(queue, name, body);
  }

  @Override
  public CallbackRunner callbackRunner(
      ReadyQueue queue, Runnable enter, BiConsumer<Callback, Thread> waited) {
    return new BatonCallbackRunner(queue);
  }

  @Override
  public boolean canOwn(Thread thread) {
    return true;
  }

  @Override
  public boolean blocksOutside() {
    return true;
  }

  @Override
  public Thread carrier() {
    return Thread.currentThread();
  }
}
