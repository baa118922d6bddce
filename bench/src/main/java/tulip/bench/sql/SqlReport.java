// SPDX-License-Identifier: Apache-2.0
package tulip.bench.sql;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import tulip.bench.Figure;
import tulip.bench.Machine;
import tulip.bench.Run;
import tulip.bench.Table;

/// The figures of [SqlSuite] as tables.
final class SqlReport {
  private final List<Figure> figures;
  private final List<String> skipped;

  SqlReport(List<Figure> figures, List<String> skipped) {
    this.figures = figures;
    this.skipped = skipped;
  }

  String write(Run run) throws IOException {
    return """
    # SQL: PostgreSQL by Tulip, Vert.x, pgjdbc and Python's clients

    %s
    - Load average: %.1f after. The server, PostgreSQL 15, and one client at a time share the
      processors as the system has it. Medians of three rounds, after warming up.
    - tulip: tasks on one loop that call `db.queryOne`; baton: the other engine. vertx: its pool, or
      its pipelining client where there are more tasks than connections, by chains of futures on one
      event loop. pgjdbc: virtual threads and HikariCP. asyncpg, aiopg: tasks and their pools.
      pgbench: C; its pipelines are of a hundred statements, which it cannot prepare there. pgjdbc,
      asyncpg and aiopg do not pipeline: where others do they have ten connections.
    %s
    In brackets: how many times what tulip takes.

    ## One row by its key, from 10,000

    Microseconds of the client's processor time for a query. Target: 9 with ten tasks, and less than
    Vert.x with a hundred.

    %s
    Thousands of queries a second:

    %s
    ## Bulk data

    Rows of an `int4`, a `text` and a `float8`; a JVM has a heap of 64 MB. `copy`: COPY into a table
    that is not logged, tulip by `copyRows` and asyncpg by `copy_records_to_table`, both in the binary
    format, pgjdbc by its `CopyManager` in the text format. `stream`: all rows of the table, some
    thousand at a time.

    Thousands of rows a second:

    %s
    Microseconds of the client's processor time for a row:

    %s
    ## A web service

    Round 5 of API-Hour's benchmark: fifty connections of `wrk`, each of whose requests joins two
    tables of PostgreSQL and is answered with 50 agents in 7 KB of JSON. tulip: one process, one loop,
    ten connections to the database. Flask and Django: gunicorn with four processes of four threads,
    connections that are kept on both sides, psycopg2. Target: ten times their rate.

    %s
    """
        .formatted(
            run.origin(),
            Machine.load(),
            Run.leftOut(skipped),
            queries("%.1f", figure -> figure.cpu() / 1_000),
            queries("%.1f", figure -> 1e6 / figure.wall()),
            bulk("%,.0f", figure -> 1e6 / figure.wall()),
            bulk("%.2f", figure -> figure.cpu() / 1_000),
            services());
  }

  private Table queries(String format, ToDoubleFunction<Figure> column) {
    var modes = Arrays.stream(Load.values()).map(load -> load.mode).toList();
    var titles = Arrays.stream(Load.values()).map(load -> load.title).toList();
    return table("client", modes, titles, format, column);
  }

  private Table bulk(String format, ToDoubleFunction<Figure> column) {
    return table("client", List.of("copy", "stream"), List.of("copy", "stream"), format, column);
  }

  private Table table(
      String corner,
      List<String> modes,
      List<String> titles,
      String format,
      ToDoubleFunction<Figure> column) {
    var header = new ArrayList<>(titles);
    header.addFirst(corner);
    var table = new Table(header);
    for (var peer : peers(modes)) {
      var row = new ArrayList<>(List.of(peer));
      modes.forEach(mode -> row.add(cell(peer, mode, format, column)));
      table.add(row);
    }
    return table;
  }

  private List<String> peers(List<String> modes) {
    return figures.stream()
        .filter(figure -> modes.contains(figure.name()))
        .map(Figure::peer)
        .distinct()
        .toList();
  }

  private String cell(String peer, String mode, String format, ToDoubleFunction<Figure> column) {
    double value = Figure.median(figures, peer, mode, column);
    if (Double.isNaN(value)) {
      return "";
    }
    double ours = Figure.median(figures, "tulip", mode, column);
    return String.format(Locale.ROOT, format + " (%.2f)", value, value / ours);
  }

  private Table services() {
    var table =
        new Table(
            "service", "requests a second", "us of processor", "p50, ms", "p99, ms", "errors");
    for (var peer : peers(List.of(Agents.CASE))) {
      table.add(
          peer,
          cell(peer, Agents.CASE, "%,.0f", figure -> 1e9 / figure.wall()),
          cell(peer, Agents.CASE, "%,.0f", figure -> figure.cpu() / 1_000),
          number(peer, "%.1f", "p50"),
          number(peer, "%.1f", "p99"),
          number(peer, "%.0f", "errors"));
    }
    return table;
  }

  private String number(String peer, String format, String name) {
    double value = Figure.median(figures, peer, Agents.CASE, figure -> figure.get(name));
    return String.format(Locale.ROOT, format, value);
  }
}
