// SPDX-License-Identifier: Apache-2.0
package tulip.core.diagnostics;

import java.time.Duration;
import java.util.List;

/// A loop stands still: something keeps the turn.
///
/// @param loop the loop, as it calls itself
/// @param running what has the turn: a task with its name, or a callback
/// @param lasted how long so far; time in which the whole process stood still does not count
/// @param verdict why, and what to do about it
/// @param stack of what has the turn, the innermost frame first
/// @param unreported how many blocks of this loop were not reported since the last report, which
///   was less than a second before them
public record BlockReport(
    String loop,
    String running,
    Duration lasted,
    BlockVerdict verdict,
    List<StackTraceElement> stack,
    int unreported) {
  /// Makes the stack unmodifiable.
  public BlockReport {
    stack = List.copyOf(stack);
  }

  /// All but the stack, in a line.
  public String message() {
    return running
        + " holds up "
        + loop
        + ", for "
        + lasted.toMillis()
        + " ms so far: it "
        + verdict.text()
        + ". "
        + verdict.advice()
        + (unreported == 0 ? "" : " (" + unreported + " blocks before this were not reported.)");
  }

  /// The line that follows when the block is over.
  ///
  /// @param whole how long it lasted
  public String endMessage(Duration whole) {
    return running + " has held up " + loop + " for " + whole.toMillis() + " ms";
  }
}
