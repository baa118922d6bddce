// SPDX-License-Identifier: Apache-2.0
package tulip.bench.net;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tulip.bench.Figure;
import tulip.bench.ServerProcess;

/// The clients of the measured servers, on the second processor.
final class Client {
  /// What one operation of a download is.
  private static final int PIECE = 64 * 1024;

  private final Path netload;

  /// @param netload the compiled program
  Client(Path netload) {
    this.netload = netload;
  }

  /// Loads an echo server.
  Figure load(String peer, Case which, ServerProcess server, double seconds)
      throws IOException, InterruptedException {
    long before = server.cpu();
    var line =
        run(
                netload.toString(),
                which.mode,
                "" + server.port(),
                "" + which.connections,
                "" + which.size,
                "" + seconds)
            .split(" ", 2);
    double messages = Double.parseDouble(line[0]);
    double wall = Double.parseDouble(line[1]) * TimeUnit.SECONDS.toNanos(1);
    return new Figure(peer, which.mode, wall / messages, (server.cpu() - before) / messages);
  }

  /// Has a TLS server send much to one connection.
  Figure download(String peer, ServerProcess server) throws IOException, InterruptedException {
    long before = server.cpu();
    var line =
        run(
                "curl",
                "--silent",
                "--insecure",
                "--tlsv1.3",
                "--http1.0",
                "--output",
                "/dev/null",
                "--write-out",
                "%{size_download} %{time_total}\n",
                "https://127.0.0.1:" + server.port() + "/big")
            .split(" ", 2);
    double pieces = Double.parseDouble(line[0]) / PIECE;
    double wall = Double.parseDouble(line[1]) * TimeUnit.SECONDS.toNanos(1);
    return new Figure(peer, "tls", wall / pieces, (server.cpu() - before) / pieces);
  }

  /// How many bytes a server grows by for each connection that says something once and stays.
  double idle(ServerProcess server, int connections) throws IOException, InterruptedException {
    long before = server.resident();
    var process =
        new ProcessBuilder(
                pinned(netload.toString(), "hold", "" + server.port(), "" + connections, "64"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var output = process.inputReader();
        var _ = process.outputWriter()) {
      output.readLine();
      if (!"ready".equals(output.readLine())) {
        throw new IOException(connections + " connections cannot be held");
      }
      return (double) (server.resident() - before) / connections;
    } finally {
      process.waitFor();
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(pinned(command)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var output = process.inputReader()) {
      var line = output.readLine();
      if (process.waitFor() != 0 || line == null) {
        throw new IOException(String.join(" ", command) + " has failed");
      }
      return line;
    }
  }

  private static List<String> pinned(String... command) {
    var pinned = new ArrayList<>(List.of("taskset", "-c", "1"));
    pinned.addAll(List.of(command));
    return pinned;
  }
}
