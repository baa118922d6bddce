// SPDX-License-Identifier: Apache-2.0
package tulip.core.engine;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One daemon thread that ends what outlived its loop.
///
/// A task that sat in foreign code (a socket read, a lock) when its loop was closed wakes some day.
/// It must unwind then, so that its `finally` blocks run: any platform thread may run its
/// continuation, and this one does. Every Tulip wait throws there.
public final class Reaper extends Thread {
  private static final AtomicReference<@Nullable Ready> LATE = new AtomicReference<>();
  private static final Reaper THREAD = new Reaper();

  static {
    THREAD.start();
  }

  private Reaper() {
    super(null, null, "tulip-reaper", 0, false);
    setDaemon(true);
  }

  /// Whether the calling code runs on the reaper's thread, be it in a virtual thread or not.
  public static boolean isCarrier(Thread carrier) {
    return carrier == THREAD;
  }

  /// Has the thread running before anybody needs it: a waker must not have to start it.
  static void ensureStarted() {
    // the class initialiser has done it
  }

  static void take(Ready late) {
    Ready top;
    do {
      top = LATE.get();
      late.next = top;
    } while (!LATE.compareAndSet(top, late));
    LockSupport.unpark(THREAD);
  }

  @Override
  public void run() {
    while (true) {
      var late = LATE.getAndSet(null);
      if (late == null) {
        LockSupport.park(this);
      }
      while (late != null) {
        var below = late.next;
        reap(late);
        late = below;
      }
    }
  }

  private static void reap(Ready late) {
    try {
      late.reap();
    } catch (Throwable t) {
      System.getLogger("tulip").log(System.Logger.Level.ERROR, "after its loop was closed", t);
    }
  }
}
