// SPDX-License-Identifier: Apache-2.0
package tulip.core.engine;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A way to give virtual threads the turn.
public interface Engine {
  /// `carrier` or `baton`.
  String name();

  /// A new fiber, not yet started.
  ///
  /// @param name the thread's name, empty for none
  Fiber fiber(ReadyQueue queue, String name, Runnable body);

  /// What runs a loop's callbacks.
  ///
  /// @param enter called in each virtual thread that will run callbacks, before the first
  /// @param waited told of a callback that waited in foreign code, and of its thread; the callbacks
  ///   behind it go on without it
  CallbackRunner callbackRunner(
      ReadyQueue queue, Runnable enter, BiConsumer<Callback, Thread> waited);

  /// Whether a loop may run on this thread.
  boolean canOwn(Thread thread);

  /// Whether a wait in foreign code holds up the whole loop.
  boolean blocksOutside();

  /// The loop's thread under the calling virtual thread, or the calling thread itself.
  Thread carrier();

  /// The carrier engine if this JVM lets us have it.
  ///
  /// @return `null` when it does not; [CarrierEngine#whyNot] says why
  static @Nullable Engine carrierIfOpen() {
    return CarrierEngine.INSTANCE;
  }

  /// The engine that works everywhere.
  static Engine baton() {
    return BatonEngine.INSTANCE;
  }
}
