// SPDX-License-Identifier: Apache-2.0
package tulip.bench.keyvalue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The server of all peers: a process on the second processor.
record KeyValueServer(Process process, int port) implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  /// What starts a server at a port.
  interface Command {
    List<String> at(String port);
  }

  static KeyValueServer start(Path folder, Command command)
      throws IOException, InterruptedException {
    int port = freePort();
    var words = new ArrayList<>(List.of("taskset", "-c", "1"));
    words.addAll(command.at(Integer.toString(port)));
    var process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!answers(port)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroyForcibly();
        throw new IOException(words + " does not start");
      }
      Thread.sleep(20);
    }
    return new KeyValueServer(process, port);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean answers(int port) {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
