// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.sync.Event;
import tulip.net.ByteStream;
import tulip.net.ListenOptions;
import tulip.net.Listener;
import tulip.net.Server;
import tulip.net.ServerOptions;
import tulip.net.Tcp;
import tulip.net.TcpOptions;
import tulip.net.Unix;
import tulip.testing.TulipTest;

/// What becomes of connections when their server ends.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
@SuppressWarnings("try") // some close what is closed anyway
class ServerShutdownTest {
  @TempDir private Path folder;
  private final List<String> ends = new ArrayList<>();
  private final Event served = new Event();

  private static Listener listen() throws IOException {
    var free = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    return Tcp.listen(free, ListenOptions.DEFAULT);
  }

  private static ByteStream connect(Server server) throws IOException {
    return Tcp.connect(
        (InetSocketAddress) server.listeners().getFirst().address(), TcpOptions.DEFAULT);
  }

  /// Says hello and waits for an end.
  private void hello(ByteStream stream) throws IOException {
    stream.write("hello\n");
    try {
      served.set();
      stream.read();
      ends.add("end");
    } catch (ClosedChannelException e) {
      ends.add("aborted");
      throw e;
    }
  }

  @TulipTest
  void closingWaitsForWhoIsServed() throws Exception {
    try (var server = Server.open(listen(), this::hello);
        var client = connect(server)) {
      assertEquals("hello", client.readLine());
      var close =
          Tulip.createTask(() -> {
            Tulip.sleep(ofSeconds(3));
            client.close();
            return true;
          });
      server.close();
      assertEquals(List.of("end"), ends);
      assertTrue(close.await());
    }
  }

  @TulipTest
  void whoWaitsForNobodyNeedNotWait() throws Exception {
    try (var server = Server.open(listen(), this::hello)) {
      assertTrue(server.drain(ofSeconds(1)));
      server.close();
      assertThrows(ConnectException.class, () -> connect(server));
      server.close();
      assertTrue(server.drain(ofSeconds(1)));
    }
  }

  @TulipTest
  void drainingEndsWithTheLastConnection() throws Exception {
    try (var server = Server.open(listen(), this::hello)) {
      var one = connect(server);
      var two = connect(server);
      one.readLine();
      two.readLine();
      var drain = Tulip.createTask(() -> server.drain(ofSeconds(100)));
      one.close();
      Tulip.sleep(ofSeconds(1));
      assertFalse(drain.isDone());
      two.close();
      assertTrue(drain.await());
    }
  }

  @TulipTest
  void abortingEndsWhoWaitsForASlowReader() throws Exception {
    Server.Handler flood =
        stream -> {
          try {
            served.set();
            stream.write(Bytes.wrap(new byte[20_000_000]));
          } catch (ClosedChannelException e) {
            ends.add("aborted");
            throw e;
          }
        };
    try (var server = Server.open(listen(), flood);
        var client = connect(server)) {
      served.await();
      Tulip.sleep(ofSeconds(1));
      assertFalse(server.drain(ofSeconds(1)));
      server.abortConnections();
      assertTrue(server.drain(ofSeconds(1)));
      assertEquals(List.of("aborted"), ends);
      assertThrows(IOException.class, () -> client.readExactly(20_000_000));
    }
  }

  @TulipTest
  void whoCameInTheLastMomentIsNotLeftAlone() throws Exception {
    for (int turns = 0; turns < 8; turns++) {
      var server =
          Server.open(
              List.of(listen()), ServerOptions.DEFAULT.withGrace(ofSeconds(1)), this::hello);
      var client = Tulip.createTask(() -> connect(server));
      for (int i = 0; i < turns; i++) {
        Tulip.yield();
      }
      server.close();
      assertEquals(List.of(), server.connections());
      client.awaitDone();
      if (client.exception() == null) {
        try (var stream = client.result()) {
          assertThatItEnds(stream);
        }
      }
    }
  }

  /// Not accepted, or served for a while: it ends in any case.
  private static void assertThatItEnds(ByteStream stream) {
    try {
      stream.readAll(100);
    } catch (IOException e) {
      assertEquals("Connection reset", e.getMessage());
    }
  }

  @TulipTest
  void aHandlerMayEndItsServerAndStillAnswers() throws Exception {
    var listener = listen();
    var address = (InetSocketAddress) listener.address();
    try (var group = TaskGroup.open()) {
      var serving = new Event();
      group.start(() -> {
        serving.set();
        Server.serve(
            List.of(listener),
            ServerOptions.DEFAULT,
            stream -> {
              stream.readLine();
              group.cancel();
              stream.write("last words");
            });
      });
      serving.await();
      try (var client = Tcp.connect(address, TcpOptions.DEFAULT)) {
        Tulip.shield(() -> {
          client.write("stop\n");
          assertEquals("last words", client.readAll(100).ascii());
        });
      }
    }
    assertThrows(ConnectException.class, () -> Tcp.connect(address, TcpOptions.DEFAULT));
  }

  @TulipTest
  void severalListenersAreServedAlike() throws Exception {
    var path = folder.resolve("socket");
    var listeners = List.of(listen(), listen(), Unix.listen(path));
    try (var server =
        Server.open(listeners, ServerOptions.DEFAULT, stream -> stream.transferTo(stream))) {
      assertEquals(listeners, server.listeners());
      for (var client :
          List.of(
              Tcp.connect((InetSocketAddress) listeners.get(0).address(), TcpOptions.DEFAULT),
              Tcp.connect((InetSocketAddress) listeners.get(1).address(), TcpOptions.DEFAULT),
              Unix.connect(path))) {
        client.write("x");
        client.closeOutput();
        assertEquals("x", client.readAll(10).ascii());
        client.close();
      }
    }
  }

  @TulipTest
  void aHandshakeThatFailsHurtsNobodyElse() throws Exception {
    try (var server =
        Server.open(
            listen(),
            stream -> {
              stream.startTls(Certificates.SERVER);
              stream.transferTo(stream);
            })) {
      try (var good = connect(server);
          var bad = connect(server);
          var gone = connect(server)) {
        bad.write("GET / HTTP/1.0\r\n\r\n");
        gone.close();
        good.startTls(Certificates.CLIENT, "localhost");
        assertThatItEnds(bad);
        good.write("x");
        good.closeOutput();
        assertEquals("x", good.readAll(10).ascii());
        assertNull(good.read());
      }
    }
  }
}
