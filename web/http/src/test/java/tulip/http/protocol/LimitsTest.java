// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;

/// Each limit: its last byte passes, one more does not, however the bytes are split.
class LimitsTest {
  private static final HttpLimits SMALL = new HttpLimits(40, 30, 3, 100, 24, 2, 16, 20, 2, 10);

  @ParameterizedTest
  @CsvSource({"40, 0", "41, 414"})
  void theFirstLine(int length, int status) {
    var start = "GET /" + "x".repeat(length - 14) + " HTTP/1.1";
    assertEquals(length, start.length());
    check(start + "\r\nHost: a\r\n\r\n", status);
  }

  @ParameterizedTest
  @CsvSource({"30, 0", "31, 431"})
  void aFieldsLine(int length, int status) {
    check("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(length - 3) + "\r\n\r\n", status);
  }

  @ParameterizedTest
  @CsvSource({"2, 0", "3, 431"})
  void theNumberOfFields(int more, int status) {
    check("GET / HTTP/1.1\r\nHost: a\r\n" + "A: b\r\n".repeat(more) + "\r\n", status);
  }

  @ParameterizedTest
  @CsvSource({"100, 0", "101, 431"})
  void theHead(int length, int status) {
    var rest = "\r\nHost: a\r\nX: " + "x".repeat(27) + "\r\nY: " + "y".repeat(22) + "\r\n\r\n";
    var start = "GET /" + "x".repeat(length - rest.length() - 14) + " HTTP/1.1";
    assertEquals(length, start.length() + rest.length());
    check(start + rest, status);
  }

  @ParameterizedTest
  @ValueSource(ints = {99, 100, 101, 300})
  void aHeadWithoutAnEnd(int length) {
    check("GET /" + "x".repeat(length - 5), length < 100 ? 400 : 414);
  }

  @Test
  void aHeadWithoutAnEndOfItsFields() {
    check("GET / HTTP/1.1\r\n" + "A: b\r\n".repeat(30), 431);
  }

  @ParameterizedTest
  @CsvSource({"2, 0", "3, 400"})
  void emptyLines(int count, int status) {
    check("\r\n".repeat(count) + "GET / HTTP/1.1\r\nHost: a\r\n\r\n", status);
  }

  @ParameterizedTest
  @CsvSource({"10, 0", "11, 413"})
  void aBodyOfKnownLength(int length, int status) {
    check(
        "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n" + "x".repeat(length),
        status);
  }

  @ParameterizedTest
  @CsvSource({"10, 0", "11, 413"})
  void aBodyOfChunks(int length, int status) {
    check(chunked("1\r\nx\r\n".repeat(length) + "0\r\n\r\n"), status);
  }

  @Test
  void aChunkIsRefusedBeforeItComes() {
    check(chunked("7fffffff\r\n"), 413);
  }

  @ParameterizedTest
  @CsvSource({"14, 0", "15, 400"})
  void theLineOfAChunk(int length, int status) {
    check(chunked("1;" + "x".repeat(length - 1) + "\r\na\r\n0\r\n\r\n"), status);
  }

  @ParameterizedTest
  @CsvSource({"2, 0", "3, 400"})
  void allExtensions(int count, int status) {
    check(chunked("1;2345\r\na\r\n".repeat(count) + "0;abcdefg\r\n\r\n"), status);
  }

  @ParameterizedTest
  @CsvSource({"22, 0", "23, 431"})
  void trailers(int length, int status) {
    check(chunked("0\r\nA: " + "x".repeat(length - 5) + "\r\n\r\n"), status);
  }

  @ParameterizedTest
  @CsvSource({"2, 0", "3, 502"})
  void responsesAhead(int count, int status) {
    var connection = new ClientConnection(SMALL);
    var peer = new Peer<>(connection);
    connection.send(RequestHead.of(Method.GET, "/", Headers.of("Host", "h")), peer.out);
    connection.sendEnd(peer.out);
    peer.gets("HTTP/1.1 102 Wait\r\n\r\n".repeat(count) + "HTTP/1.1 204 No\r\n\r\n");
    ProtocolException refusal = null;
    try {
      while (!(peer.next() instanceof HttpEvent.End)) {}
    } catch (ProtocolException e) {
      refusal = e;
    }
    assertEquals(status, refusal == null ? 0 : refusal.status().code());
  }

  @Test
  void theLimitOfABodyCanBeSetForOne() throws ProtocolException {
    var server = new Peer<>(new ServerConnection(SMALL));
    var request = "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n\r\n";
    server.gets(request + "0123456789ab" + request).nextHead();
    server.connection.limitBody(12);
    assertEquals("0123456789ab", server.nextData());
    server.expect(HttpEvent.End.PLAIN);
    server.connection.send(
        ResponseHead.of(Status.NO_CONTENT, Headers.EMPTY), Bytes.EMPTY, server.out);
    server.nextHead();
    assertEquals(413, server.refusal().status().code(), "for the next one it is as it was");
    assertThrows(IllegalArgumentException.class, () -> server.connection.limitBody(-1));
  }

  @Test
  void theLimitOfABodyCanBeLoweredOnTheWay() throws ProtocolException {
    var server = new Peer<>(new ServerConnection(SMALL));
    server.gets(chunked("5\r\n01234\r\n5\r\n")).nextHead();
    assertEquals("01234", server.nextData());
    server.connection.limitBody(9);
    assertEquals(413, server.refusal().status().code());
  }

  @Test
  void senselessLimitsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> SMALL.withBody(-1));
    assertThrows(IllegalArgumentException.class, () -> SMALL.withFields(0));
    assertThrows(IllegalArgumentException.class, () -> SMALL.withHead(1, 100));
    assertEquals(50, SMALL.withHead(50, 60).fieldLine());
  }

  private static String chunked(String body) {
    return "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body;
  }

  /// @param status to be answered, or 0 if the message is to pass
  private static void check(String text, int status) {
    byte[] bytes = Feed.latin1(text);
    var seen = Feed.server(SMALL, bytes);
    var expected = status == 0 ? "closed" : "refused " + status + " ";
    assertTrue(seen.getLast().startsWith(expected), seen::toString);
    Splits.each(bytes, pieces -> assertEquals(seen, Feed.server(SMALL, pieces)));
  }
}
