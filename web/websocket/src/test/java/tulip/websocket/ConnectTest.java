// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.http.protocol.Headers;
import tulip.net.ByteStream;
import tulip.testing.TulipTest;
import tulip.websocket.protocol.CloseStatus;
import tulip.websocket.protocol.Frames;

/// What a client says to servers of all kinds, in memory.
@TulipTest
class ConnectTest {
  private static final Bytes HEAD_END = Bytes.ofAscii("\r\n\r\n");
  private static final URI PLACE = URI.create("ws://user:pass@example.com:8080/a%20b/ü?q=1");

  private static final String YES =
      "HTTP/1.1 101 Yes|Upgrade: WebSocket|Connection: upgrade|Sec-WebSocket-Accept: ?||";

  /// Answers with these lines, and the right Sec-WebSocket-Accept in place of a question mark.
  private static void answer(ByteStream server, String lines) throws IOException {
    var head = server.readUntil(HEAD_END).latin1();
    int at = head.indexOf("Sec-WebSocket-Key: ") + 19;
    var key = head.substring(at, head.indexOf('\r', at));
    server.write(lines.replace("?", accept(key)).replace("|", "\r\n"));
  }

  private static String accept(String key) {
    try {
      var sha1 = MessageDigest.getInstance("SHA-1");
      byte[] hash = sha1.digest(Frames.utf8(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static WebSocket connect(TaskGroup group, String answer) throws IOException {
    var pair = ByteStream.pair();
    group.start(() -> {
      answer(pair.far(), answer);
      pair.far().closeOutput();
    });
    try {
      return WebSocket.over(pair.near(), PLACE, ConnectOptions.DEFAULT);
    } finally {
      if (pair.near().isClosed()) {
        pair.far().abort();
      }
    }
  }

  @TulipTest
  void whatAClientSays(TaskGroup group) throws Exception {
    var pair = ByteStream.pair();
    var options =
        ConnectOptions.DEFAULT
            .withSubprotocols("a", "b")
            .withHeaders(Headers.of("Cookie", "k=v", "Origin", "http://o"));
    group.start(
        () -> assertThrows(IOException.class, () -> WebSocket.over(pair.near(), PLACE, options)));
    var head = pair.far().readUntil(HEAD_END).latin1();
    assertTrue(head.startsWith("GET /a%20b/%C3%BC?q=1 HTTP/1.1\r\n"), head);
    for (var line :
        List.of(
            "Host: example.com:8080",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Protocol: a, b",
            "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
            "Authorization: Basic dXNlcjpwYXNz",
            "Cookie: k=v",
            "Origin: http://o")) {
      assertTrue(head.contains("\r\n" + line + "\r\n"), line + " in " + head);
    }
    pair.far().abort();
  }

  @TulipTest
  void messagesRightBehindTheAnswer(TaskGroup group) throws Exception {
    var pair = ByteStream.pair();
    group.start(() -> {
      answer(pair.far(), "HTTP/1.1 103 Early Hints||" + YES);
      pair.far().write(Frames.plain(Frames.TEXT, "welcome"));
      pair.far().close();
    });
    try (var socket = WebSocket.over(pair.near(), PLACE, ConnectOptions.DEFAULT)) {
      assertEquals("welcome", socket.receiveText());
      assertThrows(WebSocketClosedException.class, () -> socket.receive());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "404; HTTP/1.1 404 Not Found|Content-Length: 0||",
        "401; HTTP/1.1 401 Log In|WWW-Authenticate: Basic||",
        "200; HTTP/1.1 200 OK|Content-Length: 2||ok",
        "101; HTTP/1.1 101 Yes|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Accept: x||",
        "101; HTTP/1.1 101 Yes|Upgrade: h2c|Connection: Upgrade|Sec-WebSocket-Accept: ?||",
      })
  @TulipTest
  void serversThatDoNotAgree(int status, String answer, TaskGroup group) {
    var refusal = assertThrows(WebSocketHandshakeException.class, () -> connect(group, answer));
    assertEquals(status, refusal.status().code());
    var message = String.valueOf(refusal.getMessage());
    assertTrue(message.startsWith("no WebSocket at ws://example.com:8080/a%20b/"), message);
    assertFalse(message.contains("pass"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-x|", "HTTP/1.1 101 Yes|Upgrade", ""})
  @TulipTest
  void serversThatSpeakSomethingElse(String answer, TaskGroup group) {
    var failure = assertThrows(IOException.class, () -> connect(group, answer));
    assertTrue(String.valueOf(failure.getMessage()).startsWith("no HTTP from"), "" + failure);
  }

  @TulipTest
  void aServerThatKeepsSilent() {
    var pair = ByteStream.pair();
    long start = Ends.seconds();
    assertThrows(
        SocketTimeoutException.class,
        () -> WebSocket.over(pair.near(), PLACE, ConnectOptions.DEFAULT));
    assertEquals(10, Ends.seconds() - start);
    assertTrue(pair.near().isClosed());
    pair.far().abort();
  }

  @TulipTest
  void aHandshakeThatIsCancelled(TaskGroup group) throws IOException {
    var pair = ByteStream.pair();
    var connecting = group.start(() -> WebSocket.over(pair.near(), PLACE, ConnectOptions.DEFAULT));
    pair.far().readUntil(HEAD_END);
    connecting.cancel();
    connecting.awaitDone();
    assertTrue(connecting.isCancelled());
    assertTrue(pair.near().isClosed());
    pair.far().abort();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://h/", "ws:///path", "/path", "ws://h/#part", "wss:opaque"})
  @TulipTest
  void whatIsNoPlaceForAWebSocket(String uri) {
    assertThrows(IllegalArgumentException.class, () -> WebSocket.connect(uri));
  }

  @TulipTest
  void theClientWaitsForTheServerToHangUp(TaskGroup group) throws Exception {
    var pair = ByteStream.pair();
    var served =
        group.start(() -> {
          answer(pair.far(), YES);
          pair.far().write(Frames.plain(Frames.CLOSE, Frames.status(1000, "")));
          Bytes close = pair.far().readExactly(8);
          Tulip.sleep(Duration.ofSeconds(3));
          assertEquals(0, pair.far().input().size()); // and it has not hung up itself
          pair.far().close();
          return close;
        });
    var socket = WebSocket.over(pair.near(), PLACE, ConnectOptions.DEFAULT);
    long start = Ends.seconds();
    socket.close();
    assertEquals(3, Ends.seconds() - start);
    assertEquals(CloseStatus.NORMAL, socket.closeStatus());
    assertEquals((byte) 0x88, served.await().byteAt(0));
  }
}
