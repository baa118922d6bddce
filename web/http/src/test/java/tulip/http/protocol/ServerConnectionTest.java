// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;
import tulip.http.protocol.HttpEvent.Signal;

/// The server's end, step by step.
class ServerConnectionTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String HEAD = "HEAD / HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String OLD = "GET / HTTP/1.0\r\n\r\n";
  private static final String WAITING =
      "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";
  private static final String UPGRADE =
      "GET / HTTP/1.1\r\nHost: h\r\nConnection: keep-alive, Upgrade\r\nUpgrade: x/1\r\n\r\n";
  private static final String CONNECT = "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n";

  private static final Bytes HELLO = Bytes.ofAscii("hello");
  private static final ResponseHead OK = ResponseHead.of(Status.OK, Headers.EMPTY);

  // ---- bodies of responses ----

  @Test
  void aWholeResponseNamesItsLength() throws ProtocolException {
    var server = Peer.asked(GET);
    server.connection.send(
        ResponseHead.of(Status.OK, Headers.of("Content-Type", "text/plain", "X-Own", "1")),
        HELLO,
        server.out);
    assertEquals(
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Own: 1\r\nContent-Length: 5\r\n\r\nhello",
        server.sent());
    assertFalse(server.connection.isClosing());
    server.expect(Signal.NEED_DATA);
  }

  @Test
  void whatAllResponsesSayIsSaidUnlessThisOneDoes() throws ProtocolException {
    var server = Peer.asked(GET);
    server.connection.usualFields(Headers.of("Server", "tulip", "Date", "today"));
    var own = Headers.of("X-Own", "1", "SERVER", "mine");
    server.connection.send(ResponseHead.of(Status.OK, own), Bytes.EMPTY, server.out);
    assertEquals(
        "HTTP/1.1 200 OK\r\nDate: today\r\nX-Own: 1\r\nServer: mine\r\nContent-Length: 0\r\n\r\n",
        server.sent());
  }

  @Test
  void aBodyWithoutALengthIsChunked() throws ProtocolException {
    var server = Peer.asked(GET);
    server.connection.send(OK, server.out);
    assertEquals("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", server.sent());
    server.connection.sendData(HELLO, server.out);
    server.connection.sendData(Bytes.EMPTY, server.out);
    server.connection.sendData(Bytes.ofAscii("0123456789abcdef"), server.out);
    server.connection.sendEnd(Headers.of("X-Sum", "7"), server.out);
    assertEquals("5\r\nhello\r\n10\r\n0123456789abcdef\r\n0\r\nX-Sum: 7\r\n\r\n", server.sent());
  }

  @Test
  void aBodyOfANamedLengthMustHaveIt() throws ProtocolException {
    var server = Peer.asked(GET);
    var head = ResponseHead.of(Status.OK, Headers.of("Content-Length", "6"));
    server.connection.send(head, server.out);
    server.connection.sendData(HELLO, server.out);
    assertThrows(IllegalStateException.class, () -> server.connection.sendData(HELLO, server.out));
    assertThrows(IllegalStateException.class, () -> server.connection.sendEnd(server.out));
    server.connection.sendData(Bytes.ofAscii("!"), server.out);
    server.connection.sendEnd(server.out);
    assertEquals("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello!", server.sent());
  }

  @Test
  void aPieceMayBeSentBesideTheWriter() throws ProtocolException {
    var server = Peer.asked(GET);
    server.connection.send(OK, server.out);
    server.sent();
    assertTrue(server.connection.beginData(1L << 40, server.out));
    assertEquals("10000000000\r\n", server.sent());
    assertThrows(IllegalStateException.class, () -> server.connection.sendEnd(server.out));
    assertThrows(IllegalStateException.class, () -> server.connection.beginData(1, server.out));
    server.connection.endData(server.out);
    server.connection.sendEnd(server.out);
    assertEquals("\r\n0\r\n\r\n", server.sent());
  }

  @Test
  void anOldClientGetsABodyUpToTheEndOfTheConnection() throws ProtocolException {
    var server = Peer.asked("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    server.connection.send(OK, server.out);
    server.connection.sendData(HELLO, server.out);
    server.connection.sendEnd(server.out);
    assertEquals("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello", server.sent());
    assertTrue(server.connection.isClosing());
    server.expect(Signal.CLOSED);
  }

  @Test
  void headIsAnsweredWithoutTheBody() throws ProtocolException {
    var server = Peer.asked(HEAD + HEAD + HEAD);
    server.connection.send(OK, HELLO, server.out);
    assertEquals("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", server.sent());
    server.nextHead();
    server.expect(HttpEvent.End.PLAIN);
    server.connection.send(OK, server.out);
    assertFalse(server.connection.beginData(5, server.out));
    server.connection.sendData(HELLO, server.out);
    server.connection.sendEnd(Headers.of("X-Sum", "7"), server.out);
    assertEquals("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", server.sent());
    server.nextHead();
    server.expect(HttpEvent.End.PLAIN);
    server.connection.send(
        ResponseHead.of(Status.OK, Headers.of("Content-Length", "99")), server.out);
    server.connection.sendEnd(server.out);
    assertEquals("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", server.sent());
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void someStatusesHaveNoBody(int code) throws ProtocolException {
    var server = Peer.asked(GET + GET);
    var head = ResponseHead.of(Status.of(code), Headers.EMPTY);
    server.connection.send(head, Bytes.EMPTY, server.out);
    assertEquals("HTTP/1.1 " + head.status() + "\r\n\r\n", server.sent());
    server.nextHead();
    server.expect(HttpEvent.End.PLAIN);
    assertThrows(
        IllegalArgumentException.class, () -> server.connection.send(head, HELLO, server.out));
    server.connection.send(head, server.out);
    assertThrows(IllegalStateException.class, () -> server.connection.sendData(HELLO, server.out));
  }

  @Test
  void headsThatContradictThemselvesAreRefused() throws ProtocolException {
    var server = Peer.asked(GET);
    for (var headers :
        new Headers[] {
          Headers.of("Content-Length", "1", "Content-Length", "1"),
          Headers.of("Content-Length", "x"),
          Headers.of("Transfer-Encoding", "chunked"),
          Headers.of("Transfer-Encoding", "chunked", "Content-Length", "1")
        }) {
      assertThrows(
          IllegalArgumentException.class,
          () -> server.connection.send(ResponseHead.of(Status.OK, headers), server.out));
    }
    assertThrows(
        IllegalArgumentException.class,
        () ->
            server.connection.send(
                ResponseHead.of(Status.NO_CONTENT, Headers.of("Content-Length", "0")), server.out));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            server.connection.send(
                ResponseHead.of(Status.CONTINUE, Headers.EMPTY), HELLO, server.out));
    assertEquals("", server.sent(), "nothing was sent");
    server.connection.send(OK, HELLO, server.out);
  }

  @Test
  void trailersAreCheckedToo() throws ProtocolException {
    var server = Peer.asked(GET + GET);
    server.connection.send(OK, server.out);
    assertThrows(
        IllegalArgumentException.class,
        () -> server.connection.sendEnd(Headers.of("Content-Length", "1"), server.out));
    server.connection.sendEnd(server.out);
    server.nextHead();
    server.connection.send(
        ResponseHead.of(Status.OK, Headers.of("Content-Length", "0")), server.out);
    assertThrows(
        IllegalStateException.class,
        () -> server.connection.sendEnd(Headers.of("X-Sum", "1"), server.out));
  }

  @Test
  void nothingIsSentOutOfTurn() throws ProtocolException {
    var server = Peer.server();
    assertThrows(IllegalStateException.class, () -> server.connection.send(OK, server.out));
    assertThrows(IllegalStateException.class, () -> server.connection.sendData(HELLO, server.out));
    assertThrows(IllegalStateException.class, () -> server.connection.sendEnd(server.out));
    server.gets(GET).nextHead();
    server.connection.send(OK, server.out);
    assertThrows(IllegalStateException.class, () -> server.connection.send(OK, server.out));
  }

  // ---- keep-alive ----

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1, , , true, ''",
    "HTTP/1.1, close, , false, close",
    "HTTP/1.1, 'x, CLOSE', , false, close",
    "HTTP/1.1, 'keep-alive, close', , false, close",
    "HTTP/1.1, keep-alive, , true, ''",
    "HTTP/1.1, , close, false, ''",
    "HTTP/1.1, notclose, , true, ''",
    "HTTP/1.0, , , false, close",
    "HTTP/1.0, keep-alive, , true, keep-alive",
    "HTTP/1.0, 'keep-alive, close', , false, close",
    "HTTP/1.0, keep-alive, close, false, ''"
  })
  void theConnectionGoesOnIfBothWantIt(
      String version, String asked, String answered, boolean goesOn, String said)
      throws ProtocolException {
    var request = "GET / " + version + "\r\nHost: h\r\n";
    var server =
        Peer.asked(request + (asked == null ? "" : "Connection: " + asked + "\r\n") + "\r\n" + GET);
    var headers = answered == null ? Headers.EMPTY : Headers.of("Connection", answered);
    server.connection.send(ResponseHead.of(Status.OK, headers), Bytes.EMPTY, server.out);
    var line = said.isEmpty() ? "" : "Connection: " + said + "\r\n";
    var given = answered == null ? "" : "Connection: " + answered + "\r\n";
    assertEquals(
        "HTTP/1.1 200 OK\r\n" + given + "Content-Length: 0\r\n" + line + "\r\n", server.sent());
    assertEquals(!goesOn, server.connection.isClosing());
    if (goesOn) {
      server.nextHead();
    } else {
      server.expect(Signal.CLOSED);
    }
  }

  @Test
  void theNextRequestWaitsForTheAnswer() throws ProtocolException {
    var server = Peer.asked(GET + GET);
    server.expect(Signal.PAUSED);
    server.connection.send(OK, server.out);
    server.expect(Signal.PAUSED);
    server.connection.sendEnd(server.out);
    server.nextHead();
  }

  @Test
  void anEarlyAnswerLeavesTheRestOfTheRequestToBeRead() throws ProtocolException {
    var server = Peer.server().gets("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nab");
    server.nextHead();
    server.connection.send(OK, HELLO, server.out);
    assertEquals("ab", server.nextData());
    server.expect(Signal.NEED_DATA);
    server.gets("c" + GET);
    assertEquals("c", server.nextData());
    server.expect(HttpEvent.End.PLAIN);
    server.nextHead();
  }

  @Test
  void aClosingAnswerLeavesNothingToBeRead() throws ProtocolException {
    var server = Peer.server().gets("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nab");
    server.nextHead();
    server.connection.send(
        ResponseHead.of(Status.OK, Headers.of("Connection", "close")), HELLO, server.out);
    server.expect(Signal.CLOSED);
  }

  @Test
  void theLastRequestIsToldSo() throws ProtocolException {
    var server = Peer.asked(GET + GET);
    server.connection.lastRequest();
    server.connection.send(OK, Bytes.EMPTY, server.out);
    assertEquals(
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", server.sent());
    server.expect(Signal.CLOSED);
  }

  @Test
  void anIdleConnectionClosesAtOnce() throws ProtocolException {
    var server = Peer.server();
    assertFalse(server.connection.isClosing());
    server.connection.lastRequest();
    assertTrue(server.connection.isClosing());
    server.gets(GET).nextHead(); // it had been on its way
    server.connection.send(OK, Bytes.EMPTY, server.out);
    server.expect(Signal.CLOSED);
  }

  @Test
  void aClientMayStopSendingAndStillGetItsAnswer() throws ProtocolException {
    var server = Peer.server().gets(GET);
    server.connection.inputEnded();
    server.nextHead();
    server.expect(HttpEvent.End.PLAIN);
    server.expect(Signal.PAUSED);
    server.connection.send(OK, HELLO, server.out);
    server.expect(Signal.CLOSED);
  }

  // ---- 100-continue ----

  @Test
  void aWaitingClientIsToldToGoOn() throws ProtocolException {
    var server = Peer.server().gets(WAITING);
    server.nextHead();
    assertTrue(server.connection.awaitsContinue());
    server.expect(Signal.NEED_DATA);
    server.connection.sendContinue(server.out);
    server.connection.sendContinue(server.out);
    assertEquals("HTTP/1.1 100 Continue\r\n\r\n", server.sent(), "once");
    assertEquals("ab", server.gets("ab").nextData());
    server.expect(HttpEvent.End.PLAIN);
    server.connection.send(OK, HELLO, server.out);
    assertFalse(server.connection.isClosing());
  }

  @Test
  void aClientThatWaitsNoLongerIsToldNothing() throws ProtocolException {
    var server = Peer.server().gets(WAITING + "a");
    server.nextHead();
    assertEquals("a", server.nextData());
    assertFalse(server.connection.awaitsContinue());
    server.connection.sendContinue(server.out);
    assertEquals("", server.sent());
  }

  @Test
  void aClientThatIsRefusedItsBodyIsNotWaitedFor() throws ProtocolException {
    var server = Peer.server().gets(WAITING);
    server.nextHead();
    server.connection.send(
        ResponseHead.of(Status.CONTENT_TOO_LARGE, Headers.EMPTY), Bytes.EMPTY, server.out);
    assertTrue(server.sent().contains("Connection: close\r\n"));
    server.gets(GET).expect(Signal.CLOSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PUT / HTTP/1.0\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n",
        "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nExpect: 100-continue\r\n\r\n",
        "PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\n\r\n"
      })
  void nobodyWaitsWithoutABodyOrInOldVersions(String request) throws ProtocolException {
    var server = Peer.server().gets(request);
    server.nextHead();
    assertFalse(server.connection.awaitsContinue());
  }

  @Test
  void otherResponsesMayComeAhead() throws ProtocolException {
    var server = Peer.asked(GET);
    server.connection.send(
        ResponseHead.of(Status.EARLY_HINTS, Headers.of("Link", "<a>")), server.out);
    server.connection.send(OK, Bytes.EMPTY, server.out);
    assertEquals(
        "HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        server.sent());
  }

  @Test
  void anOldClientKnowsNone() throws ProtocolException {
    var server = Peer.asked(OLD);
    var hints = ResponseHead.of(Status.EARLY_HINTS, Headers.EMPTY);
    assertThrows(IllegalStateException.class, () -> server.connection.send(hints, server.out));
  }

  // ---- tunnels ----

  @Test
  void anUpgradeMakesATunnel() throws ProtocolException {
    var server = Peer.asked(UPGRADE + "first");
    server.expect(Signal.PAUSED);
    server.connection.send(
        ResponseHead.of(Status.SWITCHING_PROTOCOLS, Headers.of("Upgrade", "x/1")), server.out);
    assertEquals(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x/1\r\nConnection: upgrade\r\n\r\n",
        server.sent());
    server.expect(Signal.TUNNEL);
    server.expect(Signal.TUNNEL);
    assertEquals("first", server.input.take(5).latin1(), "nothing of it was taken");
    assertThrows(IllegalStateException.class, () -> server.connection.send(OK, server.out));
  }

  @Test
  void anUpgradeWaitsForTheEndOfTheRequest() throws ProtocolException {
    var server = Peer.server().gets(UPGRADE.replace("Host", "Content-Length: 2\r\nHost") + "ab!");
    server.nextHead();
    server.connection.send(
        ResponseHead.of(Status.SWITCHING_PROTOCOLS, Headers.of("Upgrade", "x/1")), server.out);
    assertEquals("ab", server.nextData());
    server.expect(HttpEvent.End.PLAIN);
    server.expect(Signal.TUNNEL);
  }

  @Test
  void anUpgradeMayBeDeclined() throws ProtocolException {
    var server = Peer.asked(UPGRADE + GET);
    server.connection.send(OK, HELLO, server.out);
    server.nextHead();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        GET,
        "GET / HTTP/1.1\r\nHost: h\r\nUpgrade: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nUpgrade: x\r\nConnection: notupgrade\r\n\r\n"
      })
  void onlyAnOfferIsAccepted(String request) throws ProtocolException {
    var server = Peer.asked(request);
    var head = ResponseHead.of(Status.SWITCHING_PROTOCOLS, Headers.of("Upgrade", "x"));
    assertThrows(IllegalStateException.class, () -> server.connection.send(head, server.out));
  }

  @Test
  void connectMakesATunnel() throws ProtocolException {
    var server = Peer.asked(CONNECT + "first");
    var wrong = ResponseHead.of(Status.OK, Headers.of("Content-Length", "1"));
    assertThrows(IllegalArgumentException.class, () -> server.connection.send(wrong, server.out));
    assertThrows(
        IllegalArgumentException.class, () -> server.connection.send(OK, HELLO, server.out));
    server.connection.send(OK, Bytes.EMPTY, server.out);
    assertEquals("HTTP/1.1 200 OK\r\n\r\n", server.sent());
    server.expect(Signal.TUNNEL);
    assertEquals(5, server.input.size());
  }

  @Test
  void connectMayBeDeclined() throws ProtocolException {
    var server = Peer.asked(CONNECT + GET);
    server.connection.send(ResponseHead.of(Status.FORBIDDEN, Headers.EMPTY), HELLO, server.out);
    assertTrue(server.sent().endsWith("Content-Length: 5\r\n\r\nhello"));
    server.nextHead();
  }

  // ---- errors ----

  @Test
  void whatIsRefusedIsAnsweredOnceAndNothingElseIsRead() {
    var server = Peer.server().gets("NONSENSE\r\n\r\n" + GET);
    var refusal = server.refusal();
    assertTrue(server.connection.isClosing());
    assertSame(refusal, server.refusal());
    server.connection.send(ResponseHead.of(refusal.status(), Headers.EMPTY), HELLO, server.out);
    assertEquals(
        "HTTP/1.1 400 Bad Request\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
        server.sent());
    assertThrows(IllegalStateException.class, () -> server.connection.send(OK, server.out));
  }

  @Test
  void aBadBodyIsAnswered() throws ProtocolException {
    var server =
        Peer.server().gets("PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n");
    server.nextHead();
    assertEquals(Status.BAD_REQUEST, server.refusal().status());
    server.connection.send(
        ResponseHead.of(Status.BAD_REQUEST, Headers.EMPTY), Bytes.EMPTY, server.out);
    assertTrue(server.sent().contains("Connection: close\r\n"));
  }

  @Test
  void aBadBodyUnderAnAnswerSpoilsTheConnectionAlone() throws ProtocolException {
    var server =
        Peer.server().gets("PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n");
    server.nextHead();
    server.connection.send(OK, server.out);
    server.refusal();
    assertThrows(IllegalStateException.class, () -> server.connection.send(OK, server.out));
    server.connection.sendData(HELLO, server.out);
    server.connection.sendEnd(server.out);
    assertTrue(server.connection.isClosing());
  }

  @Test
  void anErrorBehindAGoodRequestWaitsForItsTurn() throws ProtocolException {
    var server = Peer.asked(GET + "NONSENSE\r\n\r\n");
    server.expect(Signal.PAUSED);
    server.connection.send(OK, HELLO, server.out);
    assertEquals(Status.BAD_REQUEST, server.refusal().status());
    server.connection.send(
        ResponseHead.of(Status.BAD_REQUEST, Headers.EMPTY), Bytes.EMPTY, server.out);
  }

  @Test
  void aTargetThatNamesAHostGoesBeforeTheField() throws ProtocolException {
    var server = Peer.server().gets("GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n");
    assertEquals(new Authority("b", -1), server.nextHead().authority());
    assertEquals(new Authority("h", -1), Peer.server().gets(GET).nextHead().authority());
    assertEquals(new Authority("a", 1), Peer.server().gets(CONNECT).nextHead().authority());
  }
}
