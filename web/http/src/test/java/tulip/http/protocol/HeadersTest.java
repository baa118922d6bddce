// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Fields, those that were put together and those that were received.
class HeadersTest {
  private static final Headers BUILT =
      Headers.of("Accept", "a", "X-Own", "1", "ACCEPT", "b, c", "x-own", "");

  private static Headers received() throws ProtocolException {
    var server = Peer.server();
    server.gets("GET / HTTP/1.0\r\nAccept: a\r\nX-Own: 1\r\naccept:b, c \r\nx-OWN:\r\n\r\n");
    return server.nextHead().headers();
  }

  @Test
  void namesAreEqualInAnyCase() throws ProtocolException {
    for (var headers : List.of(BUILT, received())) {
      assertEquals(4, headers.size());
      assertEquals("a", headers.first(HeaderName.ACCEPT));
      assertEquals("a", headers.first("aCCept"));
      assertEquals(List.of("a", "b, c"), headers.all(HeaderName.ACCEPT));
      assertEquals(List.of("1", ""), headers.all(HeaderName.of("X-OWN")));
      assertTrue(headers.contains(HeaderName.of("x-own")));
      assertFalse(headers.contains(HeaderName.of("x-ow")));
      assertNull(headers.first(HeaderName.HOST));
      assertEquals(List.of(), headers.all(HeaderName.HOST));
    }
  }

  @Test
  void receivedAndBuiltFieldsAreEqual() throws ProtocolException {
    assertEquals(BUILT, received());
    assertEquals(BUILT.hashCode(), received().hashCode());
    assertEquals(BUILT, received().toBuilder().build());
    assertNotEquals(BUILT, BUILT.toBuilder().set("X-Own", "1").build());
    assertNotEquals(Headers.of("A", "b"), Headers.of("B", "b"));
    assertSame(Headers.EMPTY, Headers.builder().build());
    assertTrue(Headers.of().isEmpty());
  }

  @Test
  void orderIsKept() throws ProtocolException {
    var seen = new ArrayList<String>();
    received().forEach((name, value) -> seen.add(name + "=" + value));
    assertEquals(List.of("Accept=a", "X-Own=1", "Accept=b, c", "x-OWN="), seen);
    assertEquals("x-OWN", received().name(3).text());
    assertEquals("b, c", received().value(2));
  }

  @Test
  void buildersChange() {
    var builder = BUILT.toBuilder().remove(HeaderName.ACCEPT).set("x-own", "2").add("B", "3");
    assertEquals("{x-own: 2, B: 3}", builder.build().toString());
    assertEquals("{x-own: 2, B: 3, B: 4}", builder.add("B", "4").build().toString());
    assertEquals(4, BUILT.size(), "what was built stays as it was");
    assertEquals(
        Headers.of("A", "b", "A", "b"),
        Headers.of("A", "b").toBuilder().addAll(Headers.of("A", "b")).build());
  }

  @Test
  void aFieldReplacesOthersOfItsName() throws ProtocolException {
    var built = Headers.of("A", "1", "B", "2", "a", "3");
    assertEquals(Headers.of("B", "2", "A", "4"), built.with(HeaderName.of("A"), "4"));
    assertEquals(
        Headers.of("A", "1", "B", "2", "a", "3", "C", "4"), built.with(HeaderName.of("C"), "4"));
    assertEquals(Headers.of("A", "1", "B", "2", "a", "3"), built);
    assertEquals(Headers.of("A", "4"), Headers.EMPTY.with(HeaderName.of("A"), "4"));
    assertEquals(BUILT.with(HeaderName.of("C"), "4"), received().with(HeaderName.of("C"), "4"));
    assertThrows(IllegalArgumentException.class, () -> built.with(HeaderName.of("C"), "4\r\nD: 5"));
  }

  @Test
  void listsArePartedAtCommasOutsideOfQuotes() {
    var headers =
        Headers.of(
            "Accept", "a,, \t b ;q=\"x,\\\",y\" ,", "Other", "no", "Accept", "", "Accept", "c");
    assertEquals(List.of("a", "b ;q=\"x,\\\",y\"", "c"), headers.list(HeaderName.ACCEPT));
    assertEquals(List.of(), headers.list(HeaderName.HOST));
    assertEquals(
        List.of("\"open, to the end\\"),
        Headers.of("Accept", "\"open, to the end\\").list(HeaderName.ACCEPT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\rb",
        "a\nb",
        "a\r\nB: c",
        "\0",
        "\u007f",
        "\u0100",
        "\u010a",
        "\ud83d\ude00",
        " a",
        "a\t"
      })
  void valuesThatCannotBeSentAreRefused(String value) {
    var builder = Headers.builder();
    assertThrows(IllegalArgumentException.class, () -> builder.add("A", value));
    assertThrows(IllegalArgumentException.class, () -> builder.set(HeaderName.HOST, value));
    assertTrue(builder.build().isEmpty());
  }

  @Test
  void aRefusedValueIsNotShown() {
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> Headers.of("Authorization", "secret\n"));
    assertEquals(
        "character 6 of the value of Authorization is U+000A, which cannot be sent;"
            + " percent-encode it",
        refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a:", "a\r\n", "\u00e9", "\u0161", "(", "a\0"})
  void namesThatAreNoTokensAreRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> HeaderName.of(name));
  }

  @Test
  void knownNamesExistOnce() {
    assertSame(HeaderName.CONTENT_TYPE, HeaderName.of("content-TYPE"));
    assertSame(HeaderName.TE, HeaderName.of("te"));
    assertEquals("Content-Type", HeaderName.of("CONTENT-TYPE").text());
    assertEquals(HeaderName.of("x-a"), HeaderName.of("X-A"));
    assertNotEquals(HeaderName.of("x-a"), HeaderName.of("x-b"));
    // The hash takes these two characters for cases of one letter; the comparison does not.
    assertNotEquals(HeaderName.of("a^"), HeaderName.of("a~"));
  }

  @Test
  void secretsAreNotShown() {
    var headers =
        Headers.of(
            "Authorization",
            "a",
            "proxy-authorization",
            "b",
            "Cookie",
            "c",
            "Set-Cookie",
            "d",
            "Server",
            "e");
    assertEquals(
        "{Authorization: ***, Proxy-Authorization: ***, Cookie: ***, Set-Cookie: ***, Server: e}",
        headers.toString());
  }

  @Test
  void aNameNeedsAValue() {
    assertThrows(IllegalArgumentException.class, () -> Headers.of("A"));
  }
}
