// SPDX-License-Identifier: Apache-2.0
package tulip.bench.sql;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tulip.bench.Child;
import tulip.bench.Figure;
import tulip.bench.Run;
import tulip.bench.ServerProcess;
import tulip.bench.Wrk;
import tulip.net.testing.RealServer;
import tulip.postgres.testing.PostgresServer;

/// Web services that answer with what a query gives, each loaded by `wrk`.
final class Agents {
  /// What it is called among the figures.
  static final String CASE = "agents";

  private static final int ROUNDS = 3;
  private static final Duration START = Duration.ofSeconds(30);

  private final Run run;
  private final PostgresServer database;
  private final List<Figure> figures;
  private final List<String> skipped;

  Agents(Run run, PostgresServer database, List<Figure> figures, List<String> skipped) {
    this.run = run;
    this.database = database;
    this.figures = figures;
    this.skipped = skipped;
  }

  /// @param tulip the command of ours, to which the port is added
  void measure(List<String> tulip) throws IOException, InterruptedException {
    measure("tulip", port -> Stream.concat(tulip.stream(), Stream.of(port)).toList());
    for (var framework : List.of("flask", "django")) {
      if (Child.succeeds(Child.PYTHON, "-c", "import gunicorn, psycopg2, " + framework)) {
        measure(framework, port -> gunicorn(framework, port));
      } else {
        skipped.add(
            "%s needs the packages gunicorn, python3-psycopg2 and python3-%s"
                .formatted(framework, framework));
      }
    }
  }

  private List<String> gunicorn(String framework, String port) {
    var command = new ArrayList<>(List.of(Child.PYTHON, "-m", "gunicorn"));
    command.addAll(List.of("--workers", "4", "--threads", "4", "--keep-alive", "45"));
    command.addAll(List.of("--log-level", "warning", "--bind", "127.0.0.1:" + port));
    command.addAll(List.of("--chdir", run.peers().toString(), "agents_" + framework + ":app"));
    return command;
  }

  /// What starts a service at a port.
  private interface Command {
    List<String> at(String port);
  }

  private void measure(String peer, Command command) throws IOException, InterruptedException {
    var variables =
        List.of(
            "/usr/bin/env",
            "PGHOST=127.0.0.1",
            "PGPORT=" + database.port(),
            "PGUSER=test",
            "PGDATABASE=postgres",
            "PGSSLMODE=disable");
    try (var service =
        RealServer.start(
            place ->
                Stream.concat(variables.stream(), command.at(place.portText()).stream()).toList(),
            RealServer::accepts,
            START)) {
      load(peer, service, run.quick() ? 3 : 10);
      for (int round = 0; round < ROUNDS; round++) {
        figures.add(load(peer, service, run.quick() ? 1 : 5));
      }
    }
  }

  private Figure load(String peer, RealServer service, int seconds)
      throws IOException, InterruptedException {
    var url = "http://127.0.0.1:" + service.port() + "/agents";
    var wrk = new Wrk(url, 50, List.of(), List.of());
    var process =
        ProcessHandle.of(service.process().pid())
            .orElseThrow(() -> new IOException(service + " has ended: " + service.output()));
    double before = ServerProcess.cpu(process);
    var report = wrk.load(seconds);
    double spent = ServerProcess.cpu(process) - before;
    return new Figure(
            peer, CASE, Duration.ofSeconds(1).toNanos() / report.rate(), spent / report.requests())
        .with("p50", report.p50())
        .with("p99", report.p99())
        .with("errors", report.errors());
  }
}
