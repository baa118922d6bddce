// SPDX-License-Identifier: Apache-2.0
package tulip.core.diagnostics;

import java.util.List;

/// Who started whom: tasks below the scopes and groups in which they were started, those below the
/// tasks that opened them.
///
/// The tree lies flat, in the order in which one reads it, since it may be deeper than a thread's
/// stack.
///
/// @param rows the nodes, each before those below it, the oldest first
public record TaskTree(List<Row> rows) {
  /// A task or a scope.
  public sealed interface Node permits TaskSnapshot, ScopeSnapshot {}

  /// A node at its place.
  ///
  /// @param depth how many nodes are above it
  /// @param node what stands there
  public record Row(int depth, Node node) {}

  /// Copies the list.
  public TaskTree {
    rows = List.copyOf(rows);
  }

  /// The tree with lines that join its nodes: a thousand rows and fifty levels at most.
  @Override
  public String toString() {
    var text = new TreeText();
    rows.forEach(row -> text.add(row.depth(), row.node()));
    return text.toString();
  }
}
