// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.transports.Loopback.settle;

import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Timeout;
import tulip.bytes.Bytes;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.net.ListenOptions;
import tulip.net.Listener;
import tulip.net.Tcp;
import tulip.net.TcpOptions;
import tulip.net.spi.NameResolver;
import tulip.testing.TulipTest;

/// Serving: listening, accepting, stopping.
@TulipTest(
    clock = TulipTest.Clock.REAL,
    engine = {Engine.CARRIER, Engine.BATON})
@Timeout(20)
@SuppressWarnings("try") // some close what is closed anyway
class TransportServerTest {
  private final List<Recorder> protocols = new ArrayList<>();

  private Recorder echo() {
    var protocol = new Echo();
    protocols.add(protocol);
    return protocol;
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Tulip.yield();
    }
  }

  @TulipTest
  void eachConnectionHasAProtocolOfItsOwn() throws Exception {
    var server = Loopback.serve(this::echo);
    assertTrue(server.isServing());
    try (var one = Loopback.connect(server);
        var two = Loopback.connect(server)) {
      two.write("two");
      one.write("one");
      assertEquals("two", two.readExactly(3).ascii());
      assertEquals("one", one.readExactly(3).ascii());
      assertEquals(2, server.transports().size());
      assertEquals(2, protocols.size());
    }
    server.close();
    server.waitClosed();
    assertFalse(server.isServing());
    for (var protocol : protocols) {
      assertEquals(List.of("made", "data", "eof", "lost"), protocol.events);
    }
  }

  @TulipTest
  void severalAddressesAreServed() throws Exception {
    var server =
        Transports.createServer(
            this::echo,
            List.of(
                Loopback.at("127.0.0.1", 0), Loopback.at("127.0.0.2", 0), Loopback.at("::1", 0)),
            ServeOptions.DEFAULT);
    assertEquals(3, server.listeners().size());
    for (var listener : server.listeners()) {
      try (var client = Tcp.connect((InetSocketAddress) listener.address(), TcpOptions.DEFAULT)) {
        client.write("x");
        assertEquals("x", client.readExactly(1).ascii());
      }
    }
    server.close();
    server.waitClosed();
  }

  @TulipTest
  void allAddressesOfANameAreServed() throws Exception {
    NameResolver.CURRENT.set(_ ->
        List.of(
            InetAddress.ofLiteral("127.0.0.1"),
            InetAddress.ofLiteral("127.0.0.2"),
            InetAddress.ofLiteral("127.0.0.1")));
    var server =
        Transports.createServer(
            this::echo,
            List.of(InetSocketAddress.createUnresolved("somewhere", 0)),
            ServeOptions.DEFAULT);
    assertEquals(2, server.listeners().size());
    server.close();
    NameResolver.CURRENT.set(host -> {
      throw new UnknownHostException(host);
    });
    assertThrows(
        UnknownHostException.class,
        () ->
            Transports.createServer(
                this::echo,
                List.of(InetSocketAddress.createUnresolved("nowhere", 0)),
                ServeOptions.DEFAULT));
  }

  @TulipTest
  void allAddressesOfTheMachineAreServedInBothFamilies() throws Exception {
    var server = Transports.createServer(this::echo, 0);
    for (var address : List.of("127.0.0.1", "::1")) {
      try (var client = Tcp.connect(Loopback.at(address, server.port()), TcpOptions.DEFAULT)) {
        client.write("x");
        assertEquals("x", client.readExactly(1).ascii());
      }
    }
    server.close();
    server.waitClosed();
  }

  @TulipTest
  void anAddressThatIsTakenClosesTheOthers() throws Exception {
    try (var taken = Loopback.listen()) {
      assertThrows(
          BindException.class,
          () ->
              Transports.createServer(
                  this::echo,
                  List.of(Loopback.FREE, (InetSocketAddress) taken.address()),
                  ServeOptions.DEFAULT)); // the test fails if a listener is left
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> Transports.createServer(this::echo, List.of(), ServeOptions.DEFAULT));
  }

  @TulipTest
  void twoServersMayShareAPort() throws Exception {
    var shared = ServeOptions.DEFAULT.withListen(ListenOptions.DEFAULT.withReusePort(true));
    try (var first = Loopback.serve(this::echo, shared)) {
      var address = (InetSocketAddress) first.listeners().getFirst().address();
      Transports.createServer(this::echo, List.of(address), shared).close();
      assertThrows(
          BindException.class,
          () -> Transports.createServer(this::echo, List.of(address), ServeOptions.DEFAULT));
    }
  }

  @TulipTest
  void connectionsWaitUntilTheServerStartsToServe() throws Exception {
    var server = Loopback.serve(this::echo, ServeOptions.DEFAULT.withStartServing(false));
    assertFalse(server.isServing());
    try (var client = Loopback.connect(server)) {
      client.write("x");
      settle();
      assertEquals(List.of(), protocols);
      server.startServing();
      server.startServing();
      assertTrue(server.isServing());
      assertEquals("x", client.readExactly(1).ascii());
    }
    server.close();
    server.waitClosed();
    assertThrows(IllegalStateException.class, server::startServing);
  }

  @TulipTest
  void aServerThatNeverServedCanBeClosed() throws Exception {
    var server = Loopback.serve(this::echo, ServeOptions.DEFAULT.withStartServing(false));
    server.close();
    server.close();
    server.waitClosed();
    assertThrows(ConnectException.class, () -> Loopback.connect(server));
  }

  @TulipTest
  void closingRefusesTheNextAndLeavesThePresent() throws Exception {
    var server = Loopback.serve(this::echo);
    try (var client = Loopback.connect(server)) {
      client.write("a");
      client.readExactly(1);
      server.close();
      assertThrows(ConnectException.class, () -> Loopback.connect(server));
      client.write("b");
      assertEquals("b", client.readExactly(1).ascii());
      var waiting = Tulip.createTask(server::waitClosed);
      settle();
      assertFalse(waiting.isDone());
      client.close();
      waiting.await();
    }
    assertEquals(List.of(), server.transports());
  }

  @TulipTest
  void clientsAreClosedWithWhatTheyHaveToGet() throws Exception {
    var server = Loopback.serve(this::echo);
    try (var client = Loopback.connect(server)) {
      await(() -> protocols.size() == 1 && !protocols.getFirst().events.isEmpty());
      protocols.getFirst().transport().write(Bytes.wrap(new byte[5_000_000]));
      server.close();
      server.closeClients();
      assertEquals(5_000_000, client.readAll(6_000_000).length());
      server.waitClosed();
    }
  }

  @TulipTest
  void clientsAreAbortedAtOnce() throws Exception {
    var server = Loopback.serve(this::echo);
    try (var client = Loopback.connect(server)) {
      await(() -> protocols.size() == 1 && !protocols.getFirst().events.isEmpty());
      server.close();
      server.abortClients();
      server.waitClosed();
      assertNull(client.read());
    }
    assertEquals(List.of("made", "lost"), protocols.getFirst().events);
  }

  @TulipTest
  void servingForEverEndsByCancellationAndLeavesNothing() throws Exception {
    var server = Loopback.serve(this::echo, ServeOptions.DEFAULT.withStartServing(false));
    var serving = Tulip.createTask(server::serveForever);
    try (var client = Loopback.connect(server)) {
      client.write("x");
      client.readExactly(1);
      serving.cancel();
      serving.awaitDone();
      assertTrue(serving.isCancelled());
      assertNull(client.read());
    }
    assertFalse(server.isServing());
    assertEquals(List.of(), server.transports());
  }

  @TulipTest
  void servingForEverEndsWhenTheServerIsClosed() throws Exception {
    var server = Loopback.serve(this::echo);
    var serving = Tulip.createTask(server::serveForever);
    settle();
    server.close();
    serving.await();
    server.waitClosed();
  }

  @TulipTest
  void onlySoManyAreServedAtATime() throws Exception {
    var server = Loopback.serve(this::echo, ServeOptions.DEFAULT.withMaxConnections(1));
    try (var first = Loopback.connect(server);
        var second = Loopback.connect(server)) {
      first.write("a");
      first.readExactly(1);
      second.write("b");
      settle();
      assertEquals(1, protocols.size());
      first.close();
      assertEquals("b", second.readExactly(1).ascii());
    }
    server.close();
    server.waitClosed();
  }

  @TulipTest
  void aFactoryThatFailsHurtsNobodyElse() throws Exception {
    var errors = new ArrayList<ErrorContext>();
    EventLoop.current().setExceptionHandler(errors::add);
    var problem = new IllegalStateException("no protocol for the first");
    var server =
        Loopback.serve(() -> {
          if (errors.isEmpty()) {
            throw problem;
          }
          return echo();
        });
    try (var first = Loopback.connect(server)) {
      assertNull(first.read());
      assertSame(problem, errors.getFirst().exception());
      try (var second = Loopback.connect(server)) {
        second.write("x");
        assertEquals("x", second.readExactly(1).ascii());
      }
    }
    server.close();
    server.waitClosed();
    assertEquals(1, errors.size());
  }

  @TulipTest
  void aProtocolThatFailsHurtsNobodyElse() throws Exception {
    var errors = new ArrayList<ErrorContext>();
    EventLoop.current().setExceptionHandler(errors::add);
    var server =
        Loopback.serve(() ->
            new Recorder() {
              @Override
              public void dataReceived(Bytes data) throws Exception {
                if (data.ascii().equals("fail")) {
                  throw new IllegalStateException("as told");
                }
                transport().write(data);
              }
            });
    try (var bad = Loopback.connect(server);
        var good = Loopback.connect(server)) {
      bad.write("fail");
      assertNull(bad.read());
      good.write("x");
      assertEquals("x", good.readExactly(1).ascii());
    }
    server.close();
    server.waitClosed();
    assertEquals(1, errors.size());
  }

  @TulipTest
  void optionsThatMakeNoSenseAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> ServeOptions.DEFAULT.withMaxConnections(0));
    assertThrows(
        IllegalArgumentException.class, () -> ServeOptions.DEFAULT.withTls(Certificates.CLIENT));
    assertThrows(
        IllegalArgumentException.class, () -> ConnectOptions.DEFAULT.withTls(Certificates.SERVER));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ConnectOptions(TcpOptions.DEFAULT, null, "localhost"));
  }

  @TulipTest
  void theSocketsOfAServerAreItsListeners() throws Exception {
    try (var server = Loopback.serve(this::echo)) {
      Listener listener = server.listeners().getFirst();
      assertEquals(listener.port(), server.port());
      assertTrue(server.toString().contains(String.valueOf(server.port())));
    }
  }
}
