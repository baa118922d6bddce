// SPDX-License-Identifier: Apache-2.0
package tulip.it.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.it.ChildJvm;
import tulip.net.ByteStream;
import tulip.net.ListenOptions;
import tulip.net.Server;
import tulip.net.ServerOptions;
import tulip.net.Tcp;
import tulip.net.TcpOptions;

/// A server in a process that has no descriptor left for one more connection.
@Timeout(60)
class DescriptorsTest {
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
  void aServerThatHasNoneLeftWaitsForSome(Engine engine) throws Exception {
    var run = ChildJvm.withFlag().run(Crowded.class, engine.name());
    assertEquals(
        """
        in a crowd 3 are served, and 1 failure is told
        with room 10 are served
        """,
        run.out(),
        run::err);
  }

  static final class Crowded {
    private static final int CLIENTS = 10;
    private static final int ROOM = 3;
    private static final ServerOptions OPTIONS =
        ServerOptions.DEFAULT.withBackOff(Duration.ofSeconds(2)).withGrace(Duration.ZERO);

    private final List<ErrorContext> errors = new ArrayList<>();
    private final List<FileInputStream> ballast = new ArrayList<>();

    public static void main(String[] arguments) throws Exception {
      var options = LoopOptions.DEFAULT.withEngine(Engine.valueOf(arguments[0]));
      Tulip.run(options, () -> new Crowded().run());
    }

    private void run() throws Exception {
      EventLoop.current().setExceptionHandler(errors::add);
      try (var server =
          Server.open(
              List.of(Tcp.listen(Shouting.FREE, ListenOptions.DEFAULT)),
              OPTIONS,
              ByteStream::read)) {
        var address = (InetSocketAddress) server.listeners().getFirst().address();
        loadWhatIsNeeded(server, address);
        var clients = new ArrayList<SocketChannel>();
        for (int i = 0; i < CLIENTS; i++) {
          clients.add(SocketChannel.open());
        }
        fillUp();
        for (var client : clients) {
          client.connect(address); // the system lets them in, the server does not see them yet
        }
        await(() -> !errors.isEmpty());
        System.out.printf(
            "in a crowd %d are served, and %d failure is told%n",
            server.connections().size(), errors.size());
        close(ballast.size());
        await(() -> server.connections().size() == CLIENTS);
        System.out.printf("with room %d are served%n", server.connections().size());
        for (var client : clients) {
          client.close();
        }
      }
    }

    /// Classes are files too.
    private void loadWhatIsNeeded(Server server, InetSocketAddress address) throws IOException {
      EventLoop.current()
          .callExceptionHandler(new ErrorContext("none", new IOException("none"), this));
      errors.clear();
      try (var _ = Tcp.connect(address, TcpOptions.DEFAULT)) {
        await(() -> !server.connections().isEmpty());
      }
      await(() -> server.connections().isEmpty());
    }

    /// Leaves room for a few descriptors.
    private void fillUp() throws Exception {
      var pid = Long.toString(ProcessHandle.current().pid());
      var limit = new ProcessBuilder("prlimit", "--pid", pid, "--nofile=300:300").inheritIO();
      assertEquals(0, Tulip.blocking(() -> limit.start().waitFor()));
      try {
        while (true) {
          ballast.add(new FileInputStream("/dev/null"));
        }
      } catch (FileNotFoundException e) {
        close(ROOM);
      }
    }

    private void close(int count) throws IOException {
      for (int i = 0; i < count; i++) {
        ballast.removeLast().close();
      }
    }

    private interface Condition {
      boolean holds();
    }

    private static void await(Condition condition) {
      while (!condition.holds()) {
        Tulip.sleep(Duration.ofMillis(5));
      }
    }
  }
}
