// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tulip.bench.Figure;
import tulip.bench.Jmh;
import tulip.bench.Machine;
import tulip.bench.Run;
import tulip.bench.Table;

/// The figures of [CoreSuite] as tables.
final class CoreReport {
  private static final String NONE = "";
  private static final double UNSTEADY = 0.2;

  private final List<Figure> figures;
  private final List<String> versions;
  private final List<String> skipped;

  CoreReport(List<Figure> figures, List<String> versions, List<String> skipped) {
    this.figures = figures;
    this.versions = versions;
    this.skipped = skipped;
  }

  String write(Run run, double loadBefore) throws IOException {
    return """
    # Core: the loop beside its peers

    %s
    - Load average: %s before, %s after.%s Wall time
      includes waiting for a processor that others use; processor time hardly does, and is what the
      ratios and targets go by.
    - JVM: parallel collector, heap of 2 GB (4 GB for the sleepers);
      JMH with %s; medians. Processor time is that of all threads of the
      process, those of the compiler and the collector among them.
    - Peers: %s
    %s
    ## Nanoseconds of processor time an operation

    In brackets: how many times what Tulip takes.

    %s
    %s
    ## What very many leave behind

    Sleepers: heap (for Python and Go memory) in use while all sleep, and how many woke before one that
    slept earlier. Timers: memory still held after all were cancelled, and how long an iteration of
    the loop takes before and after.

    %s
    ## All figures

    `bytes` is what an operation allocates; `spread` is how far apart the middle half of the
    iterations lies.

    %s\
    """
        .formatted(
            run.origin(),
            number(loadBefore),
            number(Machine.load()),
            isUnsteady() ? " **The iterations differ much: make it again.**" : NONE,
            Jmh.settings(run.quick()),
            String.join(", ", versions),
            Run.leftOut(skipped),
            ratios(),
            legend(),
            leftovers(),
            everything());
  }

  /// Whether others kept the machine so busy that even the compiler was late.
  private boolean isUnsteady() {
    var spreads =
        figures.stream()
            .mapToDouble(figure -> figure.get("spread"))
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    return spreads.length > 0 && spreads[spreads.length / 2] > UNSTEADY;
  }

  private Table ratios() {
    var header = new ArrayList<>(List.of("operation", "target"));
    for (var peer : Peer.values()) {
      header.add(peer.title);
    }
    var table = new Table(header);
    for (var row : Case.values()) {
      var cells = new ArrayList<String>();
      cells.add(row.title);
      cells.add(row.target == 0 ? NONE : number(row.target));
      var own = find(row, Peer.TULIP);
      for (var peer : Peer.values()) {
        cells.add(ratio(find(row, peer), own));
      }
      table.add(cells);
    }
    return table;
  }

  private static String ratio(@Nullable Figure figure, @Nullable Figure own) {
    if (figure == null) {
      return NONE;
    }
    var cell = number(figure.cpu());
    if (own != null && !own.equals(figure)) {
      double ratio = figure.cpu() / own.cpu();
      cell += String.format(Locale.ROOT, ratio < 10 ? " (%.2g)" : " (%.0f)", ratio);
    }
    return cell;
  }

  private static String legend() {
    var legend = new StringBuilder();
    for (var peer : Peer.values()) {
      legend.append("- ").append(peer.title).append(": ").append(peer.what).append('\n');
    }
    return legend.toString();
  }

  private Table leftovers() {
    var table = new Table("peer", "bytes a sleeper", "misorders", "bytes a timer", "iteration ns");
    for (var peer : Peer.values()) {
      var sleepers = find(Case.SLEEPERS, peer);
      var timers = find(Case.TIMERS, peer);
      if (sleepers != null || timers != null) {
        table.add(
            peer.title,
            sleepers == null ? NONE : perOne(sleepers, "heap_bytes"),
            sleepers == null ? NONE : misorders(sleepers),
            timers == null ? NONE : perOne(timers, "left_bytes"),
            timers == null ? NONE : iterations(timers));
      }
    }
    return table;
  }

  private static String perOne(Figure figure, String bytes) {
    return number(Math.max(0, figure.get(bytes)) / figure.get("count"));
  }

  private static String misorders(Figure sleepers) {
    var misorders = number(sleepers.get("misorders"));
    return sleepers.get("asleep") == 1 ? misorders : misorders + " (too slow: some woke early)";
  }

  private static String iterations(Figure timers) {
    return number(timers.get("iteration_before")) + ", " + number(timers.get("iteration_after"));
  }

  private Table everything() {
    var table = new Table("operation", "peer", "wall ns", "processor ns", "bytes", "spread");
    for (var row : Case.values()) {
      for (var peer : Peer.values()) {
        var figure = find(row, peer);
        if (figure != null) {
          table.add(
              row.title,
              peer.title,
              number(figure.wall()),
              number(figure.cpu()),
              number(figure.get("bytes")),
              percent(figure.get("spread")));
        }
      }
    }
    return table;
  }

  private @Nullable Figure find(Case row, Peer peer) {
    for (var figure : figures) {
      if (figure.name().equals(row.id) && figure.peer().equals(peer.id)) {
        return figure;
      }
    }
    return null;
  }

  private static String number(double number) {
    if (Double.isNaN(number)) {
      return NONE;
    }
    boolean small = number < 10 && number != Math.rint(number);
    return String.format(Locale.ROOT, small ? "%.1f" : "%,.0f", number);
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? NONE : Math.round(share * 100) + " %";
  }
}
