// SPDX-License-Identifier: Apache-2.0
package tulip.bench.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A server under measurement: a process on a processor of its own, which has printed its port.
final class ServerProcess implements AutoCloseable {
  /// The kernel counts processor time in hundredths of a second.
  private static final long TICK_NANOS = 10_000_000;

  private static final Pattern PORT = Pattern.compile("(?:.*:)?(\\d+)$");

  private final Process process;
  private final int port;

  private ServerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Starts a server on the first processor; the clients get the second.
  static ServerProcess start(Path folder, List<String> command) throws IOException {
    System.err.println("# " + String.join(" ", command).replaceAll("--class-path \\S+ ", ""));
    var pinned = new ArrayList<>(List.of("taskset", "-c", "0"));
    pinned.addAll(command);
    var process =
        new ProcessBuilder(pinned)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var output = process.inputReader();
    for (String line; (line = output.readLine()) != null; ) {
      var port = PORT.matcher(line);
      if (port.matches()) {
        return new ServerProcess(process, Integer.parseInt(port.group(1)));
      }
    }
    throw new IOException(command.getFirst() + " has not started");
  }

  int port() {
    return port;
  }

  /// The nanoseconds of processor time that it and the kernel for it have spent.
  long cpu() throws IOException {
    var stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_NANOS;
  }

  /// The bytes of memory that it occupies.
  long resident() throws IOException {
    for (var line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    throw new IOException("no VmRSS");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
