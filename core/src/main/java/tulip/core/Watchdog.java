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
/// on its carrier is pinned; interrupting it makes the wait throw. One that is pinned in foreign
/// code cannot be helped, and is reported after a second.
final class Watchdog extends Thread {
  private static final System.Logger LOG = System.getLogger("tulip");

  /// So many looks after which a loop that is held up by foreign code is reported, once.
  private static final int PATIENCE = 10;

  private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(100);
  private static final Map<EventLoop, Watch> LOOPS = new ConcurrentHashMap<>();
  private static final Watchdog THREAD = new Watchdog();

  static {
    THREAD.start();
  }

  /// What was seen of a loop the last time.
  private static final class Watch {
    long turns = -1;
    int looks;
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
      watch.looks++;
      lookAt(fiber, loop, watch);
    } else {
      watch.looks = 0;
    }
    watch.turns = turns;
  }

  private static void lookAt(Fiber fiber, EventLoop loop, Watch watch) {
    int wait = fiber.waits();
    var frames = fiber.thread().getStackTrace();
    if (!isParkedOnCarrier(frames)) {
      return;
    }
    if (fiber.isSuspended()) {
      fiber.breakPinnedWait(wait, frames);
    } else if (watch.looks == PATIENCE) {
      report(fiber, loop, frames);
    }
  }

  /// A wait that is not Tulip's cannot be broken from outside: a lock is not interruptible.
  private static void report(Fiber fiber, EventLoop loop, StackTraceElement[] frames) {
    var here = new Throwable("it waits here");
    here.setStackTrace(frames);
    LOG.log(
        System.Logger.Level.ERROR,
        fiber.body()
            + " holds up "
            + loop
            + ": it waits in foreign code below a class initialiser or a native frame, which keep its"
            + " thread from leaving the loop",
        here);
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
