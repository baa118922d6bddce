// SPDX-License-Identifier: Apache-2.0
package tulip.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A server under measurement: a process, with the processes that it starts, on the first
/// processor; the clients get the second.
public final class ServerProcess implements AutoCloseable {
  private static final int ATTEMPTS = 200;

  private static final Pattern PORT = Pattern.compile("(?:.*:)?(\\d+)$");

  private final Process process;
  private final int port;

  private ServerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Starts a server that chooses its port and prints it.
  public static ServerProcess start(Path folder, List<String> command) throws IOException {
    var process = launch(folder, command, ProcessBuilder.Redirect.PIPE);
    var output = process.inputReader();
    for (String line; (line = output.readLine()) != null; ) {
      var port = PORT.matcher(line);
      if (port.matches()) {
        return new ServerProcess(process, Integer.parseInt(port.group(1)));
      }
    }
    throw new IOException(command.getFirst() + " has not started");
  }

  /// Starts a server that was told its port, and waits until it listens there.
  public static ServerProcess start(Path folder, int port, List<String> command)
      throws IOException, InterruptedException {
    var process = launch(folder, command, ProcessBuilder.Redirect.DISCARD);
    for (int i = 0; i < ATTEMPTS; i++) {
      try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return new ServerProcess(process, port);
      } catch (IOException e) {
        if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
          throw new IOException(command.getFirst() + " has ended", e);
        }
      }
    }
    process.destroyForcibly();
    throw new IOException(command.getFirst() + " does not listen at port " + port);
  }

  private static Process launch(Path folder, List<String> command, ProcessBuilder.Redirect output)
      throws IOException {
    System.err.println("# " + String.join(" ", command).replaceAll("--class-path \\S+ ", ""));
    var pinned = new ArrayList<>(List.of("taskset", "-c", "0"));
    pinned.addAll(command);
    return new ProcessBuilder(pinned)
        .directory(folder.toFile())
        .redirectOutput(output)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /// A port that nobody listens at.
  public static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// Where it listens.
  public int port() {
    return port;
  }

  /// The address of one of its pages.
  public String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  /// The nanoseconds of processor time that it and the kernel for it have spent.
  public long cpu() throws IOException {
    return cpu(process.toHandle());
  }

  /// The nanoseconds of processor time that a process and those that it has started have spent, as
  /// the kernel counts it: in hundredths of a second.
  ///
  /// @throws IOException if it has ended
  public static long cpu(ProcessHandle first) throws IOException {
    if (!first.isAlive()) {
      throw new IOException("process " + first.pid() + " has ended");
    }
    return Stream.concat(Stream.of(first), first.descendants())
        .flatMap(each -> each.info().totalCpuDuration().stream())
        .mapToLong(Duration::toNanos)
        .sum();
  }

  /// The bytes of memory that its first process occupies.
  public long resident() throws IOException {
    for (var line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    throw new IOException("no VmRSS");
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
