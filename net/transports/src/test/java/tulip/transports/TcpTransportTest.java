// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.transports.Loopback.end;
import static tulip.transports.Loopback.settle;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Timeout;
import tulip.bytes.Bytes;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.sync.Event;
import tulip.net.Attribute;
import tulip.net.TcpOptions;
import tulip.net.spi.NameResolver;
import tulip.testing.TulipTest;

/// Connecting over TCP, and what a real socket does.
@TulipTest(
    clock = TulipTest.Clock.REAL,
    engine = {Engine.CARRIER, Engine.BATON})
@Timeout(20)
class TcpTransportTest {
  @TulipTest
  void aConnectionCarriesBytesBothWays() throws Exception {
    try (var listener = Loopback.listen()) {
      var recorder = Loopback.connect(Recorder::new, listener).protocol();
      try (var peer = listener.accept()) {
        recorder.transport().write(Bytes.ofAscii("ping"));
        assertEquals("ping", peer.readExactly(4).ascii());
        peer.write("pong");
        peer.closeOutput();
        recorder.await("lost");
        assertEquals("pong", recorder.text());
        assertEquals(List.of("made", "data", "eof", "lost"), recorder.events);
        assertNull(peer.read());
      }
    }
  }

  @TulipTest
  void factsOfTheConnectionAreAttributes() throws Exception {
    try (var listener = Loopback.listen()) {
      var recorder = Loopback.connect(Recorder::new, listener).protocol();
      var transport = recorder.transport();
      try (var peer = listener.accept()) {
        assertEquals(listener.address(), transport.attribute(Attribute.REMOTE_ADDRESS));
        assertEquals(
            peer.attribute(Attribute.REMOTE_ADDRESS), transport.attribute(Attribute.LOCAL_ADDRESS));
        var socket = assertInstanceOf(SocketChannel.class, transport.attribute(Attribute.SOCKET));
        assertTrue(socket.getOption(StandardSocketOptions.TCP_NODELAY));
        assertNull(transport.attribute(Attribute.PEER_USER));
        end(recorder);
        assertNotNull(transport.attribute(Attribute.REMOTE_ADDRESS));
      }
    }
  }

