// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.net.Attribute;
import tulip.net.ByteStream;
import tulip.net.ListenOptions;
import tulip.net.Tcp;
import tulip.net.TcpOptions;
import tulip.testing.TulipTest;

/// What the system does to a TCP connection that is closed, and what then arrives.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class TcpClosingTest {
  /// More than the peer's system takes at once, and less than both systems together.
  private static final Bytes ANSWER = Bytes.wrap(new byte[1_500_000]);

  private ByteStream client;
  private ByteStream server;

  @BeforeEach
  void open() throws IOException {
    var free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (var listener = Tcp.listen(free, ListenOptions.DEFAULT)) {
      client = Tcp.connect((InetSocketAddress) listener.address(), TcpOptions.DEFAULT);
      server = listener.accept();
    }
  }

  @AfterEach
  void abort() {
    client.abort();
    server.abort();
  }

  /// Has the system tell the peer of a reset.
  private static void reset(ByteStream stream) throws IOException {
    requireNonNull(stream.attribute(Attribute.SOCKET))
        .setOption(StandardSocketOptions.SO_LINGER, 0);
    stream.abort();
  }

  /// Bytes that nobody has read make the system reset the connection and drop what it still has.
  @TulipTest
  void whoClosesWithoutReadingIsHeardNevertheless() throws Exception {
    client.write(Bytes.wrap(new byte[100_000]));
    client.flush();
    server.write(ANSWER);
    server.close();
    assertEquals(ANSWER, client.readExactly(ANSWER.length()));
    assertNull(client.read());
  }

  /// The server of TLS 1.3 sends its tickets behind the handshake, and who only writes reads none.
  @TulipTest
  void aClientOfTlsThatOnlyWritesIsHeard() throws Exception {
    var handshake =
        Tulip.createTask(() -> {
          server.startTls(Certificates.SERVER);
          server.flush();
          return true;
        });
    client.startTls(Certificates.CLIENT, "localhost");
    handshake.await();
    client.write(ANSWER);
    client.close();
    assertEquals(ANSWER, server.readExactly(ANSWER.length()));
    assertNull(server.read());
  }

  @TulipTest
  void aResetIsNoEndHoweverOftenOneReads() throws Exception {
    client.write("x");
    assertEquals("x", server.readExactly(1).ascii());
    reset(client);
    for (int i = 0; i < 3; i++) {
      var e = assertThrows(IOException.class, server::read);
      assertEquals("Connection reset", e.getMessage());
    }
    assertThrows(
        IOException.class,
        () -> {
          server.write("y");
          server.flush();
        });
  }

  @TulipTest
  void whoWritesMuchIsToldOfAReset() throws Exception {
    var write =
        Tulip.createTask(() -> {
          server.write(Bytes.wrap(new byte[20_000_000]));
          return true;
        });
    client.readExactly(1);
    reset(client);
    write.awaitDone();
    assertNotNull(write.exception());
  }
}
