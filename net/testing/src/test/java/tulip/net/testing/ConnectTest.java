// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.net.Attribute;
import tulip.net.ByteStream;
import tulip.net.ListenOptions;
import tulip.net.Listener;
import tulip.net.Tcp;
import tulip.net.TcpOptions;
import tulip.net.spi.NameResolver;
import tulip.testing.TulipTest;

/// Connecting to hosts that have one address, several, or none.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class ConnectTest {
  private static void resolveTo(String... addresses) {
    NameResolver.CURRENT.set(_ -> Stream.of(addresses).map(InetAddress::ofLiteral).toList());
  }

  private static Listener listen(String address, int port) throws IOException {
    return Tcp.listen(
        new InetSocketAddress(InetAddress.ofLiteral(address), port), ListenOptions.DEFAULT);
  }

  private static String remote(ByteStream stream) {
    var address = (InetSocketAddress) stream.attribute(Attribute.REMOTE_ADDRESS);
    return address == null ? "none" : address.getAddress().getHostAddress();
  }

  @TulipTest
  void aHostWithoutAddressesIsUnknown() {
    resolveTo();
    var e = assertThrows(UnknownHostException.class, () -> Tcp.connect("nowhere.test", 80));
    assertTrue(String.valueOf(e.getMessage()).contains("nowhere.test"), e::toString);
  }

  @TulipTest
  void aPortIsANumberUpTo65535() {
    resolveTo("127.0.0.1");
    for (int port : new int[] {-1, 65_536}) {
      assertThrows(IllegalArgumentException.class, () -> Tcp.connect("somewhere.test", port));
    }
  }

  @TulipTest
  void theOnlyAddressTellsItsFailureItself() throws Exception {
    int port;
    try (var listener = listen("127.0.0.1", 0)) {
      port = listener.port();
    }
    resolveTo("127.0.0.1");
    var e = assertThrows(ConnectException.class, () -> Tcp.connect("somewhere.test", port));
    assertEquals("Connection refused: /127.0.0.1:" + port, e.getMessage());
    assertEquals(0, e.getSuppressed().length);
  }

  @TulipTest
  void ofTwoThatAnswerOneIsLeftAlone() throws Exception {
    resolveTo("127.0.0.1", "127.0.0.2");
    try (var one = listen("127.0.0.1", 0);
        var two = listen("127.0.0.2", one.port());
        var stream =
            Tcp.connect("both.test", one.port(), TcpOptions.DEFAULT.withAttemptDelay(ofNanos(1)))) {
      boolean first = remote(stream).equals("127.0.0.1");
      try (var served = (first ? one : two).accept()) {
        served.write("hello\n");
        assertEquals("hello", stream.readLine());
      }
      Tulip.moveOnAfter(ofSeconds(1), () -> assertThatNobodyIsThere(first ? two : one));
    }
  }

  /// Who had connected has gone again.
  private static void assertThatNobodyIsThere(Listener listener) throws IOException {
    try (var loser = listener.accept()) {
      assertNull(loser.read());
    }
  }

  @TulipTest
  void aFamilyThatIsNotThereIsPassedOver() throws Exception {
    var nowhere = List.of("2001:db8::1", "192.0.2.1");
    try (var listener = listen("127.0.0.1", 0)) {
      for (var address : nowhere) {
        resolveTo(address, "127.0.0.1");
        var local = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        try (var stream =
            Tcp.connect("half.test", listener.port(), TcpOptions.DEFAULT.withLocal(local))) {
          assertEquals("127.0.0.1", remote(stream));
        }
      }
    }
  }
}
