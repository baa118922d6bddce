// SPDX-License-Identifier: Apache-2.0
package tulip.bench.web;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tulip.bench.Child;
import tulip.bench.Figure;
import tulip.bench.ServerProcess;

/// The clients of the measured servers, on the second processor: wrk, and our WebSockets.
final class Load {
  private static final Pattern TOTAL = Pattern.compile("\\s*(\\d+) requests in ([\\d.]+)(\\w+),.*");
  private static final Pattern SHARE = Pattern.compile("\\s*(50|99)%\\s+([\\d.]+)(us|ms|s)");
  private static final Pattern FAILURE = Pattern.compile("\\s*(Non-2xx|Socket errors).*");

  private static final Map<String, Double> UNITS =
      Map.of("us", 1e3, "ms", 1e6, "s", 1e9, "m", 60e9);

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
    var command = new ArrayList<>(List.of("taskset", "-c", "1", "wrk", "--latency", "-t1"));
    command.addAll(List.of("-c" + connections, "-d" + seconds + "s", "--timeout", "30s"));
    for (var each : script) {
      command.addAll(List.of("-s", peers.resolve(each).toString()));
    }
    command.addAll(List.of(server.url(path), "--", path));
    long before = server.cpu();
    var lines = new ArrayList<String>();
    if (!Child.run(command, lines::add)) {
      throw new IOException("wrk has failed with " + peer);
    }
    return figure(peer, which, server.cpu() - before, lines);
  }

  private static Figure figure(String peer, Case which, long cpu, List<String> lines)
      throws IOException {
    double requests = 0;
    double wall = 0;
    var more = new ArrayList<Map.Entry<String, Double>>();
    for (var line : lines) {
      var total = TOTAL.matcher(line);
      var share = SHARE.matcher(line);
      if (FAILURE.matcher(line).matches()) {
        throw new IOException(peer + " " + which + ": " + line);
      } else if (total.matches()) {
        requests = Double.parseDouble(total.group(1));
        wall = nanos(total.group(2), total.group(3));
      } else if (share.matches()) {
        more.add(Map.entry("p" + share.group(1), nanos(share.group(2), share.group(3))));
      }
    }
    if (requests == 0) {
      throw new IOException(peer + " " + which + " has answered nothing:\n" + lines);
    }
    var figure = new Figure(peer, name(which), wall / requests, cpu / requests);
    more.forEach(each -> figure.with(each.getKey(), each.getValue()));
    return figure;
  }

  private static double nanos(String number, String unit) {
    return Double.parseDouble(number) * UNITS.getOrDefault(unit, Double.NaN);
  }

  private static Figure webSockets(String peer, Case which, ServerProcess server, int seconds)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("taskset", "-c", "1"));
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
