// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tulip.core.Tulip;
import tulip.net.spi.NameResolver;

@Timeout(20)
class HappyEyeballsTest {
  /// Has every name mean these addresses.
  private static void resolveTo(String... addresses) {
    NameResolver.CURRENT.set(_ -> Stream.of(addresses).map(InetAddress::ofLiteral).toList());
  }

  private static Listener listenAt(String address) throws IOException {
    return Tcp.listen(
        new InetSocketAddress(InetAddress.ofLiteral(address), 0), ListenOptions.DEFAULT);
  }

  private static String remote(ByteStream stream) {
    var address = (InetSocketAddress) stream.attribute(Attribute.REMOTE_ADDRESS);
    return address == null ? "?" : address.getAddress().getHostAddress();
  }

  @Test
  void familiesAlternate() {
    var addresses =
        Stream.of("::1", "::2", "::3", "1.1.1.1", "2.2.2.2")
            .map(literal -> new InetSocketAddress(InetAddress.ofLiteral(literal), 1))
            .toList();
    assertEquals(
        List.of(
            addresses.get(0),
            addresses.get(3),
            addresses.get(1),
            addresses.get(4),
            addresses.get(2)),
        HappyEyeballs.interleave(addresses));
  }

  @Test
  void theNextAddressIsTriedAtOnceWhenOneRefuses() throws Exception {
    Tulip.run(() -> {
      resolveTo("127.0.0.1", "127.0.0.2", "127.0.0.3");
      var options = TcpOptions.DEFAULT.withAttemptDelay(ofSeconds(1_000));
      try (var listener = listenAt("127.0.0.3");
          var stream = Tcp.connect("somewhere", listener.port(), options)) {
        assertEquals("127.0.0.3", remote(stream));
      }
    });
  }

  @Test
  void theNextAddressIsTriedWhenOneKeepsSilent() throws Exception {
    Tulip.run(() -> {
      resolveTo("127.0.0.1", "127.0.0.2");
      try (var silent = new Silent();
          var listener =
              Tcp.listen(
                  new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), silent.port()),
                  ListenOptions.DEFAULT)) {
        var options = TcpOptions.DEFAULT.withAttemptDelay(ofMillis(10));
        try (var stream = Tcp.connect("somewhere", listener.port(), options)) {
          assertEquals("127.0.0.2", remote(stream));
        }
      }
    });
  }

  @Test
  void theFailureOfEachAddressIsTold() throws Exception {
    Tulip.run(() -> {
      resolveTo("127.0.0.1", "127.0.0.2");
      int port;
      try (var listener = listenAt("127.0.0.1")) {
        port = listener.port();
      }
      var e = assertThrows(ConnectException.class, () -> Tcp.connect("somewhere", port));
      assertEquals(
          "could not connect to somewhere:" + port + ": all 2 addresses failed", e.getMessage());
      assertEquals(2, e.getSuppressed().length);
    });
  }

  @Test
  void aTimeoutEndsAllAttempts() throws Exception {
    Tulip.run(() -> {
      resolveTo("127.0.0.1", "127.0.0.1");
      try (var silent = new Silent()) {
        assertEquals(
            false, Tulip.moveOnAfter(ofMillis(50), () -> Tcp.connect("somewhere", silent.port())));
      }
    });
  }

  /// A port of 127.0.0.1 whose backlog is full: the system answers nobody.
  private static final class Silent implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
    private final List<Socket> waiting = new ArrayList<>();

    Silent() throws IOException {
      while (waiting.size() < 50 && connects()) {}
    }

    private boolean connects() throws IOException {
      var client = new Socket();
      waiting.add(client);
      try {
        client.connect(socket.getLocalSocketAddress(), 200);
        return true;
      } catch (java.net.SocketTimeoutException e) {
        return false;
      }
    }

    int port() {
      return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      for (var client : waiting) {
        client.close();
      }
      socket.close();
    }
  }
}
