// SPDX-License-Identifier: Apache-2.0
package tulip.bench.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import tulip.bench.Figure;
import tulip.bench.Machine;
import tulip.bench.Run;
import tulip.bench.Table;

/// The figures of [FilesSuite] as tables.
final class FilesReport {
  private static final List<String> PEERS = List.of("nio", "tulip", "baton", "aiofiles");

  private final List<Figure> figures;
  private final List<String> skipped;

  FilesReport(List<Figure> figures, List<String> skipped) {
    this.figures = figures;
    this.skipped = skipped;
  }

  String write(Run run) throws IOException {
    return """
    # Files: beside blocking NIO and aiofiles

    %s
    - Load average: %.1f after. The files are in the system's memory: what is measured is what the
      library adds. Each peer is a process of its own; medians of five rounds, after twenty to warm up.
    - nio: `Files.newBufferedReader`, `Files.readAllBytes`, blocking; tulip: `TextReader`,
      `AsyncFiles.readAllBytes` on the carrier engine; baton: the same on the baton engine; aiofiles: its
      text and binary files under asyncio, CPython of Debian 12.
    %s
    In brackets: how many times what blocking NIO takes. The target of reading by lines is 1.3 at most.

    ## Microseconds of wall time

    %s
    ## Microseconds of processor time

    All threads of the process.

    %s\
    """
        .formatted(
            run.origin(),
            Machine.load(),
            Run.leftOut(skipped),
            table(Figure::wall),
            table(Figure::cpu));
  }

  private Table table(ToDoubleFunction<Figure> column) {
    var table = new Table("operation", "target", "nio", "tulip", "baton", "aiofiles");
    for (var which : Case.values()) {
      double floor = Figure.median(figures, "nio", which.id, column);
      var cells = new ArrayList<String>();
      cells.add(which.title);
      cells.add(which.target == 0 ? "" : "x " + which.target);
      for (var peer : PEERS) {
        cells.add(
            cell(
                Figure.median(figures, peer, which.id, column),
                peer.equals("nio") ? Double.NaN : floor));
      }
      table.add(cells);
    }
    return table;
  }

  private static String cell(double nanos, double floor) {
    if (Double.isNaN(nanos)) {
      return "";
    }
    var cell = String.format(Locale.ROOT, "%,.0f", nanos / 1_000);
    double ratio = nanos / floor;
    if (Double.isNaN(ratio)) {
      return cell;
    }
    return cell + String.format(Locale.ROOT, ratio < 10 ? " (%.2f)" : " (%.0f)", ratio);
  }
}
