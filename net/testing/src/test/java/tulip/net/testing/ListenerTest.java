// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.net.Attribute;
import tulip.net.ByteStream;
import tulip.net.ListenOptions;
import tulip.net.Listener;
import tulip.net.Tcp;
import tulip.net.TcpOptions;
import tulip.testing.TulipTest;

/// Listening at ports.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class ListenerTest {
  private static InetSocketAddress local(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
  }

  private static Listener listen(int port) throws IOException {
    return Tcp.listen(local(port), ListenOptions.DEFAULT);
  }

  private static ByteStream connect(int port) throws IOException {
    return Tcp.connect(local(port), TcpOptions.DEFAULT);
  }

  @TulipTest
  void bothFamiliesReachAListenerOfAllAddresses() throws Exception {
    try (var listener = Tcp.listen(0)) {
      for (var address : new String[] {"127.0.0.1", "::1"}) {
        try (var client = Tcp.connect(address, listener.port());
            var server = listener.accept()) {
          assertEquals(
              client.attribute(Attribute.LOCAL_ADDRESS),
              server.attribute(Attribute.REMOTE_ADDRESS));
          assertEquals(
              client.attribute(Attribute.REMOTE_ADDRESS),
              server.attribute(Attribute.LOCAL_ADDRESS));
        }
      }
    }
  }

  @TulipTest
  void anAddressIsListenedAtAlone() throws Exception {
    try (var listener = listen(0)) {
      assertEquals(local(listener.port()), listener.address());
      assertThrows(ConnectException.class, () -> Tcp.connect("127.0.0.2", listener.port()));
      assertThrows(ConnectException.class, () -> Tcp.connect("::1", listener.port()));
    }
  }

  @TulipTest
  void aPortIsFreeThoughItsConnectionsLive() throws Exception {
    var first = listen(0);
    int port = first.port();
    var client = connect(port);
    var server = first.accept();
    server.close(); // it waits in the system now
    first.close();
    assertThrows(ConnectException.class, () -> connect(port).close());
    try (var second = listen(port);
        var other = connect(port)) {
      second.accept().close();
      assertEquals(port, second.port());
      assertTrue(other.readAll(1).isEmpty());
    }
    client.close();
  }

  @TulipTest
  void aPortIsTakenOnlyOnce() throws Exception {
    try (var listener = listen(0)) {
      var e = assertThrows(BindException.class, () -> listen(listener.port()));
      assertTrue(String.valueOf(e.getMessage()).endsWith(":" + listener.port()), e::toString);
    }
  }

  @TulipTest
  void aPortIsSharedIfAllWantThat() throws Exception {
    var shared = ListenOptions.DEFAULT.withReusePort(true);
    try (var one = Tcp.listen(local(0), shared);
        var two = Tcp.listen(local(one.port()), shared)) {
      assertEquals(one.port(), two.port());
    }
  }

  @TulipTest
  void anAddressOfAnotherMachineIsRefused() {
    var foreign = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 0);
    var e = assertThrows(BindException.class, () -> Tcp.listen(foreign, ListenOptions.DEFAULT));
    assertTrue(String.valueOf(e.getMessage()).contains("192.0.2.1"), e::toString);
  }

  @Test
  void someMustFitIntoTheBacklog() {
    assertThrows(IllegalArgumentException.class, () -> ListenOptions.DEFAULT.withBacklog(0));
    assertEquals(1, ListenOptions.DEFAULT.withBacklog(1).backlog());
  }

  @TulipTest
  void aClosedListenerAcceptsNobody() throws Exception {
    var listener = listen(0);
    listener.close();
    listener.close();
    assertThrows(ClosedChannelException.class, listener::accept);
  }

  @TulipTest
  void closingEndsWhoAccepts() throws Exception {
    var listener = listen(0);
    var accept = Tulip.createTask(listener::accept);
    Tulip.yield();
    assertThrows(IllegalStateException.class, listener::accept);
    listener.close();
    accept.awaitDone();
    assertInstanceOf(ClosedChannelException.class, accept.exception());
  }

  @TulipTest
  void aCancelledAcceptLosesNoConnection() throws Exception {
    try (var listener = listen(0)) {
      var accept = Tulip.createTask(listener::accept);
      Tulip.yield();
      accept.cancel();
      accept.awaitDone();
      assertTrue(accept.isCancelled());
      try (var client = connect(listener.port());
          var server = listener.accept()) {
        server.write("hello\n");
        assertEquals("hello", client.readLine());
      }
    }
  }

  @TulipTest
  void connectionsHaveTheirOptions() throws Exception {
    var options = TcpOptions.DEFAULT.withKeepAlive(true);
    try (var listener = Tcp.listen(local(0), ListenOptions.DEFAULT.withConnections(options));
        var client = Tcp.connect(local(listener.port()), options);
        var server = listener.accept()) {
      for (var stream : new ByteStream[] {client, server}) {
        var socket = requireNonNull(stream.attribute(Attribute.SOCKET));
        assertTrue(socket.getOption(StandardSocketOptions.TCP_NODELAY));
        assertTrue(socket.getOption(StandardSocketOptions.SO_KEEPALIVE));
      }
    }
  }

  @TulipTest
  void aClientMayChooseItsOwnAddress() throws Exception {
    try (var listener = listen(0)) {
      var mine = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.5"), 0);
      try (var _ = Tcp.connect(local(listener.port()), TcpOptions.DEFAULT.withLocal(mine));
          var server = listener.accept()) {
        var remote = (InetSocketAddress) requireNonNull(server.attribute(Attribute.REMOTE_ADDRESS));
        assertEquals(mine.getAddress(), remote.getAddress());
      }
      var foreign = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 0);
      var options = TcpOptions.DEFAULT.withLocal(foreign);
      var e = assertThrows(IOException.class, () -> Tcp.connect(local(listener.port()), options));
      assertTrue(String.valueOf(e.getMessage()).contains("192.0.2.1"), e::toString);
    }
  }

  @TulipTest
  void freePortsDiffer() throws Exception {
    var ports = new HashSet<Integer>();
    try (var one = listen(0);
        var two = listen(0)) {
      ports.add(one.port());
      ports.add(two.port());
    }
    assertEquals(2, ports.size());
  }
}
