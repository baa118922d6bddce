// SPDX-License-Identifier: Apache-2.0
package tulip.core.engine;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Mounts tasks on the loop's own thread.
///
/// The JDK has a constructor of virtual threads that takes a scheduler, an `Executor`, but does not
/// export it: `--add-opens java.base/java.lang=tulip.core` does. Every fiber is the scheduler of
/// its own thread, so that the loop knows who wakes and why, also after waits in foreign code.
public final class CarrierEngine implements Engine {
  private static final @Nullable String WHY_NOT =
      CarrierAccess.PROBLEM == null ? CarrierProbe.complaint() : CarrierAccess.PROBLEM;

  static final @Nullable Engine INSTANCE = WHY_NOT == null ? new CarrierEngine() : null;

  private CarrierEngine() {}

  /// Why [Engine#carrierIfOpen] is `null`, in words for a log; `null` when it is not.
  public static @Nullable String whyNot() {
    return WHY_NOT;
  }

  @Override
  public String name() {
    return "carrier";
  }

  @Override
  public Fiber fiber(ReadyQueue queue, String name, Runnable body) {
    return new CarrierFiber(queue, name, body);
  }

  @Override
  public CallbackRunner callbackRunner(
      ReadyQueue queue, Runnable enter, BiConsumer<Callback, Thread> waited) {
    return new CarrierCallbackRunner(queue, enter, waited);
  }

  @Override
  public boolean canOwn(Thread thread) {
    return !thread.isVirtual();
  }

  @Override
  public boolean blocksOutside() {
    return false;
  }

  @Override
  public Thread carrier() {
    return CarrierAccess.currentCarrier();
  }
}
