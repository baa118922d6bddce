// SPDX-License-Identifier: Apache-2.0
package tulip.it.net;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import tulip.core.Tulip;
import tulip.net.testing.RealProcess;

/// A real program at the other end, for tasks that share their loop with this end.
final class Peer implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Path HERE = Path.of(".");

  private final RealProcess process;

  private Peer(RealProcess process) {
    this.process = process;
  }

  static Peer start(String... command) throws IOException {
    return new Peer(Tulip.blocking(() -> RealProcess.start(HERE, command)));
  }

  /// Starts a Python program that finds its arguments in `sys.argv`.
  static Peer python(String program, int argument) throws IOException {
    return start("/usr/bin/python3", "-u", "-c", program, Integer.toString(argument));
  }

  void send(String text) throws IOException {
    Tulip.blocking(() -> process.send(text));
  }

  void endInput() throws IOException {
    Tulip.blocking(process::endInput);
  }

  /// Waits until it has written this.
  void await(String text) throws IOException {
    Tulip.blocking(() -> process.awaitOutput(text, LIMIT));
  }

  /// Waits until it has ended, and gives its status.
  int end() throws IOException {
    return Tulip.blocking(() -> process.end(LIMIT));
  }

  String output() {
    return process.output();
  }

  void kill() {
    Tulip.blocking(process::close);
  }

  @Override
  public void close() {
    kill();
  }
}
