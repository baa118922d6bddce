// SPDX-License-Identifier: Apache-2.0
package tulip.bench.keyvalue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import tulip.bench.Figure;
import tulip.bench.Table;

/// The figures of clients as tables, ours first.
final class KeyValueTables {
  private final List<Figure> figures;
  private final List<String> peers;

  KeyValueTables(List<Figure> figures) {
    this.figures = figures;
    peers = figures.stream().map(Figure::peer).distinct().toList();
  }

  Table processorTime() {
    return table("%.2f", figure -> figure.cpu() / 1_000);
  }

  Table rates() {
    return table("%,.0f", figure -> 1e6 / figure.wall());
  }

  private Table table(String format, ToDoubleFunction<Figure> column) {
    var table = new Table("client", "a hundred at once", "in batches of a hundred");
    for (var peer : peers) {
      table.add(
          peer.replace("memcached-", ""),
          cell(peer, "get", format, column),
          cell(peer, "batch", format, column));
    }
    return table;
  }

  private String cell(String peer, String which, String format, ToDoubleFunction<Figure> column) {
    double value = Figure.median(figures, peer, which, column);
    if (Double.isNaN(value)) {
      return "";
    }
    double ours = Figure.median(figures, peers.getFirst(), which, column);
    return String.format(Locale.ROOT, format + " (%.2f)", value, value / ours);
  }

  Table memory() {
    var table = new Table("client", "bytes of heap for each of 10,000 GETs that wait");
    var rows = new ArrayList<List<String>>();
    for (var peer : peers) {
      double bytes = Figure.median(figures, peer, "held", figure -> figure.get("bytes"));
      if (!Double.isNaN(bytes)) {
        rows.add(List.of(peer, String.format(Locale.ROOT, "%,.0f", bytes)));
      }
    }
    rows.forEach(table::add);
    return table;
  }
}
