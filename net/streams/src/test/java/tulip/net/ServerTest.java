// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tulip.core.Action;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.Scope;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.VirtualClock;

@Timeout(20)
@SuppressWarnings("try") // some close what is closed anyway
class ServerTest {
  private static final InetSocketAddress FREE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final List<ErrorContext> errors = new ArrayList<>();

  private void run(Action<Exception> test) throws Exception {
    Tulip.run(
        LoopOptions.DEFAULT.withClock(VirtualClock.autojump()).withInterruptible(false),
        () -> {
          EventLoop.current().setExceptionHandler(errors::add);
          test.run();
        });
  }

  private static Server open(ServerOptions options, Server.Handler handler) throws IOException {
    return Server.open(List.of(Tcp.listen(FREE, ListenOptions.DEFAULT)), options, handler);
  }

  private static ByteStream connect(Server server) throws IOException {
    return Tcp.connect("127.0.0.1", server.port());
  }

  @Test
  void aHandlerThatFailsHurtsNobodyElse() throws Exception {
    run(() -> {
      try (var server =
          open(
              ServerOptions.DEFAULT,
              stream -> {
                if ("fail".equals(stream.readLine())) {
                  throw new IllegalStateException("as told");
                }
                stream.write("fine\n");
              })) {
        try (var good = connect(server);
            var bad = connect(server)) {
          bad.write("fail\n");
          assertNull(bad.read());
          good.write("go on\n");
          assertEquals("fine", good.readLine());
        }
      }
    });
    assertEquals(1, errors.size());
    assertInstanceOf(IllegalStateException.class, errors.getFirst().exception());
  }

  @Test
  void aPeerThatGoesAwayIsNoFailureOfTheHandler() throws Exception {
    run(() -> {
      try (var server =
          open(
              ServerOptions.DEFAULT,
              stream -> {
                for (var line : stream.lines()) {
                  stream.write(line + "\n");
                }
              })) {
        try (var stream = connect(server)) {
          stream.write("a\n");
          assertEquals("a", stream.readLine());
          var socket = Objects.requireNonNull(stream.attribute(Attribute.SOCKET));
          socket.setOption(StandardSocketOptions.SO_LINGER, 0);
          stream.abort();
        }
        assertTrue(server.drain(ofSeconds(5)));
      }
    });
    assertEquals(List.of(), errors);
  }

  @Test
  void onlySoManyAreServedAtATime() throws Exception {
    run(() -> {
      try (var server =
          open(
              ServerOptions.DEFAULT.withMaxConnections(1),
              stream -> {
                stream.write("hello\n");
                stream.read();
              })) {
        try (var first = connect(server);
            var second = connect(server)) {
          assertEquals("hello", first.readLine());
          assertFalse(Tulip.moveOnAfter(ofSeconds(1), second::readLine));
          first.close();
          assertEquals("hello", second.readLine());
        }
      }
    });
  }

  @Test
  void closingCutsSoftHandlersAtOnceAndTheOthersAfterTheGrace() throws Exception {
    run(() -> {
      var ends = new ArrayList<String>();
      var loop = EventLoop.current();
      long begin = loop.time();
      try (var server =
          open(
              ServerOptions.DEFAULT.withGrace(ofSeconds(5)),
              stream -> {
                var kind = stream.readLine();
                stream.write("ready\n");
                try {
                  if ("idle".equals(kind)) {
                    new Scope().soft(true).run(() -> stream.read());
                  } else {
                    stream.read();
                  }
                } finally {
                  ends.add(kind + " after " + (loop.time() - begin) / 1_000_000_000 + " s");
                }
              })) {
        var idle = connect(server);
        var busy = connect(server);
        idle.write("idle\n");
        busy.write("busy\n");
        assertEquals("ready", idle.readLine());
        assertEquals("ready", busy.readLine());
        server.close();
        assertTrue(server.connections().isEmpty());
        idle.abort();
        busy.abort();
      }
      assertEquals(List.of("idle after 0 s", "busy after 5 s"), ends);
    });
  }

  @Test
  void whoIsConnectedStaysWhenNobodyElseIsLetIn() throws Exception {
    run(() -> {
      try (var server = open(ServerOptions.DEFAULT, stream -> stream.transferTo(stream))) {
        try (var stream = connect(server)) {
          stream.write("a\n");
          assertEquals("a", stream.readLine());
          int port = server.port();
          server.stopAccepting();
          assertThrows(ConnectException.class, () -> Tcp.connect("127.0.0.1", port));
          stream.write("b\n");
          assertEquals("b", stream.readLine());
          assertFalse(server.drain(ofMillis(100)));
          server.abortConnections();
          assertTrue(server.drain(ofSeconds(1)));
        }
      }
    });
  }

  /// A listener that fails as the system does when a process has too many open files.
  private static final class Failing implements Listener {
    private final Listener real;
    private final ArrayDeque<IOException> failures =
        new ArrayDeque<>(List.of(new IOException("Too many open files")));

    Failing(Listener real) {
      this.real = real;
    }

    @Override
    public ByteStream accept() throws IOException {
      var failure = failures.poll();
      if (failure != null) {
        throw failure;
      }
      return real.accept();
    }

    @Override
    public SocketAddress address() {
      return real.address();
    }

    @Override
    public void close() {
      real.close();
    }
  }

  @Test
  void acceptingPausesWhenTheSystemHasNoRoom() throws Exception {
    run(() -> {
      var listener = new Failing(Tcp.listen(FREE, ListenOptions.DEFAULT));
      long begin = EventLoop.current().time();
      try (var server = Server.open(listener, stream -> stream.write("hello\n"));
          var stream = Tcp.connect("127.0.0.1", server.port())) {
        assertEquals("hello", stream.readLine());
        assertTrue(EventLoop.current().time() - begin >= 1_000_000_000);
      }
    });
    assertEquals(1, errors.size());
  }

  @Test
  void aServerThatIsCancelledLetsItsConnectionsFinish() throws Exception {
    run(() -> {
      var listener = Tcp.listen(FREE, ListenOptions.DEFAULT);
      try (var group = TaskGroup.open()) {
        var serving =
            group.start(() ->
                Server.serve(
                    List.of(listener),
                    ServerOptions.DEFAULT,
                    stream -> {
                      stream.write("ready\n");
                      Tulip.sleep(ofSeconds(5));
                      stream.write("done\n");
                      Tulip.sleep(ofSeconds(6));
                      stream.write("too late\n");
                    }));
        try (var stream = Tcp.connect("127.0.0.1", listener.port())) {
          assertEquals("ready", stream.readLine());
          serving.taskScope().cancel("enough");
          assertEquals("done", stream.readLine());
          assertNull(stream.readLine());
        }
      }
    });
    assertEquals(List.of(), errors);
  }

  @Test
  void aServerServesUntilItIsCancelled() throws Exception {
    run(() -> {
      var listener = Tcp.listen(FREE, ListenOptions.DEFAULT);
      try (var group = TaskGroup.open()) {
        group.start(() ->
            Server.serve(
                List.of(listener), ServerOptions.DEFAULT, stream -> stream.transferTo(stream)));
        try (var stream = Tcp.connect("127.0.0.1", listener.port())) {
          stream.write("x\n");
          assertEquals("x", stream.readLine());
        }
      }
    });
  }
}
