// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static tulip.websocket.protocol.Frames.plain;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;

class SendTest {
  private static final Bytes HELLO = Bytes.ofAscii("Hello");

  private final WebSocketConnection server =
      WebSocketConnection.server(WebSocketLimits.DEFAULT, null);
  private final WebSocketConnection client =
      WebSocketConnection.client(WebSocketLimits.DEFAULT, null, () -> 0x37FA213D);

  @Test
  void theExamplesOfTheStandard() {
    assertEquals("810548656c6c6f", server.message(true, HELLO).hex());
    assertEquals("818537fa213d7f9f4d5158", client.message(true, HELLO).hex());
    assertEquals("010348656c", server.fragment(true, HELLO.slice(0, 3), false).hex());
    assertEquals("80026c6f", server.fragment(true, HELLO.slice(3), true).hex());
    assertEquals("890548656c6c6f", server.ping(HELLO).hex());
    assertEquals("8a8537fa213d7f9f4d5158", client.pong(HELLO).hex());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 65535, 65536, 200_000})
  void lengths(int length) {
    byte[] payload = new byte[length];
    assertEquals(Bytes.wrap(plain(0x82, payload)), server.message(false, Bytes.copyOf(payload)));
    assertEquals(
        Bytes.wrap(Frames.masked(0x82, payload)), client.message(false, Bytes.copyOf(payload)));
  }

  @Test
  void closeFrames() {
    assertEquals("880603e962796521", server.close(new CloseStatus(1001, "bye!")).hex());
    assertEquals("888037fa213d", client.close(CloseStatus.NONE).hex());
    assertEquals(CloseStatus.NONE, client.closeSent());
  }

  @Test
  void nothingIsSentBehindTheCloseFrame() {
    server.close(CloseStatus.NORMAL);
    assertThrows(IllegalStateException.class, () -> server.message(true, HELLO));
    assertThrows(IllegalStateException.class, () -> server.fragment(true, HELLO, true));
    assertThrows(IllegalStateException.class, () -> server.ping(HELLO));
    assertThrows(IllegalStateException.class, () -> server.close(CloseStatus.NORMAL));
  }

  @Test
  void noMessageWithinAnother() {
    server.fragment(true, HELLO, false);
    assertThrows(IllegalStateException.class, () -> server.message(true, HELLO));
    server.ping(HELLO);
    server.fragment(true, Bytes.EMPTY, true);
    server.message(true, HELLO);
  }

  @Test
  void whatMustNotBeSent() {
    assertThrows(IllegalArgumentException.class, () -> server.ping(Bytes.wrap(new byte[126])));
    for (int code : List.of(0, 999, 1004, 1006, 1015, 2999, 5000)) {
      assertThrows(IllegalArgumentException.class, () -> server.close(CloseStatus.of(code)));
    }
    assertThrows(IllegalArgumentException.class, () -> new CloseStatus(1000, "é".repeat(62)));
  }

  @Test
  void aPreparedMessageIsEncodedOnceForAllServers() {
    var prepared = PreparedMessage.text("news");
    var other = WebSocketConnection.server(WebSocketLimits.DEFAULT, null);
    assertEquals(Bytes.wrap(plain(Frames.TEXT, "news")), server.message(prepared));
    assertSame(server.message(prepared), other.message(prepared));
    assertNotEquals(server.message(prepared), client.message(prepared));
  }
}
