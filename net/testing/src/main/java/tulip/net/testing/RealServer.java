// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A server that nobody here wrote, started for a test: a [RealProcess] with a folder and a free
/// port of its own, both gone at the end.
///
/// ```java
/// try (var redis = RealServer.start(place -> List.of("redis-server", "--port", place.portText()))) {
///   client.connect(redis.address());
/// }
/// ```
public final class RealServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE_NANOS = 20_000_000;
  private static final int STARTS = 3;

  /// What a server has for itself.
  ///
  /// @param folder an empty folder, in which it runs
  /// @param port that was free a moment ago, on the loopback address
  public record Place(Path folder, int port) {
    /// The port, as commands want it.
    public String portText() {
      return Integer.toString(port);
    }
  }

  /// How a server is started.
  @FunctionalInterface
  public interface Recipe {
    /// Writes what the server needs into its folder.
    ///
    /// @return the program and its arguments
    /// @throws Exception if that fails
    List<String> command(Place place) throws Exception;
  }

  /// Tells when a server can be used.
  @FunctionalInterface
  public interface Ready {
    /// Looks, and does not wait.
    ///
    /// @throws Exception to say no, and why
    boolean isReady(RealServer server) throws Exception;
  }

  private final Place place;
  private final RealProcess process;

  private RealServer(Place place, RealProcess process) {
    this.place = place;
    this.process = process;
  }

  /// Starts a server, and waits until it accepts a connection, for at most 30 s. Blocks.
  ///
  /// @throws IOException as [#start(Recipe, Ready, Duration)]
  public static RealServer start(Recipe recipe) throws IOException {
    return start(recipe, RealServer::accepts, PATIENCE);
  }

  /// Starts a server, and waits until it is ready. Blocks. If another program has taken the port
  /// meanwhile it starts again with another one.
  ///
  /// @throws IOException if it ends, or is not ready within the limit; with what it has written
  public static RealServer start(Recipe recipe, Ready ready, Duration limit) throws IOException {
    for (int left = STARTS - 1; ; left--) {
      var server = begin(recipe);
      try {
        server.awaitReady(ready, limit);
        return server;
      } catch (IOException e) {
        server.close();
        if (left == 0 || !server.output().contains("in use")) {
          throw e;
        }
      } catch (Throwable t) {
        server.close();
        throw t;
      }
    }
  }

  private static RealServer begin(Recipe recipe) throws IOException {
    var place = new Place(Files.createTempDirectory("tulip-server"), freePort());
    try {
      return new RealServer(place, RealProcess.start(place.folder(), recipe.command(place)));
    } catch (Throwable t) {
      delete(place.folder());
      throw t instanceof IOException e ? e : new IOException("no command for a server", t);
    }
  }

  /// A port that was free a moment ago, on the loopback address.
  public static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady(Ready ready, Duration limit) throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Exception why = null;
      try {
        if (ready.isReady(this)) {
          return;
        }
      } catch (Exception e) {
        why = e;
      }
      if (!process.isAlive()) {
        process.end(limit);
        throw new IOException("ended before it was ready: " + process.report(), why);
      }
      if (System.nanoTime() > end) {
        throw new IOException("not ready after " + limit + ": " + process.report(), why);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /// Whether it accepts connections: the usual sign that it is ready.
  public boolean accepts() throws IOException {
    try (var socket = new Socket()) {
      socket.connect(address(), (int) PATIENCE.toMillis());
      return true;
    }
  }

  /// Where it listens.
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), place.port());
  }

  /// Its port.
  public int port() {
    return place.port();
  }

  /// Its folder.
  public Path folder() {
    return place.folder();
  }

  /// The program that runs.
  public RealProcess process() {
    return process;
  }

  /// What it has written up to now.
  public String output() {
    return process.output();
  }

  /// Kills it, and removes its folder.
  @Override
  public void close() {
    process.close();
    try {
      delete(place.folder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public String toString() {
    return process + " at " + address();
  }
}
