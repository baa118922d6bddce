// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.http.protocol.Headers;

/// Cookies both ways, with the examples of RFC 6265, section 3.1.
class CookieTest {
  private static final Instant NOW = Instant.parse("2021-06-01T00:00:00Z");

  @Test
  void clientsSendPairs() {
    var headers =
        Headers.of("Cookie", "SID=31d4d96e407aad42; lang=en-US;; =x; y ;a=b=\"c\"", "Cookie", "z=");
    var cookies =
        List.of(
            new Cookie("SID", "31d4d96e407aad42"),
            new Cookie("lang", "en-US"),
            new Cookie("a", "b=\"c\""),
            new Cookie("z", ""));
    assertEquals(cookies, Cookie.parse(headers));
    assertEquals("SID=31d4d96e407aad42; lang=en-US; a=b=\"c\"; z=", Cookie.format(cookies));
    assertEquals("SID=***", cookies.getFirst().toString());
  }

  @ParameterizedTest
  @CsvSource({"'', a", "a=b, c", "'a;b', c", "a, 'b;c'", "'a\r\n', b", "a, 'b\n'", "a, \u0161"})
  void otherCharactersAreRefused(String name, String value) {
    assertThrows(IllegalArgumentException.class, () -> new Cookie(name, value));
  }

  @Test
  void whatIsNoCookieIsLeftOut() {
    var headers = Headers.of("Cookie", "a=b\tc; d\te=f; g=h\t; \ti=j");
    assertEquals(List.of(new Cookie("g", "h"), new Cookie("i", "j")), Cookie.parse(headers));
  }

  @Test
  void attributesThatAreNoWordsStayAsTheyAre() {
    var cookie = SetCookie.of("a", "b").with("\u00ffy", "z");
    assertEquals("a=b; \u00ffy=z", cookie.format());
    assertEquals(cookie, SetCookie.parse(cookie.format()));
  }

  @Test
  void serversSetAttributes() {
    var text =
        "SID=31d4; Domain=example.com; Path=/; Max-Age=60; Expires=Wed, 09 Jun 2021 10:18:14 GMT;"
            + " SameSite=Lax; Secure; HttpOnly; Partitioned";
    var set = SetCookie.parse(text);
    assertNotNull(set);
    assertEquals(text, set.format());
    assertEquals(new Cookie("SID", "31d4"), set.cookie());
    assertEquals("example.com", set.domain());
    assertEquals("/", set.path());
    assertEquals(NOW.plusSeconds(60), set.expires(NOW));
    assertTrue(set.has("secure") && set.has("HttpOnly") && set.has("PARTITIONED"));
    assertEquals("Lax", set.attributes().get("samesite"));
  }

  @Test
  void attributesAreReadAsBrowsersDo() {
    var set = SetCookie.parse(" a = b ;DOMAIN= .Example.COM ;path=x; path=y;max-age=x;;foo");
    assertNotNull(set);
    assertEquals(new Cookie("a", "b"), set.cookie());
    assertEquals("example.com", set.domain());
    assertNull(set.path());
    assertNull(set.expires(NOW));
    assertFalse(set.has("secure"));
    assertTrue(set.has("foo"));
  }

  @ParameterizedTest
  @CsvSource({
    "Max-Age=0, 1970-01-01T00:00:00Z",
    "Max-Age=-5, 1970-01-01T00:00:00Z",
    "Max-Age=999999999999999999, 9999-12-31T23:59:59Z",
    "'Expires=Wed, 09-Jun-2021 10:18:14 GMT', 2021-06-09T10:18:14Z",
    "'Expires=Wed, 09-Jun-2021 10:18:14 GMT; Max-Age=1', 2021-06-01T00:00:01Z",
    "'Max-Age=1x; Expires=09 Jun 2021 10:18:14', 2021-06-09T10:18:14Z"
  })
  void ageGoesBeforeDate(String attributes, Instant end) {
    var set = SetCookie.parse("a=b; " + attributes);
    assertNotNull(set);
    assertEquals(end, set.expires(NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "=b", "; Path=/", "a=b\u0000; Path=/", "a=b; Path=/\u007f"})
  void otherTextIsNone(String text) {
    assertNull(SetCookie.parse(text));
  }

  @Test
  void cookiesAreBuilt() {
    var set = SetCookie.of("a", "b").with("path", "/").with("MAX-AGE", "5").with("httponly");
    assertEquals("a=b; Path=/; Max-Age=5; HttpOnly", set.format());
    assertThrows(IllegalArgumentException.class, () -> set.with("Path", "/; Secure"));
    assertFalse(set.toString().contains("b; "), "the value is a secret");
  }
}
