// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.websocket.protocol.Frames.bytes;
import static tulip.websocket.protocol.Frames.join;
import static tulip.websocket.protocol.Frames.masked;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;

class DeflateTest {
  private static final int COMPRESSED_TEXT = 0xC1;

  private final ZlibPool pool = new ZlibPool();

  private Deflation deflation(boolean takeover, int bits) {
    return new Deflation(
        new DeflateParameters(takeover, takeover, bits, bits),
        DeflateOptions.CLIENT.withThreshold(0),
        pool);
  }

  private WebSocketConnection server(boolean takeover, int bits) {
    return WebSocketConnection.server(
        WebSocketLimits.DEFAULT.withMessage(1 << 25), deflation(takeover, bits));
  }

  private WebSocketConnection client(boolean takeover, int bits) {
    return WebSocketConnection.client(
        WebSocketLimits.DEFAULT.withMessage(1 << 25), deflation(takeover, bits), () -> 42);
  }

  private List<String> received(byte[]... wire) {
    return Feed.all(server(true, 15), wire);
  }

  @Test
  void theExamplesOfTheStandard() {
    byte[] hello = bytes(0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00);
    assertEquals(List.of("text Hello"), received(masked(COMPRESSED_TEXT, hello)), "7.2.3.1");
    assertEquals(
        List.of("text Hello"),
        received(
            join(
                masked(0x41, bytes(0xF2, 0x48, 0xCD)),
                masked(0x80, bytes(0xC9, 0xC9, 0x07, 0x00)))),
        "7.2.3.1, in fragments");
    assertEquals(
        List.of("text Hello", "text Hello"),
        received(
            masked(COMPRESSED_TEXT, hello),
            masked(COMPRESSED_TEXT, bytes(0xF2, 0x00, 0x11, 0x00, 0x00))),
        "7.2.3.2, with the first message as its context");
    assertEquals(
        List.of("text Hello"),
        received(
            masked(
                COMPRESSED_TEXT,
                bytes(0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00))),
        "7.2.3.3, not compressed");
    assertEquals(
        List.of("text Hello"),
        received(masked(COMPRESSED_TEXT, bytes(0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00))),
        "7.2.3.4, with a final block");
    assertEquals(
        List.of("text Hello"),
        received(
            masked(
                COMPRESSED_TEXT,
                bytes(
                    0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00))),
        "7.2.3.5, in two blocks");
    assertEquals(List.of("text "), received(masked(COMPRESSED_TEXT, bytes(0x00))), "7.2.3.6");
  }

  @Test
  void aMessageRefersBackToAnother() {
    var hello = Bytes.ofAscii("HelloHelloHelloHello");
    var server = server(true, 15);
    var first = server.message(true, hello);
    var second = server.message(true, hello);
    assertTrue(first.length() < hello.length(), first.hex());
    assertTrue(second.length() < first.length(), second.hex());
    assertEquals((byte) COMPRESSED_TEXT, first.byteAt(0));
    assertEquals("4100", server.fragment(true, Bytes.EMPTY, false).hex());
    assertEquals("800100", server.fragment(true, Bytes.EMPTY, true).hex());
  }

  @ParameterizedTest
  @CsvSource({
    "8,true",
    "8,false",
    "9,true",
    "10,false",
    "11,true",
    "12,true",
    "12,false",
    "13,true",
    "14,true",
    "15,true",
    "15,false"
  })
  void whatGoesInComesOut(int bits, boolean takeover) {
    var random = new Random(bits);
    var server = server(takeover, bits);
    var client = client(takeover, bits);
    var wire = new ArrayList<byte[]>();
    var expected = new ArrayList<String>();
    for (int i = 0; i < 60; i++) {
      var text = words(random, i % 20 == 19 ? 100_000 : random.nextInt(2_000));
      wire.add(server.message(true, Bytes.ofUtf8(text)).toByteArray());
      expected.add("text " + text);
      if (i % 7 == 0) {
        wire.add(server.fragment(true, Bytes.ofUtf8(text), false).toByteArray());
        wire.add(server.ping(Bytes.EMPTY).toByteArray());
        wire.add(server.fragment(true, Bytes.EMPTY, false).toByteArray());
        wire.add(server.fragment(true, Bytes.ofUtf8("end"), true).toByteArray());
        expected.add("ping ");
        expected.add("text " + text + "end");
      }
      if (i % 5 == 0) {
        wire.add(server.message(PreparedMessage.text(text)).toByteArray());
        expected.add("text " + text);
      }
      if (i % 9 == 0) {
        server.forgetSent();
      }
    }
    assertEquals(expected, Feed.all(client, wire.toArray(new byte[0][])));
  }

