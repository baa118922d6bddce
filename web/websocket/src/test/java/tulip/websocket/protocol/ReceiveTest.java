// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tulip.websocket.protocol.Frames.BINARY;
import static tulip.websocket.protocol.Frames.CLOSE;
import static tulip.websocket.protocol.Frames.PING;
import static tulip.websocket.protocol.Frames.PONG;
import static tulip.websocket.protocol.Frames.TEXT;
import static tulip.websocket.protocol.Frames.bytes;
import static tulip.websocket.protocol.Frames.join;
import static tulip.websocket.protocol.Frames.masked;
import static tulip.websocket.protocol.Frames.plain;
import static tulip.websocket.protocol.Frames.status;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;

/// What a peer may send and what not, whole, byte by byte, and each before each other at every cut.
class ReceiveTest {
  /// What clients send, and what a server sees.
  record Vector(String name, Bytes wire, List<String> seen) {
    Vector(String name, byte[] wire, String... seen) {
      this(name, Bytes.copyOf(wire), List.of(seen));
    }

    boolean goesOn() {
      return !seen.getLast().startsWith("refused") && !seen.getLast().startsWith("close");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static final List<Vector> VECTORS =
      List.of(
          new Vector("RFC 6455, 5.7: masked text", masked(TEXT, "Hello"), "text Hello"),
          new Vector("empty text", masked(TEXT, ""), "text "),
          new Vector("bytes", masked(BINARY, bytes(0, 1, 0xFF)), "binary 0001ff"),
          new Vector(
              "RFC 6455, 5.7: fragments",
              join(masked(0x01, "Hel"), masked(0x80, "lo")),
              "text Hello"),
          new Vector(
              "empty fragments",
              join(masked(0x02), masked(0x00), masked(0x00, bytes(7)), masked(0x80)),
              "binary 07"),
          new Vector(
              "control frames between fragments",
              join(masked(0x01, "a"), masked(PING, "p"), masked(PONG, "q"), masked(0x80, "b")),
              "ping p",
              "pong q",
              "text ab"),
          new Vector("ping without payload", masked(PING), "ping "),
          new Vector("the largest control frame", masked(PING, "x".repeat(125)), ping(125)),
          new Vector(
              "a length of 16 bits", masked(TEXT, "y".repeat(126)), "text " + "y".repeat(126)),
          new Vector(
              "characters cut by fragments",
              join(masked(0x01, bytes(0xE2, 0x82)), masked(0x80, bytes(0xAC))),
              "text €"),
          new Vector("close without status", masked(CLOSE), "close 1005"),
          new Vector(
              "close with a reason", masked(CLOSE, status(1001, "ciao è")), "close 1001 ciao è"),
          new Vector("close within a message", join(masked(1, "a"), masked(CLOSE)), "close 1005"),
          new Vector("an application's code", masked(CLOSE, status(4999, "")), "close 4999"),
          refused("an unmasked frame", plain(TEXT, "Hello"), 1002),
          refused("first reserved bit", masked(TEXT | 0x40, "a"), 1002),
          refused("second reserved bit", masked(TEXT | 0x20, "a"), 1002),
          refused("third reserved bit", masked(TEXT | 0x10, "a"), 1002),
          refused("unknown data", masked(0x83), 1002),
          refused("unknown control", masked(0x8B), 1002),
          refused("a control frame in fragments", masked(PING & 0x7F, "a"), 1002),
          refused("a large control frame", masked(PING, "x".repeat(126)), 1002),
          refused("a continuation of nothing", masked(0x80, "a"), 1002),
          refused("a message within another", join(masked(1, "a"), masked(TEXT, "b")), 1002),
          refused("no UTF-8", masked(TEXT, bytes('a', 0xC0, 0xAF)), 1007),
          refused("surrogates", masked(TEXT, bytes(0xED, 0xA0, 0x80)), 1007),
          refused("half a character", masked(TEXT, bytes(0xE2, 0x82)), 1007),
          refused(
              "no UTF-8 in the first fragment, whatever comes", masked(0x01, bytes(0xFF)), 1007),
          refused("half a close code", masked(CLOSE, bytes(3)), 1002),
          refused("a close code of nobody", masked(CLOSE, status(999, "")), 1002),
          refused("a close code not for the wire", masked(CLOSE, status(1005, "")), 1002),
          refused("a close code beyond", masked(CLOSE, status(5000, "")), 1002),
          refused(
              "a reason that is no UTF-8",
              masked(CLOSE, join(status(1000, ""), bytes(0xFF))),
              1007),
          refused("16 bits for a short length", bytes(0x82, 0xFE, 0, 125, 0, 0, 0, 0), 1002),
          refused(
              "64 bits for a middling length",
              bytes(0x82, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0),
              1002),
          refused(
              "a negative length", bytes(0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 1002));

  private static Vector refused(String name, byte[] wire, int code) {
    return new Vector(name, wire, "refused " + code);
  }

  private static String ping(int length) {
    return "ping " + "x".repeat(length);
  }

  static List<Vector> vectors() {
    return VECTORS;
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void eachAloneAndBeforeEachOther(Vector first) {
    assertEquals(first.seen(), Feed.server(first.wire().toByteArray()));
    for (var second : VECTORS) {
      var expected = new ArrayList<>(first.seen());
      if (first.goesOn()) {
        expected.addAll(second.seen());
      }
      byte[] both = Bytes.concat(first.wire(), second.wire()).toByteArray();
      assertEquals(expected, Feed.server(bytewise(both)));
      for (int cut = 1; cut < both.length; cut++) {
        byte[] head = Arrays.copyOf(both, cut);
        assertEquals(expected, Feed.server(head, Arrays.copyOfRange(both, cut, both.length)));
      }
    }
  }

  static byte[][] bytewise(byte[] bytes) {
    byte[][] pieces = new byte[bytes.length][];
    for (int i = 0; i < bytes.length; i++) {
      pieces[i] = new byte[] {bytes[i]};
    }
    return pieces;
  }

  @Test
  void aClientSeesAServersFrames() {
    assertEquals(
        List.of("text Hello", "refused 1002"),
        Feed.client(join(plain(TEXT, "Hello"), masked(TEXT, "Hello"))));
  }

  @ParameterizedTest
  @ValueSource(ints = {65535, 65536, 300_000})
  void longFramesComeInPieces(int length) {
    byte[] payload = new byte[length];
    new Random(length).nextBytes(payload);
    byte[] wire = masked(BINARY, payload);
    var expected = List.of("binary " + length + " bytes #" + Arrays.hashCode(payload));
    assertEquals(expected, Feed.server(wire));
    byte[][] pieces = new byte[1 + wire.length / 1000][];
    for (int i = 0; i < pieces.length; i++) {
      pieces[i] = Arrays.copyOfRange(wire, 1000 * i, Math.min(wire.length, 1000 * (i + 1)));
    }
    assertEquals(expected, Feed.server(pieces));
  }

  @Test
  void nothingFollowsTheCloseFrame() throws WebSocketProtocolException {
    assertEquals(List.of("close 1005"), Feed.server(join(masked(CLOSE), masked(TEXT, "late"))));
  }

  @Test
  void aRefusalStays() {
    var connection = WebSocketConnection.server(WebSocketLimits.DEFAULT, null);
    assertEquals(List.of("refused 1002"), Feed.all(connection, plain(TEXT, "a")));
    assertEquals(List.of("refused 1002"), Feed.all(connection, masked(TEXT, "a")));
  }

  @Test
  void limits() {
    var limits = new WebSocketLimits(10, 6, 3);
    assertEquals(List.of("refused 1009"), limited(limits, masked(TEXT, "1234567")));
    assertEquals(
        List.of("text 1234567890"),
        limited(limits, join(masked(1, "123456"), masked(0x80, "7890"))));
    assertEquals(
        List.of("refused 1009"), limited(limits, join(masked(1, "123456"), masked(0x80, "78901"))));
    assertEquals(
        List.of("text ab", "refused 1009"),
        limited(
            limits,
            join(masked(1), masked(0, "a"), masked(0x80, "b")),
            join(masked(1), masked(0), masked(0), masked(0))));
    assertEquals(
        List.of("refused 1009"),
        limited(limits, bytes(0x82, 0xFF, 0x7F, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 'x')),
        "at the header, before the payload");
  }

  private static List<String> limited(WebSocketLimits limits, byte[]... pieces) {
    return Feed.all(WebSocketConnection.server(limits, null), pieces);
  }
}
