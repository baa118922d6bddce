// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Targets and the hosts in them, from text and to text; methods and statuses too.
class TargetTest {
  @Test
  void targetsHaveFourForms() {
    assertEquals(new RequestTarget.Origin("/a", "b?c"), parse(Method.GET, "/a?b?c"));
    assertEquals(new RequestTarget.Origin("/", null), parse(Method.GET, "/"));
    assertEquals(new RequestTarget.Origin("/", ""), parse(Method.GET, "/?"));
    assertEquals(
        new RequestTarget.Absolute("https", new Authority("a", 1), "/b", "c/d"),
        parse(Method.GET, "HttpS://a:1/b?c/d"));
    assertEquals(
        new RequestTarget.Absolute("http", new Authority("a", -1), "", "/"),
        parse(Method.GET, "http://a?/"));
    assertEquals(
        new RequestTarget.Tunnel(new Authority("[::1]", 443)), parse(Method.CONNECT, "[::1]:443"));
    assertSame(RequestTarget.Asterisk.ASTERISK, parse(Method.OPTIONS, "*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a?b", "/?", "//", "http://a", "https://a:1/b?c", "http://[::1]"})
  void targetsAreWrittenAsTheyWereRead(String text) {
    assertEquals(text, parse(Method.GET, text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "*", "/#", "/ ", "/\r\n", "/\u00e9", "http:/a", "://a", "http://"})
  void otherTextIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> parse(Method.GET, text));
  }

  @Test
  void partsAreCheckedToo() {
    assertThrows(IllegalArgumentException.class, () -> new RequestTarget.Origin("a", null));
    assertThrows(IllegalArgumentException.class, () -> new RequestTarget.Origin("/a?b", null));
    assertThrows(IllegalArgumentException.class, () -> new RequestTarget.Origin("/", "a b"));
    var host = new Authority("a", -1);
    assertThrows(
        IllegalArgumentException.class, () -> new RequestTarget.Absolute("ftp", host, "/", null));
    assertThrows(IllegalArgumentException.class, () -> new RequestTarget.Tunnel(host));
  }

  @ParameterizedTest
  @CsvSource({
    "a, a, -1",
    "a:, a, -1",
    "a:0, a, 0",
    "a.b-c_d~:65535, a.b-c_d~, 65535",
    "127.0.0.1:80, 127.0.0.1, 80",
    "[::1], [::1], -1",
    "[2001:db8::1]:8080, [2001:db8::1], 8080",
    "[::ffff:1.2.3.4], [::ffff:1.2.3.4], -1",
    "a%20b, a%20b, -1"
  })
  void authoritiesAreHostsWithOrWithoutPorts(String text, String host, int port) {
    assertEquals(new Authority(host, port), Authority.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":80",
        "a:b",
        "a:-1",
        "a:65536",
        "a:99999999999",
        "a b",
        "a/b",
        "a@b",
        "[",
        "[]",
        "[]:1",
        "[::1",
        "::1",
        "[::1]x",
        "[1::2::3]",
        "[v1.a]",
        "[::1%25lo]",
        "a%",
        "a%4",
        "a%4g",
        "\u00e9",
        "a\\b",
        "a#",
        "a?"
      })
  void otherTextIsNoAuthority(String text) {
    assertNull(Authority.parse(text));
  }

  @Test
  void authoritiesAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> new Authority("a:1", -1));
    assertThrows(IllegalArgumentException.class, () -> new Authority("a", 65536));
    assertEquals("a:1", new Authority("a", 1).toString());
  }

  @Test
  void methodsAreTokens() {
    assertThrows(IllegalArgumentException.class, () -> new Method("GET /"));
    assertThrows(IllegalArgumentException.class, () -> new Method(""));
    assertThrows(IllegalArgumentException.class, () -> new Method("G\r\n"));
    byte[] bytes = Feed.latin1("GETGETXPOSTPUTPATCHTRACEDELETEget");
    assertSame(Method.GET, Method.of(bytes, 0, 3));
    assertEquals(new Method("GETX"), Method.of(bytes, 3, 7));
    assertSame(Method.POST, Method.of(bytes, 7, 11));
    assertSame(Method.PUT, Method.of(bytes, 11, 14));
    assertSame(Method.PATCH, Method.of(bytes, 14, 19));
    assertSame(Method.TRACE, Method.of(bytes, 19, 24));
    assertSame(Method.DELETE, Method.of(bytes, 24, 30));
    assertEquals("get", Method.of(bytes, 30, 33).name());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, true, true", "HEAD, true, true", "OPTIONS, true, true", "TRACE, true, true",
    "PUT, false, true", "DELETE, false, true", "POST, false, false", "PATCH, false, false",
    "get, false, false"
  })
  void methodsPromise(Method method, boolean safe, boolean idempotent) {
    assertEquals(safe, method.isSafe());
    assertEquals(idempotent, method.isIdempotent());
  }

  @Test
  void statusesHaveTheirPhrases() {
    assertSame(Status.NOT_FOUND, Status.of(404));
    assertEquals("404 Not Found", Status.of(404).toString());
    assertEquals("299", Status.of(299).toString());
    assertThrows(IllegalArgumentException.class, () -> Status.of(99));
    assertThrows(IllegalArgumentException.class, () -> Status.of(600));
    assertThrows(IllegalArgumentException.class, () -> Status.of(-1));
    assertThrows(IllegalArgumentException.class, () -> new Status(200, "O\rK"));
  }

  @Test
  void anUnusualPhraseIsSent() throws ProtocolException {
    var server = Peer.asked("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    var head = ResponseHead.of(new Status(200, "F\u00efne"), Headers.of("Content-Length", "0"));
    server.connection.send(head, server.out);
    assertEquals("HTTP/1.1 200 F\u00efne\r\nContent-Length: 0\r\n\r\n", server.sent());
  }

  private static RequestTarget parse(Method method, String text) {
    return RequestTarget.parse(method, text);
  }
}
