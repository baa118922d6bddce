// SPDX-License-Identifier: Apache-2.0
package tulip.core.diagnostics;

import java.util.List;

/// A loop and its tasks at a moment: consistent, since it is taken between two turns or by the one
/// who has the turn.
///
/// A loop that did not answer another thread in time is busy, or does not run. Then nobody may look
/// into its lists, and all that is told is who has the turn and where: that is a look from outside
/// and may be outdated by the time it is read.
///
/// @param loop the loop's name and engine
/// @param answered whether the loop itself has looked; if not, there is no more than the task that
///   has the turn, without its scopes and waits
/// @param tasks those that had not ended, the oldest first
/// @param tree the same tasks below the scopes in which they were started
/// @param sources what could wake the loop
/// @param stack where the loop's thread was if the loop did not answer and no task had the turn;
///   else empty
public record LoopSnapshot(
    String loop,
    boolean answered,
    List<TaskSnapshot> tasks,
    TaskTree tree,
    WakeSources sources,
    List<StackTraceElement> stack) {
  private static final int TASKS = 50;

  /// Copies the lists.
  public LoopSnapshot {
    tasks = List.copyOf(tasks);
    stack = List.copyOf(stack);
  }

  /// Who waited for whom.
  public AwaitGraph awaits() {
    return AwaitGraph.of(tasks);
  }

  /// Whether the tasks could ever go on.
  public DeadlockReport deadlocks() {
    return DeadlockReport.of(this);
  }

  /// The first fifty tasks, each with its stack.
  @Override
  public String toString() {
    var text = new StringBuilder(loop);
    text.append(answered ? ", " + tasks.size() + " tasks:" : " does not answer; it is here:");
    for (var task : tasks.subList(0, Math.min(TASKS, tasks.size()))) {
      text.append("\n  ").append(task.details());
    }
    TaskSnapshot.append(text, stack, "\n    at ");
    if (tasks.size() > TASKS) {
      text.append("\n  and ").append(tasks.size() - TASKS).append(" more");
    }
    return text.append('\n').toString();
  }
}
