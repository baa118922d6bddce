// SPDX-License-Identifier: Apache-2.0
package tulip.core.watch;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.diagnostics.BlockReport;
import tulip.core.engine.Fiber;

/// What the watchdog knows of one loop.
///
/// It goes by the heartbeat: the state of the loop's thread says nothing, since a pinned thread may
/// look runnable. When the loop is awake and its heart has not beaten for the threshold, the stack
/// of what has the turn is taken and reported, once; when it beats again, that is told too.
///
/// It counts the time between its own looks, but not more than twice what was meant: when the whole
/// process stands still, or gets no processor, no loop is to blame.
///
/// A task that waits inside Tulip while its thread is parked on its carrier is pinned, and would
/// hold up the loop for ever; interrupting it makes the wait throw.
public final class Watch {
  static final long LONGEST_PERIOD = MILLISECONDS.toNanos(50);
  private static final long SHORTEST_PERIOD = MILLISECONDS.toNanos(1);
  private static final long PIN_PATIENCE = MILLISECONDS.toNanos(100);
  private static final long QUIET = SECONDS.toNanos(1);

  private final Watched loop;
  private final long threshold;
  private final long period;

  private long looked;
  private long beats = -1;
  private @Nullable Object running;
  private long age;
  private long sinceReport = QUIET;
  private int unreported;
  private @Nullable BlockReport report;

  /// A loop that may stand still for so long; zero for any time.
  public Watch(Watched loop, Duration threshold) {
    this.loop = loop;
    this.threshold = threshold.isZero() ? Long.MAX_VALUE : threshold.toNanos();
    period = Math.clamp(this.threshold / 4, SHORTEST_PERIOD, LONGEST_PERIOD);
  }

  Watched loop() {
    return loop;
  }

  /// How many nanoseconds there should be between two looks.
  long period() {
    return period;
  }

  /// Looks at the loop.
  ///
  /// @param now of a clock in nanoseconds, always the same one
  /// @return whether the loop runs
  public boolean look(long now) {
    long passed = Math.clamp(now - looked, 0, 2 * period);
    looked = now;
    sinceReport = Math.min(QUIET, sinceReport + passed);
    var queue = loop.queue();
    boolean runs = queue.owner() != null;
    if (hasMoved() || !runs || queue.isAsleep()) {
      goesOn();
    } else {
      age += passed;
      standsStill(queue.mounted());
    }
    return runs;
  }

  /// The callbacks of a row share a turn: each is a move too.
  @SuppressWarnings("ReferenceEquality") // an equal one is another one
  private boolean hasMoved() {
    return loop.beats() != beats || loop.running() != running;
  }

  private void goesOn() {
    beats = loop.beats();
    running = loop.running();
    var told = report;
    long whole = age;
    age = 0;
    report = null;
    if (told != null) {
      loop.unblocked(told, Duration.ofNanos(whole));
    } else if (whole >= threshold) {
      unreported++;
    }
  }

  private void standsStill(@Nullable Fiber fiber) {
    if (fiber != null && fiber.isSuspended()) {
      if (age >= PIN_PATIENCE) {
        breakPinnedWait(fiber);
      }
    } else if (report == null && age >= threshold && sinceReport >= QUIET) {
      report(fiber);
    }
  }

  private static void breakPinnedWait(Fiber fiber) {
    int wait = fiber.waits();
    var frames = fiber.thread().getStackTrace();
    if (Diagnosis.isParkedOnCarrier(frames)) {
      fiber.breakPinnedWait(wait, frames);
    }
  }

  private void report(@Nullable Fiber fiber) {
    var thread = fiber == null ? loop.queue().owner() : fiber.thread();
    if (thread == null) {
      return;
    }
    var state = thread.getState();
    var stack = List.of(thread.getStackTrace());
    if (hasMoved() || stack.isEmpty()) {
      return; // it has just gone on
    }
    var verdict =
        new Diagnosis(thread, state, stack).verdict(fiber != null && loop.suspendsForeignWaits());
    var found =
        new BlockReport(loop.toString(), name(), Duration.ofNanos(age), verdict, stack, unreported);
    report = found;
    unreported = 0;
    sinceReport = 0;
    loop.blocked(found);
  }

  private String name() {
    return running == null ? "what is neither task nor callback" : running.toString();
  }
}
