// SPDX-License-Identifier: Apache-2.0
package tulip.core.diagnostics;

import java.util.ArrayList;
import java.util.BitSet;

/// Draws a tree that is given row by row, each before those below it.
final class TreeText {
  private static final int ROWS = 1_000;
  private static final int LEVELS = 50;

  private record Row(int depth, Object label) {}

  private final ArrayList<Row> rows = new ArrayList<>();
  private int tooDeep;
  private int tooMany;

  void add(int depth, Object label) {
    if (rows.size() == ROWS) {
      tooMany++;
    } else if (depth >= LEVELS) {
      tooDeep++;
    } else {
      rows.add(new Row(depth, label));
    }
  }

  /// Whether a row has a sister below it is known from the end only: the lines are drawn upwards.
  @Override
  public String toString() {
    var lines = new ArrayList<String>(rows.size());
    var open = new BitSet(); // the levels at which a row follows further down
    for (var row : rows.reversed()) {
      var line = new StringBuilder();
      for (int level = 1; level < row.depth; level++) {
        line.append(open.get(level) ? "│  " : "   ");
      }
      if (row.depth > 0) {
        line.append(open.get(row.depth) ? "├─ " : "└─ ");
      }
      lines.add(line.append(row.label).append('\n').toString());
      open.set(row.depth);
      open.clear(row.depth + 1, LEVELS + 1);
    }
    var text = new StringBuilder();
    lines.reversed().forEach(text::append);
    if (tooDeep > 0) {
      text.append("(").append(tooDeep).append(" more below level ").append(LEVELS).append(")\n");
    }
    if (tooMany > 0) {
      text.append("(").append(tooMany).append(" more)\n");
    }
    return text.toString();
  }
}
