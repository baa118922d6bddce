// SPDX-License-Identifier: Apache-2.0
package tulip.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A table in Markdown whose source is readable too. The first column is text, the others are
/// figures.
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  /// A table without rows.
  public Table(String... header) {
    rows.add(List.of(header));
  }

  /// A table without rows.
  public Table(List<String> header) {
    rows.add(List.copyOf(header));
  }

  /// Adds a row, of as many cells as there are columns.
  public void add(List<String> row) {
    if (row.size() != rows.getFirst().size()) {
      throw new IllegalArgumentException(row + " does not fit under " + rows.getFirst());
    }
    rows.add(List.copyOf(row));
  }

  /// Adds a row.
  public void add(String... row) {
    add(Arrays.asList(row));
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    line(text, rows.getFirst());
    for (int column = 0; column < rows.getFirst().size(); column++) {
      var dashes = "-".repeat(width(column) + 1);
      text.append('|').append(column == 0 ? dashes + "-" : dashes + ":");
    }
    text.append("|\n");
    rows.subList(1, rows.size()).forEach(row -> line(text, row));
    return text.toString();
  }

  private void line(StringBuilder text, List<String> row) {
    for (int column = 0; column < row.size(); column++) {
      var cell = row.get(column);
      var space = " ".repeat(width(column) - cell.length());
      text.append("| ").append(column == 0 ? cell + space : space + cell).append(' ');
    }
    text.append("|\n");
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
