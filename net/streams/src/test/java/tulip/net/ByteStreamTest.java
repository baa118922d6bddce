// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
}
