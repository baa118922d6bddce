// SPDX-License-Identifier: Apache-2.0
package tulip.bench.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import tulip.bench.Figure;
import tulip.bench.Machine;
import tulip.bench.Run;
import tulip.bench.Table;

/// The figures of [NetSuite] as tables.
final class NetReport {
  private static final List<String> PEERS =
      List.of(
          "c",
          "tulip",
          "tulip-read",
          "baton",
          "netty",
          "netty-nio",
          "uvloop",
          "uvloop-streams",
          "go");

  /// What one operation of the streaming cases moves.
  private static final double PIECE = 64 * 1024;

  private final List<Figure> figures;
  private final List<String> skipped;

  NetReport(List<Figure> figures, List<String> skipped) {
    this.figures = figures;
    this.skipped = skipped;
  }

  String write(Run run) throws IOException {
    return """
    # Connections: beside C, Netty, uvloop and Go

    %s
    - Load average: %.1f after. Each server is a process on the first processor, which a Java one has
      for its compiler and collector too; the client, one thread in C, has the second. Medians of
      three rounds after one to warm up.
    - c: one thread and one buffer on epoll, nothing else; tulip: `Server` and `transferTo` on the
      carrier engine, which is what examples/EchoServer.java does; tulip-read: a loop of `read` and
      `write`; baton: `transferTo` on the other engine; netty: Netty 4.2 with its native epoll, and
      on NIO; uvloop: a protocol, and streams; go: a goroutine a connection.
    %s
    In brackets: how many times what C takes.

    ## Microseconds of the server's processor time for an operation

    Target of small messages: 1.15 times C, and less than Netty. Of short connections: less than
    Netty.

    %s
    ## Throughput

    Thousands of operations a second, and megabytes a second where pieces of 64 KiB are echoed: each
    is received and sent. Target of those: 0.9 times C.

    %s
    ## Memory

    What the server's resident memory grows by when 10,000 connections say something once and stay. It
    has served short connections before; a Java one has a young generation of 8 MB here, so that
    garbage hardly counts.

    %s
    Target: 6,000.

    ## TLS 1.3

    %s
    Target: 0.6 times the throughput of `openssl s_server`.
    """
        .formatted(
            run.origin(),
            Machine.load(),
            Run.leftOut(skipped),
            processorTime(),
            throughput(),
            memory(),
            tls());
  }

  private Table processorTime() {
    var table = table();
    for (var which : Case.values()) {
      table.add(row(which.title, which.mode, "%.2f", figure -> figure.cpu() / 1_000));
    }
    return table;
  }

  private Table throughput() {
    var table = table();
    for (var which : Case.values()) {
      table.add(
          which == Case.STREAM
              ? row(which.title, which.mode, "%,.0f", NetReport::megabytes)
              : row(which.title, which.mode, "%,.1f", figure -> 1e6 / figure.wall()));
    }
    return table;
  }

  private Table memory() {
    var table = table();
    table.add(row("bytes of an idle connection", "idle", "%,.0f", figure -> figure.get("bytes")));
    return table;
  }

  private Table tls() {
    var table = new Table("download from one connection", "openssl", "tulip", "go");
    table.add(tlsRow("MB a second", "%,.0f", NetReport::megabytes));
    table.add(tlsRow("processor time, us for 64 KiB", "%.1f", figure -> figure.cpu() / 1_000));
    return table;
  }

  private List<String> tlsRow(String title, String format, ToDoubleFunction<Figure> column) {
    return row(title, "tls", format, column, List.of("openssl", "tulip", "go"));
  }

  private static double megabytes(Figure figure) {
    return PIECE * 1_000 / figure.wall();
  }

  private static Table table() {
    var header = new ArrayList<>(PEERS);
    header.addFirst("operation");
    return new Table(header);
  }

  private List<String> row(
      String title, String which, String format, ToDoubleFunction<Figure> column) {
    return row(title, which, format, column, PEERS);
  }

  private List<String> row(
      String title,
      String which,
      String format,
      ToDoubleFunction<Figure> column,
      List<String> peers) {
    double floor = Figure.median(figures, peers.getFirst(), which, column);
    var cells = new ArrayList<String>();
    cells.add(title);
    for (var peer : peers) {
      double value = Figure.median(figures, peer, which, column);
      var cell = Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
      boolean compared = !cell.isEmpty() && !peer.equals(peers.getFirst());
      cells.add(compared ? cell + String.format(Locale.ROOT, " (%.2f)", value / floor) : cell);
    }
    return cells;
  }
}
