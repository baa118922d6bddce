// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import tulip.testing.TulipTest.Leak;

/// Finds the platform threads that were started in the meantime and run still, and what threads
/// died of. One at a time in a JVM.
final class ThreadWatch implements UncaughtExceptionHandler {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /// Threads that the JDK, JUnit and Tulip share in a JVM, started when they are first needed.
  private static final List<String> SHARED =
      List.of("ForkJoinPool.commonPool-", "junit-", "tulip-idle", "tulip-reaper", "tulip-watchdog");

  /// Thread groups of the JDK's own; those who run in them are the JVM's.
  private static final Set<String> JDK_GROUPS =
      Set.of(
          "system", "CarrierThreads", "InnocuousThreadGroup", "InnocuousForkJoinWorkerThreadGroup");

  private final Set<Thread> before = Thread.getAllStackTraces().keySet();
  private final @Nullable UncaughtExceptionHandler handlerBefore =
      Thread.getDefaultUncaughtExceptionHandler();
  private final Queue<Leftover> deaths = new ConcurrentLinkedQueue<>();

  private ThreadWatch() {}

  /// Begins to watch.
  static ThreadWatch begin() {
    var watch = new ThreadWatch();
    Thread.setDefaultUncaughtExceptionHandler(watch);
    return watch;
  }

  @Override
  public void uncaughtException(Thread thread, Throwable problem) {
    var what = "an error that nobody caught in thread \"" + thread.getName() + "\": " + problem;
    deaths.add(new Leftover(Leak.ERROR, what, problem));
  }

  /// Ends the watch, when new threads have had a second to end.
  List<Leftover> end() {
    var found = new ArrayList<Leftover>();
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (var thread : Thread.getAllStackTraces().keySet()) {
      if (isNew(thread) && !endsUntil(thread, end)) {
        found.add(of(thread));
      }
    }
    if (Thread.getDefaultUncaughtExceptionHandler() == this) {
      Thread.setDefaultUncaughtExceptionHandler(handlerBefore);
    }
    found.addAll(deaths);
    return found;
  }

  private boolean isNew(Thread thread) {
    var group = thread.getThreadGroup();
    return !before.contains(thread)
        && SHARED.stream().noneMatch(thread.getName()::startsWith)
        && group != null
        && !JDK_GROUPS.contains(group.getName());
  }

  private static boolean endsUntil(Thread thread, long end) {
    try {
      long left = Math.max(1, end - System.nanoTime());
      return thread.join(Duration.ofNanos(left));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !thread.isAlive();
    }
  }

  private static Leftover of(Thread thread) {
    var name = "thread \"" + thread.getName() + "\"";
    var frames = thread.getStackTrace();
    var here = frames.length == 0 ? "" : " at " + frames[0];
    return new Leftover(
        Leak.THREAD,
        name + ", which runs still" + here,
        new Leftover.Trace(name + " is here", frames));
  }
}
