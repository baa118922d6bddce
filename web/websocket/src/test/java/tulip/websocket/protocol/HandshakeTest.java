// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.Method;
import tulip.http.protocol.RequestHead;
import tulip.http.protocol.ResponseHead;
import tulip.http.protocol.Status;

/// RFC 6455, section 4, from both sides.
class HandshakeTest {
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
  private static final Headers GOOD =
      Headers.of(
          "Host",
          "server.example.com",
          "Upgrade",
          "websocket",
          "Connection",
          "keep-alive, Upgrade",
          "Sec-WebSocket-Key",
          KEY,
          "Sec-WebSocket-Version",
          "13");

  private static ServerHandshake answer(Headers headers, String... subprotocols)
      throws HandshakeException {
    return ServerHandshake.answer(
        RequestHead.of(Method.GET, "/chat", headers), List.of(subprotocols), DeflateOptions.SERVER);
  }

  @Test
  void theExampleOfTheStandard() throws HandshakeException {
    var answer = answer(GOOD);
    assertEquals(Headers.of("Sec-WebSocket-Accept", ACCEPT), answer.response());
    assertNull(answer.subprotocol());
    assertNull(answer.deflate());
  }

  @Test
  void theServersFavouriteSubprotocolIsChosen() throws HandshakeException {
    var headers = GOOD.toBuilder().add("Sec-WebSocket-Protocol", "chat, superchat").build();
    assertEquals("superchat", answer(headers, "superchat", "chat").subprotocol());
    assertEquals("chat", answer(headers, "chat").response().first("Sec-WebSocket-Protocol"));
    assertNull(answer(headers, "other").subprotocol());
  }

  @Test
  void compressionIsAgreedOn() throws HandshakeException {
    var headers = GOOD.toBuilder().add("Sec-WebSocket-Extensions", "permessage-deflate").build();
    assertEquals(
        "permessage-deflate", answer(headers).response().first("Sec-WebSocket-Extensions"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Upgrade | | 426",
        "Upgrade | h2c | 426",
        "Connection | keep-alive | 426",
        "Sec-WebSocket-Version | 8 | 426",
        "Sec-WebSocket-Version | | 426",
        "Sec-WebSocket-Key | | 400",
        "Sec-WebSocket-Key | c2hvcnQ= | 400",
        "Sec-WebSocket-Key | dGhlIHNhbXBsZSBub25jZQ | 400",
        "Sec-WebSocket-Key | not base 64 at all!!!!!! | 400",
        "Sec-WebSocket-Extensions | ; | 400"
      })
  void whatIsNoHandshake(String field, String value, int status) {
    var headers = GOOD.toBuilder().remove(HeaderName.of(field));
    var changed = (value == null ? headers : headers.add(field, value)).build();
    var refusal = assertThrows(HandshakeException.class, () -> answer(changed));
    assertEquals(status, refusal.status().code());
    if (status == 426) {
      assertEquals("13", refusal.headers().first("Sec-WebSocket-Version"));
      assertEquals("websocket", refusal.headers().first("Upgrade"));
    }
  }

  @Test
  void twoKeysAreNone() {
    var headers = GOOD.toBuilder().add("Sec-WebSocket-Key", KEY).build();
    assertEquals(
        400, assertThrows(HandshakeException.class, () -> answer(headers)).status().code());
  }

  @Test
  void onlyGet() {
    var request = RequestHead.of(Method.POST, "/", GOOD);
    var refusal =
        assertThrows(
            HandshakeException.class, () -> ServerHandshake.answer(request, List.of(), null));
    assertEquals(405, refusal.status().code());
    assertEquals("GET", refusal.headers().first("Allow"));
  }

  @Test
  void whetherARequestAsksForAWebSocket() {
    assertTrue(ServerHandshake.isRequested(RequestHead.of(Method.GET, "/", GOOD)));
    assertFalse(
        ServerHandshake.isRequested(RequestHead.of(Method.GET, "/", Headers.of("Host", "h"))));
  }

  // ---- the client ----

  private static ClientHandshake client(String... subprotocols) {
    return new ClientHandshake(
        Bytes.ofAscii("the sample nonce"), List.of(subprotocols), DeflateOptions.CLIENT);
  }

  private static ResponseHead response(Headers headers) {
    return ResponseHead.of(Status.SWITCHING_PROTOCOLS, headers);
  }

  private static final Headers YES =
      Headers.of("Upgrade", "WebSocket", "Connection", "upgrade", "Sec-WebSocket-Accept", ACCEPT);

  @Test
  void whatAClientSays() throws HandshakeException {
    var request = client("a", "b").request("h:80", "/x?y", Headers.of("Origin", "http://o"));
    assertEquals("/x?y", request.target().toString());
    assertEquals(KEY, request.headers().first("Sec-WebSocket-Key"));
    assertEquals("a, b", request.headers().first("Sec-WebSocket-Protocol"));
    assertEquals("http://o", request.headers().first("Origin"));
    var answer = ServerHandshake.answer(request, List.of("b"), DeflateOptions.SERVER);
    var agreement =
        client("a", "b")
            .agree(
                response(
                    YES.toBuilder()
                        .addAll(answer.response())
                        .set("Sec-WebSocket-Accept", ACCEPT)
                        .build()));
    assertEquals("b", agreement.subprotocol());
    assertEquals(new DeflateParameters(true, true, 15, 12), agreement.deflate());
    assertEquals(new DeflateParameters(true, true, 12, 12), answer.deflate()); // less than it may
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Upgrade | ",
        "Upgrade | h2c",
        "Connection | ",
        "Sec-WebSocket-Accept | ",
        "Sec-WebSocket-Accept | AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "Sec-WebSocket-Protocol | c",
        "Sec-WebSocket-Protocol | a, b",
        "Sec-WebSocket-Extensions | x-webkit-deflate-frame",
        "Sec-WebSocket-Extensions | permessage-deflate, permessage-deflate",
        "Sec-WebSocket-Extensions | permessage-deflate; server_max_window_bits=16"
      })
  void whatIsNoAnswer(String field, String value) {
    var headers = YES.toBuilder().remove(HeaderName.of(field));
    var changed = (value == null ? headers : headers.add(field, value)).build();
    assertThrows(HandshakeException.class, () -> client("a", "b").agree(response(changed)));
  }

  @Test
  void extensionsThatWereNotOffered() {
    var handshake = new ClientHandshake(Bytes.ofAscii("the sample nonce"), List.of(), null);
    var headers = YES.toBuilder().add("Sec-WebSocket-Extensions", "permessage-deflate").build();
    assertThrows(HandshakeException.class, () -> handshake.agree(response(headers)));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 301, 401, 404, 503})
  void noIsNo(int code) {
    var head = ResponseHead.of(Status.of(code), Headers.of("Location", "/there"));
    var refusal = assertThrows(HandshakeException.class, () -> client().agree(head));
    assertEquals(code, refusal.status().code());
    assertEquals("/there", refusal.headers().first("Location"));
  }
}
