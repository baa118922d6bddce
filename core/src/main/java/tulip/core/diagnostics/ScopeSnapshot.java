// SPDX-License-Identifier: Apache-2.0
package tulip.core.diagnostics;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A cancel scope at a moment.
///
/// @param kind what it was the scope of
/// @param cancelled whether it was cancelled itself
/// @param reason why, if somebody said so
/// @param shielded whether it kept the cancellation of the scopes around it out
/// @param left the time until its deadline, of the loop's clock; `null` if it had none
public record ScopeSnapshot(
    Kind kind, boolean cancelled, String reason, boolean shielded, @Nullable Duration left)
    implements TaskTree.Node {
  /// What a scope is the scope of.
  public enum Kind {
    /// A whole task.
    TASK,
    /// A block: a timeout, a shield.
    BLOCK,
    /// A task group.
    GROUP
  }

  @Override
  public String toString() {
    return (kind == Kind.GROUP ? "group" : "scope") + marks();
  }

  /// What is special about it, each after a comma.
  String marks() {
    var text = new StringBuilder();
    if (shielded) {
      text.append(", shielded");
    }
    if (cancelled) {
      text.append(", cancelled").append(reason.isEmpty() ? "" : ": " + reason);
    } else if (left != null) {
      text.append(", ").append(left.toMillis() / 1000.0).append(" s left");
    }
    return text.toString();
  }
}
