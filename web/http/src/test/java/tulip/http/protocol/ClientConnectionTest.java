// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;
import tulip.http.protocol.HttpEvent.Signal;

/// The client's end, step by step.
class ClientConnectionTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
  private static final Headers HOST = Headers.of("Host", "h");
  private static final Bytes HELLO = Bytes.ofAscii("hello");

  // ---- requests ----

  @ParameterizedTest
  @CsvSource({"GET, false", "DELETE, false", "POST, true", "PUT, true", "PATCH, true"})
  void anEmptyBodyIsNamedWhereOneIsUsual(Method method, boolean named) {
    var client = Peer.client();
    client.connection.send(RequestHead.of(method, "/a?b", HOST), Bytes.EMPTY, client.out);
    assertEquals(
        method + " /a?b HTTP/1.1\r\nHost: h\r\n" + (named ? "Content-Length: 0\r\n" : "") + "\r\n",
        client.sent());
  }

  @Test
  void aWholeBodyIsNamed() {
    var client = Peer.client();
    client.connection.send(RequestHead.of(Method.GET, "/", HOST), HELLO, client.out);
    assertEquals("GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello", client.sent());
  }

  @Test
  void aBodyMayBeChunked() {
    var client = Peer.client();
    var headers = Headers.of("Host", "h", "Transfer-Encoding", "chunked");
    client.connection.send(RequestHead.of(Method.POST, "/", headers), client.out);
    assertEquals("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n", client.sent());
    client.connection.sendData(HELLO, client.out);
    client.connection.sendEnd(Headers.of("X-Sum", "7"), client.out);
    assertEquals("5\r\nhello\r\n0\r\nX-Sum: 7\r\n\r\n", client.sent());
  }

  @Test
  void aWholeBodyMayBeChunkedToo() {
    var client = Peer.client();
    var headers = Headers.of("Host", "h", "Transfer-Encoding", "chunked");
    client.connection.send(RequestHead.of(Method.POST, "/", headers), HELLO, client.out);
    assertTrue(client.sent().endsWith("chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"));
  }

  @Test
  void aBodyNeedsFraming() {
    var client = Peer.client();
    client.connection.send(RequestHead.of(Method.POST, "/", HOST), client.out);
    assertThrows(IllegalStateException.class, () -> client.connection.sendData(HELLO, client.out));
    client.connection.sendEnd(client.out);
  }

  @Test
  void headsThatContradictThemselvesAreRefused() {
    var client = Peer.client();
    for (var headers :
        List.of(
            Headers.EMPTY,
            Headers.of("Host", "a", "Host", "a"),
            Headers.of("Host", "a/b"),
            Headers.of("Host", "a", "Content-Length", "1", "Transfer-Encoding", "chunked"),
            Headers.of("Host", "a", "Transfer-Encoding", "gzip, chunked"),
            Headers.of("Host", "a", "Expect", "much"))) {
      var head = RequestHead.of(Method.GET, "/", headers);
      assertThrows(IllegalArgumentException.class, () -> client.connection.send(head, client.out));
    }
    assertEquals("", client.sent());
    assertTrue(client.connection.isReady());
  }

  @Test
  void oneRequestAtATime() throws ProtocolException {
    var client = Peer.asking(Method.GET, "/");
    var head = RequestHead.of(Method.GET, "/", HOST);
    assertFalse(client.connection.isReady());
    assertThrows(IllegalStateException.class, () -> client.connection.send(head, client.out));
    client.gets(OK).nextResponse();
    assertEquals("hi", client.nextData());
    assertThrows(IllegalStateException.class, () -> client.connection.send(head, client.out));
    client.expect(HttpEvent.End.PLAIN);
    assertTrue(client.connection.isReady());
    client.connection.send(head, client.out);
  }

  // ---- responses ----

  @Test
  void aBodyWithoutFramingEndsWithTheConnection() throws ProtocolException {
    var client = Peer.asking(Method.GET, "/").gets("HTTP/1.1 200 OK\r\n\r\nab");
    client.nextResponse();
    assertEquals("ab", client.nextData());
    client.expect(Signal.NEED_DATA);
    assertTrue(client.connection.isClosing());
    client.gets("c");
    client.connection.inputEnded();
    assertEquals("c", client.nextData());
    client.expect(HttpEvent.End.PLAIN);
    client.expect(Signal.CLOSED);
    assertFalse(client.connection.isReady());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n"
      })
  void theAnswerToHeadHasNoBody(String response) throws ProtocolException {
    var client = Peer.asking(Method.HEAD, "/").gets(response);
    client.nextResponse();
    client.expect(HttpEvent.End.PLAIN);
    assertTrue(client.connection.isReady());
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1, , , true",
    "HTTP/1.1, , close, false",
    "HTTP/1.1, close, , false",
    "HTTP/1.1, , 'x, Close', false",
    "HTTP/1.0, , , false",
    "HTTP/1.0, , keep-alive, true",
    "HTTP/1.0, close, keep-alive, false"
  })
  void theConnectionGoesOnIfBothWantIt(
      String version, String asked, String answered, boolean goesOn) throws ProtocolException {
    var client =
        asked == null
            ? Peer.asking(Method.GET, "/")
            : Peer.asking(Method.GET, "/", "Connection", asked);
    var field = answered == null ? "" : "Connection: " + answered + "\r\n";
    client.gets(version + " 200 OK\r\nContent-Length: 0\r\n" + field + "\r\n");
    client.nextResponse();
    client.expect(HttpEvent.End.PLAIN);
    assertEquals(goesOn, client.connection.isReady());
    client.expect(goesOn ? Signal.PAUSED : Signal.CLOSED);
  }

  @Test
  void responsesOf1xxComeAhead() throws ProtocolException {
    var client = Peer.asking(Method.GET, "/").gets("HTTP/1.1 103 Early Hints\r\n\r\n" + OK);
    assertEquals(Status.EARLY_HINTS, client.nextResponse().status());
    assertEquals(Status.OK, client.nextResponse().status());
    assertEquals("hi", client.nextData());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 417 Expectation Failed\r\n\r\n"})
  void anyAnswerEndsTheWaitingForContinue(String answer) throws ProtocolException {
    var client = Peer.client();
    var headers = HOST.toBuilder().add("Expect", "100-continue").add("Content-Length", "5").build();
    client.connection.send(RequestHead.of(Method.PUT, "/", headers), client.out);
    assertTrue(client.connection.awaitsContinue());
    client.expect(Signal.NEED_DATA);
    client.gets(answer).nextResponse();
    assertFalse(client.connection.awaitsContinue());
    client.connection.sendData(HELLO, client.out);
    client.connection.sendEnd(client.out);
  }

  @Test
  void anAnswerBeforeTheEndOfTheRequestEndsTheConnection() throws ProtocolException {
    var client = Peer.client();
    var headers = HOST.toBuilder().add("Content-Length", "5").build();
    client.connection.send(RequestHead.of(Method.PUT, "/", headers), client.out);
    client.gets(OK).nextResponse();
    assertEquals("hi", client.nextData());
    client.expect(HttpEvent.End.PLAIN);
    assertTrue(client.connection.isClosing());
    client.expect(Signal.CLOSED);
    client.connection.sendData(HELLO, client.out); // whoever is sending may finish
    client.connection.sendEnd(client.out);
    assertFalse(client.connection.isReady());
  }

  @Test
  void aRequestMayEndWhileItsAnswerComes() throws ProtocolException {
    var client = Peer.client();
    var headers = HOST.toBuilder().add("Content-Length", "5").build();
    client.connection.send(RequestHead.of(Method.PUT, "/", headers), client.out);
    client.gets(OK).nextResponse();
    client.connection.sendData(HELLO, client.out);
    client.connection.sendEnd(client.out);
    assertEquals("hi", client.nextData());
    client.expect(HttpEvent.End.PLAIN);
    assertTrue(client.connection.isReady());
  }

  @Test
  void nothingMayComeUnasked() throws ProtocolException {
    var client = Peer.asking(Method.GET, "/").gets(OK + OK);
    client.nextResponse();
    client.nextData();
    client.expect(HttpEvent.End.PLAIN);
    assertInstanceOf(MessageFormatException.class, client.refusal());
    assertFalse(client.connection.isReady());
  }

  @Test
  void anIdleServerMayClose() throws ProtocolException {
    var client = Peer.client();
    client.expect(Signal.PAUSED);
    client.connection.inputEnded();
    assertFalse(client.connection.isReady());
    client.expect(Signal.CLOSED);
    assertTrue(client.connection.isClosing());
  }

  @Test
  void anEndWithoutAnAnswerIsToldApart() {
    var client = Peer.asking(Method.GET, "/");
    client.connection.inputEnded();
    assertInstanceOf(IncompleteMessageException.class, client.refusal());
  }

  // ---- tunnels ----

  @Test
  void anUpgradeThatWasAskedForMakesATunnel() throws ProtocolException {
    var client =
        Peer.asking(Method.GET, "/", "Connection", "upgrade", "Upgrade", "x")
            .gets("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nfirst");
    assertEquals(101, client.nextResponse().status().code());
    client.expect(Signal.TUNNEL);
    assertEquals(5, client.input.size());
    assertFalse(client.connection.isReady());
  }

  @Test
  void connectMakesATunnelWhateverTheLength() throws ProtocolException {
    var client =
        Peer.asking(Method.CONNECT, "a:1")
            .gets("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nfirst");
    client.nextResponse();
    client.expect(Signal.TUNNEL);
    assertEquals(5, client.input.size());
  }

  @Test
  void aDeclinedConnectIsAResponse() throws ProtocolException {
    var client =
        Peer.asking(Method.CONNECT, "a:1").gets("HTTP/1.1 403 No\r\nContent-Length: 1\r\n\r\nx");
    assertEquals("403 No", client.nextResponse().status().toString());
    assertEquals("x", client.nextData());
    client.expect(HttpEvent.End.PLAIN);
    assertTrue(client.connection.isReady());
  }

  // ---- old servers ----

  @Test
  void aLenientClientTakesLineFeedsAndFoldedLines() {
    var text =
        "HTTP/1.1 200 OK\nA: b\n  c \r\n\td\nTransfer-Encoding: chunked\n\n1\na\n0\nB: c\n\n";
    var expected =
        List.of(
            "HTTP/1.1 200 OK {A: b   c   \td, Transfer-Encoding: chunked}",
            "body a",
            "end {B: c}",
            Feed.NO_ANSWER);
    Splits.each(
        Feed.latin1(text), pieces -> assertEquals(expected, Feed.client(true, Method.GET, pieces)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\r\n\r\n",
        "HTTP/1.1 200 OK\nA: \rb\n\n",
        "HTTP/1.1 200 OK\n folded: first\n\n",
        "HTTP/1.1 200 OK\nA : b\n\n"
      })
  void aLenientClientIsNotLenientOtherwise(String response) {
    var seen = Feed.client(true, Method.GET, Feed.latin1(response));
    assertTrue(seen.getFirst().startsWith("refused"), seen::toString);
  }
}
