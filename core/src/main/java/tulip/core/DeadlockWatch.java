// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tulip.core.diagnostics.DeadlockReport;
import tulip.core.diagnostics.DeadlockReport.Verdict;

/// Notices that a main task waits for ever, and does what the [DeadlockPolicy] says.
///
/// The loop asks before it sleeps with nothing to wait for but other threads. Such a sleep is cut
/// after the policy's patience, and if nothing has happened a callback takes a close look, once
/// between two turns.
final class DeadlockWatch {
  private final EventLoop loop;
  private final DeadlockPolicy policy;
  private @Nullable Consumer<DeadlockError> main;
  private boolean helped;
  private long lookedAt = -1;
  private long asleepSince;

  DeadlockWatch(EventLoop loop, DeadlockPolicy policy) {
    this.loop = loop;
    this.policy = policy;
  }

  /// A main task begins. On the loop.
  ///
  /// @param failing whom to give the error
  void begin(Consumer<DeadlockError> failing) {
    main = policy.reaction() == DeadlockPolicy.Reaction.IGNORE ? null : failing;
    helped = false;
  }

  /// The main task has ended. On the loop.
  void end() {
    main = null;
  }

  /// Another thread calls the loop, and may do so again. Any thread; seen with its call.
  void helped() {
    helped = true;
  }

  /// How many nanoseconds the loop may sleep before [#slept] wants to know.
  long patience() {
    if (main == null || helped || loop.queue.turns() == lookedAt) {
      return Long.MAX_VALUE;
    }
    asleepSince = System.nanoTime();
    return Math.max(1, TimeUnit.NANOSECONDS.convert(policy.patience()));
  }

  /// The sleep that [#patience] has allowed is over and nothing has happened.
  void slept() {
    if (System.nanoTime() - asleepSince >= TimeUnit.NANOSECONDS.convert(policy.patience())) {
      loop.callSoon(this::look);
    }
  }

  private void look() {
    lookedAt = loop.queue.turns();
    var failing = main;
    if (failing == null || helped) {
      return;
    }
    var report = loop.snapshot().deadlocks();
    if (report.verdict() == Verdict.DEADLOCKED) {
      main = null;
      tell(report, failing);
    }
  }

  private void tell(DeadlockReport report, Consumer<DeadlockError> failing) {
    if (policy.reaction() == DeadlockPolicy.Reaction.FAIL) {
      failing.accept(new DeadlockError(report));
    } else {
      loop.errors.report(report.toString(), null, loop);
    }
  }
}
