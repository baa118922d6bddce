// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tulip.core.engine.Fiber;

/// One daemon thread that looks after all running loops, and breaks waits that would hold one up
/// for ever.
///
/// It goes by the heartbeat, the count of turns: the state of the loop's thread says nothing, since
/// a pinned thread may look runnable. When a loop has not given a turn between two looks it looks
/// at the stack of the task that has it. A task that waits inside Tulip and whose thread is parked
/// on its carrier is pinned; interrupting it makes the wait throw.
final class Watchdog extends Thread {
  private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(100);
  private static final Map<EventLoop, Watch> LOOPS = new ConcurrentHashMap<>();
  private static final Watchdog THREAD = new Watchdog();

  static {
    THREAD.start();
  }

  /// What was seen of a loop the last time.
  private static final class Watch {
    long turns = -1;
  }

  private Watchdog() {
    super(null, null, "tulip-watchdog", 0, false);
    setDaemon(true);
  }

  /// The loop runs from now on, on the calling thread.
  static void watch(EventLoop loop) {
    if (loop.canPin()) {
      LOOPS.put(loop, new Watch());
      LockSupport.unpark(THREAD);
    }
  }

  /// The loop runs no more.
  static void leave(EventLoop loop) {
    LOOPS.remove(loop);
  }

  @Override
  public void run() {
    while (true) {
      if (LOOPS.isEmpty()) {
        LockSupport.park(this);
      }
      LockSupport.parkNanos(this, PERIOD);
      try {
        LOOPS.forEach(Watchdog::look);
      } catch (Throwable t) {
        // no memory for a stack trace: the next look may find some
      }
    }
  }

  private static void look(EventLoop loop, Watch watch) {
    long turns = loop.queue.turns();
    var fiber = loop.queue.mounted();
    if (fiber != null && turns == watch.turns) {
      breakIfPinned(fiber);
    }
    watch.turns = turns;
  }

  private static void breakIfPinned(Fiber fiber) {
    int wait = fiber.waits();
    var frames = fiber.thread().getStackTrace();
    if (fiber.isSuspended() && isParkedOnCarrier(frames)) {
      fiber.breakPinnedWait(wait, frames);
    }
  }

  private static boolean isParkedOnCarrier(StackTraceElement[] frames) {
    for (int i = 0; i < Math.min(4, frames.length); i++) {
      if (frames[i].getMethodName().equals("parkOnCarrierThread")) {
        return true;
      }
    }
    return false;
  }
}