  private static String words(Random random, int length) {
    var text = new StringBuilder();
    while (text.length() < length) {
      text.append(Integer.toString(random.nextInt(300), 7)).append(' ');
    }
    return text.toString();
  }

  @Test
  void manyConnectionsShareTheirCompressors() {
    var servers = new ArrayList<WebSocketConnection>();
    var clients = new ArrayList<WebSocketConnection>();
    for (int i = 0; i < 20; i++) {
      servers.add(server(true, 12));
      clients.add(client(true, 12));
    }
    var random = new Random(5);
    for (int round = 0; round < 200; round++) {
      int i = random.nextInt(20);
      var text = "connection " + i + " ".repeat(50) + words(random, 100);
      byte[] frame = servers.get(i).message(true, Bytes.ofUtf8(text)).toByteArray();
      int cut = 1 + random.nextInt(frame.length - 1);
      assertEquals(
          List.of("text " + text),
          Feed.all(
              clients.get(i),
              Arrays.copyOf(frame, cut),
              Arrays.copyOfRange(frame, cut, frame.length)));
    }
  }

  @Test
  void whatDoesNotGetSmallerIsSentAsItIs() {
    byte[] noise = new byte[1000];
    new Random(3).nextBytes(noise);
    var frame = server(true, 15).message(false, Bytes.wrap(noise));
    assertEquals((byte) 0x82, frame.byteAt(0));
    assertEquals(1004, frame.length());
    assertEquals(
        (byte) 0x82, server(true, 15).message(PreparedMessage.binary(Bytes.wrap(noise))).byteAt(0));
  }

  @Test
  void smallMessagesAreSentAsTheyAre() {
    var options = DeflateOptions.SERVER;
    var server =
        WebSocketConnection.server(
            WebSocketLimits.DEFAULT,
            new Deflation(new DeflateParameters(true, true, 15, 15), options, pool));
    assertEquals((byte) 0x81, server.message(true, Bytes.ofAscii("a".repeat(63))).byteAt(0));
    assertEquals((byte) 0xC1, server.message(true, Bytes.ofAscii("a".repeat(64))).byteAt(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 40_000})
  void aBombIsRefusedWhenItIsTooLarge(int limit) {
    var bomb = client(false, 15).message(true, Bytes.wrap(new byte[10_000_000]));
    assertTrue(bomb.length() < 20_000);
    var server =
        WebSocketConnection.server(new WebSocketLimits(limit, 1 << 20, 10), deflation(false, 15));
    assertEquals(List.of("refused 1009"), Feed.all(server, bomb.toByteArray()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff", "f248cdc9c90700ffff", "f3000700"})
  void whatCannotBeDecompressedIsRefused(String hex) {
    var seen = received(masked(COMPRESSED_TEXT, Bytes.ofHex(hex).toByteArray()));
    assertTrue(seen.size() <= 1 && seen.getFirst().startsWith("refused 1007"), seen.toString());
  }

  /// 1,100 bytes as they are, in a block, and behind them one of a kind that there is not.
  private static byte[] blocks(int first, byte[] content) {
    return masked(first, join(bytes(0, 0x4C, 0x04, 0xB3, 0xFB), content, bytes(7, 7)));
  }

  private void expectRefusal(int code, int limit, byte[] wire) {
    for (var pieces : List.of(new byte[][] {wire}, ReceiveTest.bytewise(wire))) {
      var limits = new WebSocketLimits(limit, 1 << 20, 10);
      assertEquals(
          List.of("refused " + code),
          Feed.all(WebSocketConnection.server(limits, deflation(true, 15)), pieces));
    }
  }

  @Test
  void whatIsWrongFirstCountsHoweverItComes() {
    byte[] content = new byte[1100];
    expectRefusal(1007, 1100, blocks(0xC2, content));
    expectRefusal(1009, 1000, blocks(0xC2, content));
    expectRefusal(1009, 1000, blocks(COMPRESSED_TEXT, content));
    content[500] = (byte) 0xFF;
    expectRefusal(1007, 1000, blocks(COMPRESSED_TEXT, content));
  }

  @Test
  void onlyTheFirstFrameSaysThatItIsCompressed() {
    assertEquals(
        List.of("refused 1002"), received(join(masked(0x41, bytes(0xF2)), masked(0xC0, bytes(0)))));
  }

  @Test
  void textIsCheckedAfterDecompression() {
    var frame = client(true, 15).message(true, Bytes.ofHex("c0".repeat(100)));
    assertEquals((byte) COMPRESSED_TEXT, frame.byteAt(0));
    assertEquals(List.of("refused 1007"), received(frame.toByteArray()));
  }
}
