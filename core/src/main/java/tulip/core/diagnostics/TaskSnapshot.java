// SPDX-License-Identifier: Apache-2.0
package tulip.core.diagnostics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A task at a moment.
///
/// @param task which one
/// @param state what it did
/// @param waitsFor what it waited for when it was [State#WAITING], else `null`
/// @param scopes the scopes that it was in, the innermost first; the last one is that of the whole
///   task
/// @param parent the task in one of whose scopes or groups it was started; `null` if in none
/// @param children the tasks that were started in its scopes and groups, the oldest first
/// @param stack where it was, the innermost call first, without the calls by which Tulip suspends
///   and runs a task; empty before its first turn, and for tasks after the first 200 of a snapshot
/// @param created in debug mode where it was created, then where its creator was, and so on, up to
///   ten; else empty
public record TaskSnapshot(
    TaskRef task,
    State state,
    @Nullable WaitSnapshot waitsFor,
    List<ScopeSnapshot> scopes,
    @Nullable TaskRef parent,
    List<TaskRef> children,
    List<StackTraceElement> stack,
    List<Creation> created)
    implements TaskTree.Node {
  private static final int FRAMES = 12;

  /// What a task does.
  public enum State {
    /// It stands in the queue for its turn.
    READY,
    /// It has the turn.
    RUNNING,
    /// It waits for something of Tulip's.
    WAITING,
    /// It waits in foreign code: for a lock or a socket of the JDK. Never on the baton engine,
    /// where such a wait keeps the turn.
    OUTSIDE,
    /// Its code has ended.
    DONE
  }

  /// Copies the lists.
  public TaskSnapshot {
    scopes = List.copyOf(scopes);
    children = List.copyOf(children);
    stack = List.copyOf(stack);
    created = List.copyOf(created);
  }

  /// One line: its name, what it does, and how it is limited.
  @Override
  public String toString() {
    return task.name() + doing() + (scopes.isEmpty() ? "" : scopes.getLast().marks());
  }

  /// Several lines: also where it is and where it was created.
  public String details() {
    var text = new StringBuilder(toString());
    append(text, stack, "\n    at ");
    created.forEach(creation -> text.append("\n    ").append(creation));
    return text.toString();
  }

  private String doing() {
    return switch (state) {
      case READY -> " is ready";
      case RUNNING -> " runs";
      case WAITING -> " waits for " + waitsFor;
      case OUTSIDE -> " waits in foreign code";
      case DONE -> " has ended";
    };
  }

  static void append(StringBuilder text, List<StackTraceElement> stack, String before) {
    for (var frame : stack.subList(0, Math.min(FRAMES, stack.size()))) {
      text.append(before).append(frame);
    }
  }
}
