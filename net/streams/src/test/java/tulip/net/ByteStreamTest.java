// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tulip.bytes.Bytes;
import tulip.core.TaskGroup;
import tulip.core.Tulip;

class ByteStreamTest {
  private static final InetSocketAddress FREE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private static void echo(ByteStream stream) throws Exception {
    stream.transferTo(stream);
  }

  private static void converse(ByteStream stream) throws Exception {
    stream.write("hello\nwor");
    assertEquals("hello", stream.readLine());
    stream.write("ld\n");
    assertEquals("world", stream.readLine());
    var large = Bytes.wrap(new byte[5_000_000]);
    TaskGroup.run(group -> {
      group.start(() -> {
        stream.write(large);
        stream.closeOutput();
      });
      assertEquals(large, stream.readExactly(large.length()));
    });
    assertNull(stream.read());
  }

  @Test
  void tcp() throws Exception {
    Tulip.run(() -> {
      try (var server = Server.open(Tcp.listen(FREE, ListenOptions.DEFAULT), ByteStreamTest::echo);
          var stream = Tcp.connect("localhost", server.port())) {
        converse(stream);
      }
    });
  }

  @Test
  void unix(@TempDir Path folder) throws Exception {
    var path = folder.resolve("echo.sock");
    Tulip.run(() -> {
      try (var _ = Server.open(Unix.listen(path), ByteStreamTest::echo);
          var stream = Unix.connect(path)) {
        converse(stream);
      }
    });
  }

  @Test
  void memory() throws Exception {
    Tulip.run(() -> {
      var pair = ByteStream.pair();
      try (var group = TaskGroup.open()) {
        group.start(() -> {
          echo(pair.far());
          pair.far().close();
        });
        converse(pair.near());
        group.join();
      }
    });
  }

  @Test
  void nobodyListens() throws Exception {
    Tulip.run(() -> {
      int port;
      try (var listener = Tcp.listen(FREE, ListenOptions.DEFAULT)) {
        port = listener.port();
      }
      var e = assertThrows(ConnectException.class, () -> Tcp.connect("127.0.0.1", port));
      assertEquals("Connection refused: /127.0.0.1:" + port, e.getMessage());
    });
  }

  @Test
  void udp() throws Exception {
    Tulip.run(() -> {
      try (var here = UdpSocket.bind(FREE);
          var there = UdpSocket.connect(here.address())) {
        there.send(Bytes.ofAscii("ping"));
        var datagram = Tulip.timeout(ofSeconds(5), here::receive);
        here.send(Bytes.ofAscii("pong"), datagram.address());
        assertEquals("ping", datagram.data().ascii());
        assertEquals("pong", there.receive().data().ascii());
      }
    });
  }

  @Test
  void aSocketThatIsConnectedBecomesAStream() throws Exception {
    Tulip.run(() -> {
      try (var server =
          Server.open(Tcp.listen(FREE, ListenOptions.DEFAULT), ByteStreamTest::echo)) {
        var socket = SocketChannel.open(server.listeners().getFirst().address());
        try (var stream = ByteStream.over(socket, StreamLimits.DEFAULT)) {
          converse(stream);
        }
        assertFalse(socket.isOpen());
        var alone = SocketChannel.open();
        assertThrows(
            NotYetConnectedException.class, () -> ByteStream.over(alone, StreamLimits.DEFAULT));
        assertFalse(alone.isOpen());
      }
    });
  }

  @Test
  void aStreamThatIsDetachedLeavesTheConnectionAlone() throws Exception {
    Tulip.run(() -> {
      var pair = ByteStream.pair();
      pair.far().write("taken, left");
      pair.far().flush();
      assertEquals("taken, ", pair.near().readExactly(7).ascii());
      pair.near().write("not sent yet");
      assertThrows(IllegalStateException.class, () -> pair.near().detach());
      pair.near().flush();
      var reading = Tulip.createTask(() -> pair.near().readExactly(100));
      Tulip.yield();
      assertThrows(IllegalStateException.class, () -> pair.near().detach());
      reading.cancel();
      reading.awaitDone();
      var wire = pair.near().detach();
      assertEquals("left", pair.near().input().take(4).ascii());
      assertThrows(ClosedChannelException.class, () -> pair.near().write("x"));
      assertThrows(ClosedChannelException.class, () -> pair.near().detach());
      pair.near().close();
      pair.near().abort();
      try (var other = new ByteStream(wire)) {
        other.write("and on");
        assertEquals("not sent yetand on", pair.far().readExactly(18).ascii());
      }
    });
  }

  @Test
  void aChannelThatSomebodyHasMadeBecomesAUdpSocket() throws Exception {
    Tulip.run(() -> {
      try (var here = UdpSocket.over(DatagramChannel.open().bind(FREE));
          var there = UdpSocket.connect(here.address())) {
        assertTrue(there.trySend(Bytes.ofAscii("ping")));
        assertEquals("ping", Tulip.timeout(ofSeconds(5), here::receive).data().ascii());
        assertEquals(here.address(), there.attribute(Attribute.REMOTE_ADDRESS));
        assertEquals(here.address(), here.attribute(Attribute.LOCAL_ADDRESS));
        assertNull(here.attribute(Attribute.REMOTE_ADDRESS));
        assertTrue(here.trySend(Bytes.EMPTY, there.address()));
        assertEquals(Bytes.EMPTY, there.receive().data());
      }
    });
  }
}
