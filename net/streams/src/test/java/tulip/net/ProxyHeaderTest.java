// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;

/// Headers of the PROXY protocol (its specification, versions 1 and 2), byte by byte.
class ProxyHeaderTest {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

  /// Feeds a header byte by byte, and one byte more, which must be left.
  private static ProxyHeader receive(Bytes header) throws MalformedException {
    var input = new ByteQueue(10_000);
    @Nullable ProxyHeader received = null;
    for (int i = 0; i < header.length(); i++) {
      assertNull(received, "before its end");
      input.putByte(header.byteAt(i));
      received = ProxyHeader.receive(input);
    }
    assertNotNull(received);
    assertEquals(0, input.size());
    return received;
  }

  private static InetSocketAddress address(String literal, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
  }

  @Test
  void textOfBothFamilies() throws MalformedException {
    assertEquals(
        new ProxyHeader(address("192.0.2.1", 49152), address("192.0.2.2", 443), false),
        receive(Bytes.ofAscii("PROXY TCP4 192.0.2.1 192.0.2.2 49152 443\r\n")));
    assertEquals(
        new ProxyHeader(address("2001:db8::1", 1), address("::1", 65535), false),
        receive(Bytes.ofAscii("PROXY TCP6 2001:db8::1 ::1 1 65535\r\n")));
    assertEquals(
        ProxyHeader.UNKNOWN, receive(Bytes.ofAscii("PROXY UNKNOWN whatever ::1 follows\r\n")));
    assertEquals(ProxyHeader.UNKNOWN, receive(Bytes.ofAscii("PROXY UNKNOWN\r\n")));
  }

  @Test
  void bytesOfAllFamilies() throws MalformedException {
    assertEquals(
        new ProxyHeader(address("192.0.2.1", 258), address("192.0.2.2", 443), false),
        receive(Bytes.ofHex(SIGNATURE + "2111000c" + "c0000201c0000202010201bb")));
    var six = "20010db8000000000000000000000001";
    assertEquals(
        new ProxyHeader(address("2001:db8::1", 1), address("2001:db8::1", 2), false),
        receive(Bytes.ofHex(SIGNATURE + "21210024" + six + six + "00010002")));
    var path = Bytes.concat(Bytes.ofAscii("/tmp/a"), Bytes.wrap(new byte[102])).hex();
    var unix = UnixDomainSocketAddress.of("/tmp/a");
    assertEquals(
        new ProxyHeader(unix, unix, false),
        receive(Bytes.ofHex(SIGNATURE + "213100d8" + path + path)));
    assertEquals(ProxyHeader.UNKNOWN, receive(Bytes.ofHex(SIGNATURE + "20000000")));
    assertEquals(ProxyHeader.UNKNOWN, receive(Bytes.ofHex(SIGNATURE + "21000003aabbcc")));
  }

  @Test
  void piecesBehindTheAddresses() throws MalformedException {
    var addresses = "c0000201c0000202010201bb";
    var other = "040001aa";
    var tls = "2000050100000000";
    var plain = "2000050000000000";
    var header = receive(Bytes.ofHex(SIGNATURE + "21110018" + addresses + other + tls));
    assertEquals(true, header.secure());
    header = receive(Bytes.ofHex(SIGNATURE + "21110018" + addresses + other + plain));
    assertEquals(false, header.secure());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n",
        "PROXY\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 1\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\n",
        "PROXY TCP4 localhost 192.0.2.2 1 2\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 1 65536\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 1 2 3\r\n",
        "PROXY TCP5 192.0.2.1 192.0.2.2 1 2\r\n",
        "PUT / HTTP/1.1\r\n",
        "\r\n\r\n\0\r\nQUIT\nx"
      })
  void somethingElseIsRefused(String text) {
    var input = new ByteQueue(10_000);
    input.put(Bytes.ofAscii(text));
    if (text.endsWith("x")) {
      input.put(Bytes.wrap(new byte[3])); // version 0
    }
    assertThrows(MalformedException.class, () -> ProxyHeader.receive(input));
  }

  @Test
  void tooMuchIsRefused() {
    var line = new ByteQueue(10_000);
    line.put(Bytes.ofAscii("PROXY UNKNOWN" + " ".repeat(100)));
    assertThrows(MalformedException.class, () -> ProxyHeader.receive(line));
    var bytes = new ByteQueue(10_000);
    bytes.put(Bytes.ofHex(SIGNATURE + "21111001"));
    assertThrows(MalformedException.class, () -> ProxyHeader.receive(bytes));
  }

  @Test
  void piecesThatAreCutOffAreRefused() {
    var input = new ByteQueue(10_000);
    input.put(Bytes.ofHex(SIGNATURE + "21110010" + "c0000201c0000202010201bb" + "2000ff01"));
    assertThrows(MalformedException.class, () -> ProxyHeader.receive(input));
    var noAddresses = new ByteQueue(10_000);
    noAddresses.put(Bytes.ofHex(SIGNATURE + "21110004c0000201"));
    assertThrows(MalformedException.class, () -> ProxyHeader.receive(noAddresses));
  }
}
