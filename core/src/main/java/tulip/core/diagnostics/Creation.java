// SPDX-License-Identifier: Apache-2.0
package tulip.core.diagnostics;

import java.util.List;

/// Where a task or future was created, as debug mode remembers it.
///
/// @param by the name of the task that created it; empty if no task did
/// @param stack where, the innermost call first, without Tulip's own calls
public record Creation(String by, List<StackTraceElement> stack) {
  /// Copies the list.
  public Creation {
    stack = List.copyOf(stack);
  }

  /// Several lines: by whom, and where.
  @Override
  public String toString() {
    var text = new StringBuilder("created");
    text.append(by.isEmpty() ? " outside of tasks" : " by " + by);
    TaskSnapshot.append(text, stack, "\n      at ");
    return text.toString();
  }
}
