// SPDX-License-Identifier: Apache-2.0
package tulip.bench.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import tulip.bench.Figure;
import tulip.bench.Machine;
import tulip.bench.Run;
import tulip.bench.Table;

/// The figures of [WebSuite] as tables.
final class WebReport {
  private final List<Figure> figures;
  private final List<String> skipped;

  WebReport(List<Figure> figures, List<String> skipped) {
    this.figures = figures;
    this.skipped = skipped;
  }

  String write(Run run) throws IOException {
    var text =
        new StringBuilder(
            """
            # HTTP servers

            %s
            - Load average: %.1f after. Each server is a process on the first processor, with its
              compiler, its collector and the processes that it starts; the clients have the second:
              wrk with one thread, and for WebSockets a program on our client. Medians of three
              rounds after one to warm up. Connections are kept by all. Where no client keeps up with
              a server, processor time tells more than the rate.
            - c: one thread on epoll that looks at the first line of a request and for its end; netty:
              its codec alone on epoll, a comparison for a router; the others: a router and a
              middleware or filter that sets a field. baton: ours on the other engine. aiohttp and
              websockets are on uvloop, Flask and Django under gunicorn with 50 threads. `/json`
              answers text in all of them.
            %s
            Targets of JSON: 1.15 times C, less than every peer in Java, a fifth of aiohttp, a 25th of
            Flask and Django.
            """
                .formatted(run.origin(), Machine.load(), Run.leftOut(skipped)));
    for (var which : Case.values()) {
      text.append("\n## ").append(Character.toUpperCase(which.title.charAt(0)));
      text.append(which.title, 1, which.title.length()).append("\n\n").append(table(which));
    }
    text.append(
        """

        ## Memory

        What the server grows by when 10,000 connections say something once and stay: resident
        memory, and objects in use. As many have come and gone before; the young generation has
        8 MB, so that garbage hardly counts. Target: 6,000.

        """);
    return text.append(memory()).toString();
  }

  private Table memory() {
    var table = new Table("connection of ours", "bytes resident", "bytes of objects");
    for (var each : figures) {
      if (each.name().startsWith(IdleConnections.CASE)) {
        table.add(
            each.name().substring(IdleConnections.CASE.length()),
            String.format(Locale.ROOT, "%,.0f", each.get("bytes")),
            String.format(Locale.ROOT, "%,.0f", each.get("heap")));
      }
    }
    return table;
  }

  private Table table(Case which) {
    var name = Load.name(which);
    var table =
        new Table(
            "server", "processor us each", "of tulip", "thousands a second", "p50 ms", "p99 ms");
    double ours = Figure.median(figures, "tulip", name, Figure::cpu);
    for (var peer : peers(name)) {
      var cells = new ArrayList<String>();
      cells.add(peer);
      cells.add(cell(peer, name, "%,.2f", figure -> figure.cpu() / 1e3));
      cells.add(cell(peer, name, "%.2f", figure -> figure.cpu() / ours));
      cells.add(cell(peer, name, "%,.1f", figure -> 1e6 / figure.wall()));
      cells.add(cell(peer, name, "%,.2f", figure -> figure.get("p50")));
      cells.add(cell(peer, name, "%,.2f", figure -> figure.get("p99")));
      table.add(cells);
    }
    return table;
  }

  private Set<String> peers(String name) {
    var peers = new LinkedHashSet<String>();
    figures.stream()
        .filter(each -> each.name().equals(name))
        .forEach(each -> peers.add(each.peer()));
    return peers;
  }

  private String cell(String peer, String name, String format, ToDoubleFunction<Figure> column) {
    return String.format(Locale.ROOT, format, Figure.median(figures, peer, name, column));
  }
}
