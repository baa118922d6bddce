// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tulip.core.spi.OsSignal;

/// Ctrl-C while main tasks run: the first cancels them, the second ends the process.
///
/// Only the JVM's own way of dealing with it is replaced, and given back when no main task runs any
/// more; a handler that somebody else has installed stays.
final class Interrupts implements AutoCloseable {
  /// What a shell expects of a process that Ctrl-C has ended.
  static final int EXIT_CODE = 130;

  /// How long a loop may take to say what its tasks do before the process ends.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final List<Interrupts> ACTIVE = new ArrayList<>();
  private static final @Nullable OsSignal SIGINT = OsSignal.of("INT");

  private static @Nullable Object before;

  private final EventLoop loop;
  private final MainTask<?> main;
  private volatile boolean fired;

  private Interrupts(EventLoop loop, MainTask<?> main) {
    this.loop = loop;
    this.main = main;
  }

  /// Watches for Ctrl-C until closed, if the loop's options allow it.
  static Interrupts whileRunning(EventLoop loop, MainTask<?> main) {
    var interrupts = new Interrupts(loop, main);
    if (loop.options().interruptible()) {
      LOCK.lock();
      try {
        if (ACTIVE.isEmpty() && SIGINT != null) {
          before = SIGINT.takeFromJvm(Interrupts::interrupted);
        }
        ACTIVE.add(interrupts);
      } finally {
        LOCK.unlock();
      }
    }
    return interrupts;
  }

  private static void interrupted() {
    List<Interrupts> active;
    LOCK.lock();
    try {
      active = List.copyOf(ACTIVE);
    } finally {
      LOCK.unlock();
    }
    if (active.stream().anyMatch(interrupts -> interrupts.fired)) {
      active.forEach(interrupts -> System.err.println(interrupts.loop.snapshot(PATIENCE)));
      Runtime.getRuntime().halt(EXIT_CODE);
    }
    for (var interrupts : active) {
      interrupts.fired = true;
      interrupts.main.cancel("interrupted by Ctrl-C");
    }
  }

  /// Whether Ctrl-C was pressed.
  boolean fired() {
    return fired;
  }

  @Override
  public void close() {
    LOCK.lock();
    try {
      if (ACTIVE.remove(this) && ACTIVE.isEmpty() && SIGINT != null && before != null) {
        SIGINT.restore(before);
        before = null;
      }
    } finally {
      LOCK.unlock();
    }
  }
}
