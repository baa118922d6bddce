// SPDX-License-Identifier: Apache-2.0
package tulip.core.watch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// One daemon thread that looks after all running loops: four times in the shortest of their
/// thresholds, and not at all while no loop runs.
public final class Watchdog extends Thread {
  private static final Map<Watched, Watch> LOOPS = new ConcurrentHashMap<>();
  private static final Watchdog THREAD = new Watchdog();

  private static volatile boolean idle;

  static {
    THREAD.start();
  }

  private Watchdog() {
    super(null, null, "tulip-watchdog", 0, false);
    setDaemon(true);
  }

  /// The loop runs from now on. It is forgotten when it has ceased to.
  public static void watch(Watch watch) {
    LOOPS.put(watch.loop(), watch);
    if (idle) {
      LockSupport.unpark(THREAD);
    }
  }

  @Override
  public void run() {
    while (true) {
      idle = true;
      if (LOOPS.isEmpty()) {
        LockSupport.park(this);
      }
      idle = false;
      try {
        LockSupport.parkNanos(this, period());
        LOOPS.values().forEach(Watchdog::look);
      } catch (Throwable t) {
        LockSupport.parkNanos(this, Watch.LONGEST_PERIOD); // no memory: there may be some then
      }
    }
  }

  private static long period() {
    long period = Watch.LONGEST_PERIOD;
    for (var watch : LOOPS.values()) {
      period = Math.min(period, watch.period());
    }
    return period;
  }

  private static void look(Watch watch) {
    if (!watch.look(System.nanoTime())) {
      LOOPS.computeIfPresent(
          watch.loop(), (loop, same) -> loop.queue().owner() == null ? null : same);
    }
  }
}
