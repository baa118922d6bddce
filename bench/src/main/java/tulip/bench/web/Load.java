// SPDX-License-Identifier: Apache-2.0
package tulip.bench.web;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tulip.bench.Child;
import tulip.bench.Figure;
import tulip.bench.ServerProcess;
import tulip.bench.Wrk;

/// The clients of the measured servers, on the second processor: wrk, and our WebSockets.
final class Load {
  private static final List<String> PINNED = List.of("taskset", "-c", "1");

  private final Path peers;

  /// @param peers where wrk's scripts are
  Load(Path peers) {
    this.peers = peers;
  }

  /// Loads a server.
  ///
  /// @param seconds how long it is measured
  Figure run(String peer, Case which, ServerProcess server, int seconds)
      throws IOException, InterruptedException {
    return switch (which) {
      case JSON -> wrk(peer, which, server, seconds, "/json", 50);
      case PIPELINED -> wrk(peer, which, server, seconds, "/json", 50, "pipeline.lua");
      case PAGE -> wrk(peer, which, server, seconds, "/page", 50);
      case FILE -> wrk(peer, which, server, seconds, "/file", 8);
      case UPLOAD -> wrk(peer, which, server, seconds, "/upload", 4, "post.lua");
      case ECHO, ROOM -> webSockets(peer, which, server, seconds);
    };
  }

  private Figure wrk(
      String peer,
      Case which,
      ServerProcess server,
      int seconds,
      String path,
      int connections,
      String... script)
      throws IOException, InterruptedException {
    var options = new ArrayList<String>();
    for (var each : script) {
      options.addAll(List.of("-s", peers.resolve(each).toString()));
    }
    var wrk = new Wrk(server.url(path), connections, PINNED, options);
    long before = server.cpu();
    var report = wrk.load(seconds);
    double cpu = server.cpu() - before;
    if (report.errors() > 0 || report.requests() == 0) {
      throw new IOException(peer + " " + which + ": " + report);
    }
    return new Figure(peer, name(which), 1e9 / report.rate(), cpu / report.requests())
        .with("p50", report.p50())
        .with("p99", report.p99());
  }

  private static Figure webSockets(String peer, Case which, ServerProcess server, int seconds)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(PINNED);
    var flags = List.of("-Xmx1g", "--add-opens=java.base/java.lang=ALL-UNNAMED");
    command.addAll(
        Child.javaCommand(
            flags, WebSocketLoad.class, name(which), "" + server.port(), "" + seconds));
    long[] before = {0};
    long[] after = {0};
    var figures = new ArrayList<Figure>();
    var failures = new ArrayList<IOException>();
    Child.run(
        command,
        line -> {
          try {
            if (line.equals(WebSocketLoad.WARM)) {
              before[0] = server.cpu();
            } else {
              after[0] = server.cpu();
              figures.add(Figure.parse(line));
            }
          } catch (IOException e) {
            failures.add(e);
          }
        });
    if (figures.isEmpty() || !failures.isEmpty()) {
      throw new IOException(which + " has failed with " + peer + " " + failures);
    }
    var client = figures.getFirst();
    double cpu = (after[0] - before[0]) / client.get("count");
    return new Figure(peer, client.name(), client.wall(), cpu, client.more());
  }

  static String name(Case which) {
    return which.name().toLowerCase(Locale.ROOT);
  }
}