  @TulipTest
  void muchComesBackWhole() throws Exception {
    var all = new byte[5_000_000];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (i * 31 + (i >> 8));
    }
    var server = Loopback.serve(Echo::new);
    try (var client = Loopback.connect(server)) {
      TaskGroup.run(group -> {
        group.start(() -> {
          client.write(all);
          client.closeOutput();
        });
        assertEquals(-1, Arrays.mismatch(all, client.readAll(all.length).toByteArray()));
      });
    }
    server.close();
    server.waitClosed();
  }

  @TulipTest
  void manySmallWritesComeInOrder() throws Exception {
    try (var listener = Loopback.listen()) {
      var transport = Loopback.connect(Recorder::new, listener).transport();
      var expected = new StringBuilder();
      try (var peer = listener.accept()) {
        for (int i = 0; i < 10_000; i++) {
          transport.write(Bytes.ofAscii(i + " "));
          expected.append(i).append(' ');
        }
        transport.close();
        assertEquals(expected.toString(), peer.readAll(1_000_000).ascii());
      }
    }
  }

  @TulipTest
  void aResetIsTheCause() throws Exception {
    try (var listener = Loopback.listen()) {
      var recorder = Loopback.connect(Recorder::new, listener).protocol();
      var peer = listener.accept();
      var socket = Objects.requireNonNull(peer.attribute(Attribute.SOCKET));
      socket.setOption(StandardSocketOptions.SO_LINGER, 0);
      peer.abort();
      recorder.await("lost");
      assertEquals(List.of("made", "lost"), recorder.events);
      assertInstanceOf(IOException.class, recorder.cause());
    }
  }

  @TulipTest
  void theTransportsChannelIsNobodyElses() throws Exception {
    try (var listener = Loopback.listen()) {
      var recorder = Loopback.connect(Recorder::new, listener).protocol();
      settle();
      var socket = Objects.requireNonNull(recorder.transport().attribute(Attribute.SOCKET));
      var loop = EventLoop.current();
      assertThrows(IllegalStateException.class, () -> loop.addReader(socket, () -> {}));
      assertThrows(IllegalStateException.class, () -> loop.addWriter(socket, () -> {}));
      assertFalse(loop.removeReader(socket));
      assertFalse(loop.removeWriter(socket));
      try (var peer = listener.accept()) {
        peer.write("still heard");
        recorder.awaitText("still heard");
      }
      end(recorder);
    }
  }

  // Ways to connect.

  @TulipTest
  void aReadySocketBecomesTheTransports() throws Exception {
    try (var listener = Loopback.listen()) {
      var socket = SocketChannel.open(listener.address());
      var connection = Transports.createConnection(Recorder::new, socket, ConnectOptions.DEFAULT);
      try (var peer = listener.accept()) {
        peer.write("hello");
        connection.protocol().awaitText("hello");
      }
      assertSame(socket, connection.transport().attribute(Attribute.SOCKET));
      end(connection.protocol());
      assertFalse(socket.isOpen());
    }
  }

  @TulipTest
  void aSocketThatIsNotConnectedIsRefusedAndClosed() throws Exception {
    var socket = SocketChannel.open();
    assertThrows(
        NotYetConnectedException.class,
        () -> Transports.createConnection(Recorder::new, socket, ConnectOptions.DEFAULT));
    assertFalse(socket.isOpen());
  }

  @TulipTest
  void anAcceptedSocketBecomesTheTransports() throws Exception {
    try (var listener = java.nio.channels.ServerSocketChannel.open().bind(Loopback.FREE);
        var client = SocketChannel.open(listener.getLocalAddress())) {
      var connection = Transports.connectAcceptedSocket(Echo::new, listener.accept(), null);
      client.write(java.nio.ByteBuffer.wrap(new byte[] {'h', 'i'}));
      connection.protocol().awaitText("hi");
      end(connection.protocol());
    }
  }

  @TulipTest
  void nobodyListens() throws Exception {
    int port;
    try (var listener = Loopback.listen()) {
      port = listener.port();
    }
    var e =
        assertThrows(
            ConnectException.class,
            () -> Transports.createConnection(Recorder::new, "127.0.0.1", port));
    assertTrue(e.toString().contains(String.valueOf(port)), e::toString);
  }

  @TulipTest
  void allAddressesOfAHostAreTried() throws Exception {
    NameResolver.CURRENT.set(
        _ -> List.of(InetAddress.ofLiteral("127.0.0.2"), InetAddress.ofLiteral("127.0.0.1")));
    try (var listener = Loopback.listen()) {
      var connection = Transports.createConnection(Recorder::new, "somewhere", listener.port());
      assertEquals(listener.address(), connection.transport().attribute(Attribute.REMOTE_ADDRESS));
      end(connection.protocol());
    }
  }

  @TulipTest
  void allFailuresAreTold() throws Exception {
    NameResolver.CURRENT.set(
        _ -> List.of(InetAddress.ofLiteral("127.0.0.2"), InetAddress.ofLiteral("127.0.0.3")));
    int port;
    try (var listener = Loopback.listen()) {
      port = listener.port();
    }
    var e =
        assertThrows(
            ConnectException.class,
            () -> Transports.createConnection(Recorder::new, "somewhere", port));
    assertEquals(2, e.getSuppressed().length);
  }

  private static ConnectOptions from(String address, int port) {
    return ConnectOptions.DEFAULT.withTcp(TcpOptions.DEFAULT.withLocal(Loopback.at(address, port)));
  }

  @TulipTest
  void aConnectionComesFromTheLocalAddressThatWasAskedFor() throws Exception {
    try (var listener = Loopback.listen()) {
      var connection =
          Transports.createConnection(
              Recorder::new, "127.0.0.1", listener.port(), from("127.0.0.9", 0));
      var local =
          (java.net.InetSocketAddress) connection.transport().attribute(Attribute.LOCAL_ADDRESS);
      assertEquals("127.0.0.9", Objects.requireNonNull(local).getAddress().getHostAddress());
      end(connection.protocol());
    }
  }

  @TulipTest
  void aLocalAddressThatIsTakenIsRefused() throws Exception {
    try (var listener = Loopback.listen();
        var other = Loopback.listen()) {
      assertThrows(
          BindException.class,
          () ->
              Transports.createConnection(
                  Recorder::new, "127.0.0.1", listener.port(), from("127.0.0.1", other.port())));
    }
  }

  @TulipTest
  void aFactoryThatFailsHangsUp() throws Exception {
    try (var listener = Loopback.listen()) {
      assertThrows(
          IllegalStateException.class,
          () ->
              Transports.createConnection(
                  () -> {
                    throw new IllegalStateException("no protocol today");
                  },
                  "127.0.0.1",
                  listener.port()));
      try (var peer = listener.accept()) {
        assertNull(peer.read());
      }
    }
  }

  @TulipTest
  void whoIsCancelledWhileConnectingLeavesNothing() throws Exception {
    var resolving = new Event();
    NameResolver.CURRENT.set(_ -> {
      resolving.set();
      Tulip.sleepForever();
      return List.of();
    });
    var connecting =
        Tulip.createTask(() -> Transports.createConnection(Recorder::new, "somewhere", 1));
    resolving.await();
    connecting.cancel();
    connecting.awaitDone();
    assertTrue(connecting.isCancelled());
  }

  @TulipTest
  void closingSendsAllThatWasWritten() throws Exception {
    try (var listener = Loopback.listen()) {
      var transport = Loopback.connect(Recorder::new, listener).transport();
      transport.write(Bytes.wrap(new byte[8_000_000]));
      assertTrue(transport.getWriteBufferSize() > 0);
      transport.close();
      try (var peer = listener.accept()) {
        assertEquals(8_000_000, peer.readAll(10_000_000).length());
      }
    }
  }

  @TulipTest
  void abortingDropsWhatWasWritten() throws Exception {
    try (var listener = Loopback.listen()) {
      var recorder = Loopback.connect(Recorder::new, listener).protocol();
      recorder.transport().write(Bytes.wrap(new byte[30_000_000]));
      recorder.transport().abort();
      recorder.await("lost");
      assertNull(recorder.cause());
      try (var peer = listener.accept()) {
        long got = 0;
        try {
          for (var piece = peer.read(); piece != null; piece = peer.read()) {
            got += piece.length();
          }
        } catch (IOException e) {
          got++; // a reset is as good an end
        }
        assertTrue(got < 30_000_000, got + " bytes came");
      }
    }
  }
}
