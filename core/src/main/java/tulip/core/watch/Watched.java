// SPDX-License-Identifier: Apache-2.0
package tulip.core.watch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tulip.core.diagnostics.BlockReport;
import tulip.core.engine.ReadyQueue;

/// What a loop lets the watchdog see, from another thread: a moment's view of each.
public interface Watched {
  /// Who has the turn, and on which thread.
  ReadyQueue queue();

  /// Grows whenever the loop goes round or gives a turn.
  long beats();

  /// Whether a wait in foreign code suspends only the task.
  boolean suspendsForeignWaits();

  /// The task or callback that has the turn; `null` if there is neither.
  @Nullable Object running();

  /// How the loop calls itself.
  @Override
  String toString();

  /// The loop has stood still for longer than the threshold.
  void blocked(BlockReport report);

  /// It goes on.
  void unblocked(BlockReport report, Duration whole);
}
