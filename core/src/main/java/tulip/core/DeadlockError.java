// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import tulip.core.diagnostics.DeadlockReport;

/// The main task waited, and nothing on its loop could ever have ended that.
///
/// The message is the text of the [#report]: who waited for whom. Thrown by [Runner#run] and
/// [Tulip#run] if [LoopOptions#deadlocks] says so; it does when the clock is virtual and nothing
/// else is said.
public final class DeadlockError extends Error {
  private static final long serialVersionUID = 1;

  private final transient DeadlockReport report;

  DeadlockError(DeadlockReport report) {
    super(report.toString());
    this.report = report;
  }

  /// What was seen of the loop.
  public DeadlockReport report() {
    return report;
  }
}
