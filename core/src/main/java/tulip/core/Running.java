// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import org.jspecify.annotations.Nullable;
import tulip.core.engine.Engine;
import tulip.core.engine.Reaper;

/// Which loop the calling code runs on.
///
/// On a thread made for a loop the thread knows, and with it every task that it carries. On any
/// other thread, and in the tasks of a loop that runs there, a thread-local does.
final class Running {
  private static final ThreadLocal<@Nullable EventLoop> LOCAL = new ThreadLocal<>();
  private static final @Nullable Engine CARRIER = Engine.carrierIfOpen();

  private Running() {}

  static @Nullable EventLoop loop() {
    var thread = CARRIER == null ? Thread.currentThread() : CARRIER.carrier();
    return thread instanceof LoopThread own ? own.loop : LOCAL.get();
  }

  /// Whether the calling code outlived its loop.
  static boolean isLate() {
    return CARRIER != null && Reaper.isCarrier(CARRIER.carrier());
  }

  static void set(@Nullable EventLoop loop) {
    if (loop == null) {
      LOCAL.remove();
    } else {
      LOCAL.set(loop);
    }
  }

  /// A platform thread made for one loop.
  static final class LoopThread extends Thread {
    final EventLoop loop;

    LoopThread(EventLoop loop, long stackSize, Runnable body) {
      super(null, body, loop.options().name() + "-loop", stackSize, false);
      this.loop = loop;
    }
  }
}
