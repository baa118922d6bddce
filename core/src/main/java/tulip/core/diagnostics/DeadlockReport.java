// SPDX-License-Identifier: Apache-2.0
package tulip.core.diagnostics;

import java.util.ArrayList;
import java.util.List;

/// Whether the tasks of a loop could ever go on.
///
/// @param verdict in one word
/// @param outside what of the outside world is waited for, in words
/// @param awaits who waits for whom, with the cycles; a loop that is alive may have some too
/// @param loop what was seen of the loop
public record DeadlockReport(
    Verdict verdict, List<String> outside, AwaitGraph awaits, LoopSnapshot loop) {
  /// Whether tasks could ever go on.
  public enum Verdict {
    /// Nothing on the loop can wake any of its tasks: none is ready, no timer runs, no channel is
    /// watched, no job is under way, nobody waits in foreign code or says that he waits for the
    /// outside world. Another thread that knows the loop still could, unseen until it does.
    DEADLOCKED,
    /// The tasks wait for the outside world.
    OUTSIDE,
    /// Something is ready, or will be in time; or there is nobody who waits.
    ALIVE
  }

  /// Copies the list.
  public DeadlockReport {
    outside = List.copyOf(outside);
  }

  static DeadlockReport of(LoopSnapshot loop) {
    var outside = outside(loop);
    return new DeadlockReport(verdict(loop, outside), outside, loop.awaits(), loop);
  }

  private static Verdict verdict(LoopSnapshot loop, List<String> outside) {
    var sources = loop.sources();
    if (!loop.answered() || loop.tasks().isEmpty() || sources.ready() + sources.timers() > 0) {
      return Verdict.ALIVE;
    }
    return outside.isEmpty() ? Verdict.DEADLOCKED : Verdict.OUTSIDE;
  }

  private static List<String> outside(LoopSnapshot loop) {
    var outside = new ArrayList<String>();
    var sources = loop.sources();
    if (sources.channels()) {
      outside.add("channels that are watched");
    }
    if (sources.jobs() > 0) {
      outside.add("jobs in executors: " + sources.jobs());
    }
    if (sources.foreign() > 0) {
      outside.add("waits in foreign code: " + sources.foreign());
    }
    for (var task : loop.tasks()) {
      if (task.waitsFor() != null && task.waitsFor().waker() == Waker.OUTSIDE) {
        outside.add(task.toString());
      }
    }
    return outside;
  }

  /// The verdict with its reasons, the cycles, and the tasks with their stacks.
  @Override
  public String toString() {
    return headline() + "\n" + awaits.cyclesAsText() + loop;
  }

  private String headline() {
    return switch (verdict) {
      case DEADLOCKED ->
          "deadlocked unless another thread helps: nothing is ready, no timer runs, no channel is"
              + " watched, no job is under way";
      case OUTSIDE -> "waits for the outside world: " + String.join("; ", outside);
      case ALIVE -> "alive: " + reasonForLife();
    };
  }

  private String reasonForLife() {
    var sources = loop.sources();
    if (!loop.answered()) {
      return "it does not answer, so it is busy or does not run";
    }
    if (sources.ready() > 0) {
      return sources.ready() + " ready";
    }
    return sources.timers() > 0 ? sources.timers() + " timers" : "nobody waits";
  }
}
