// SPDX-License-Identifier: Apache-2.0
package tulip.bench.sql;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tulip.bench.Child;
import tulip.bench.Figure;
import tulip.bench.Run;
import tulip.bench.Suite;
import tulip.postgres.testing.PostgresServer;

/// Clients of PostgreSQL, one after the other, on one server, and web services that use them.
public final class SqlSuite implements Suite {
  private static final String ENGINE = "--add-opens=java.base/java.lang=ALL-UNNAMED";

  /// Too little for rows that are kept.
  private static final List<String> LITTLE_MEMORY = List.of("-Xmx64m", ENGINE);

  private static final List<String> FLAGS = List.of("-Xmx512m", ENGINE);
  private static final List<String> JAVA_PEERS = List.of("tulip", "baton", "vertx", "pgjdbc");
  private static final List<String> PYTHON_PEERS = List.of("asyncpg", "aiopg");
  private static final List<String> BULK = List.of("copy", "stream");

  private final List<Figure> figures = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();

  /// Nothing has been measured yet.
  public SqlSuite() {}

  @Override
  public String name() {
    return "sql";
  }

  @Override
  public String run(Run run) throws IOException, InterruptedException {
    try (var server = PostgresServer.start()) {
      var schema = new Schema(server);
      schema.create();
      var port = Integer.toString(server.port());
      for (var load : Load.values()) {
        measure(run, load.mode, FLAGS, port, run.quick() ? "1" : "4");
      }
      int rows = run.quick() ? 100_000 : 1_000_000;
      for (var which : BULK) {
        schema.fill(rows);
        measure(run, which, LITTLE_MEMORY, port, "" + rows);
      }
      new Agents(run, server, figures, skipped)
          .measure(Child.javaCommand(FLAGS, AgentsServer.class));
    }
    return new SqlReport(figures, skipped).write(run);
  }

  private void measure(Run run, String which, List<String> flags, String port, String size)
      throws IOException, InterruptedException {
    for (var peer : JAVA_PEERS) {
      if (!which.equals("copy") || PeerProcess.peer(peer).copies()) {
        add(Child.javaCommand(flags, PeerProcess.class, peer, which, port, size));
      }
    }
    var program = run.peers().resolve("sql_clients.py").toString();
    for (var module : PYTHON_PEERS) {
      if (Child.succeeds(Child.PYTHON, "-c", "import " + module)) {
        add(List.of(Child.PYTHON, program, module, which, port, size));
      } else if (which.equals(Load.TEN.mode)) {
        skipped.add(module + " is not installed: package python3-" + module);
      }
    }
    if (!BULK.contains(which)) {
      add(List.of(Child.PYTHON, program, "pgbench", which, port, size));
    }
  }

  private void add(List<String> command) throws IOException, InterruptedException {
    figures.addAll(Child.figures(command));
  }
}
