// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.MalformedException;
import tulip.http.protocol.Authority;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.testing.Fuzzer;

/// Values of fields that nobody has thought of: each is read or refused, nothing else is thrown,
/// and what was read and can be written is read as the same again.
class FieldsFuzzTest {
  private static final List<String> PIECES =
      List.of(
          "a",
          "Text",
          "utf-8''%e2%82",
          "*",
          "q",
          "boundary",
          "W/",
          "bytes",
          "max-age",
          "for",
          "http://h/",
          "Sun, 06 Nov 1994 08:49:37 GMT",
          "0",
          "1994",
          "99999999999999999999",
          "-1",
          "0.5",
          "=",
          ";",
          ",",
          ":",
          "/",
          "\"",
          "\\",
          " ",
          "\t",
          "(",
          ")",
          "<",
          ">",
          "[",
          "]",
          "%",
          "%zz",
          "%00",
          "&",
          "+",
          "?",
          "\u00e9",
          "\u00ff",
          "__Host-",
          "secure",
          "path");

  @Test
  void anything() {
    Fuzzer.rounds(20_000, FieldsFuzzTest::anything);
  }

  @Test
  @Tag("long")
  void moreOfAnything() {
    Fuzzer.search(FieldsFuzzTest::anything);
  }

  private static void anything(Random random) {
    var text = new StringBuilder();
    for (int n = random.nextInt(12); n > 0; n--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    readAll(text.toString());
  }

  /// As long as a head may be, and much longer: no parser takes more than a moment.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a", " ", "\t", "\"", "\\", ",", ";", "=", "a,", "a;", "a=b;", "\"a\",", "(", "<", "%41",
        "a=\"", "W/\"", "&", "[::", "0", "1-2,"
      })
  void muchOfIt(String piece) {
    readAll(piece.repeat(100_000 / piece.length()));
    readAll("a" + piece.repeat(100_000 / piece.length()) + "x");
  }

  private static void readAll(String text) {
    again(MediaType.parse(text), shown -> MediaType.parse(shown));
    again(ContentDisposition.parse(text), shown -> ContentDisposition.parse(shown));
    again(EntityTag.parse(text), shown -> EntityTag.parse(shown));
    again(Authority.parse(text), shown -> Authority.parse(shown));
    var credentials = Credentials.parse(text);
    if (credentials != null) {
      assertEquals(credentials, Credentials.parse(credentials.format()), text);
    }
    var cookie = SetCookie.parse(text);
    if (cookie != null) {
      assertEquals(cookie, SetCookie.parse(cookie.format()), text);
    }
    HttpDate.parse(text);
    CookieDate.parse(text);
    FieldParameters.parse(text);
    ByteRange.parse(text, 1000);
    readParameters(text);
    readLists(text.strip());
  }

  private interface Reader<T> {
    @Nullable T read(String text);
  }

  private static <T> void again(@Nullable T value, Reader<T> reader) {
    if (value != null) {
      assertEquals(value, reader.read(value.toString()), value.toString());
    }
  }

  private static void readParameters(String text) {
    try {
      var parameters = Parameters.parse(text);
      assertEquals(parameters.format(), Parameters.parse(parameters.format()).format());
    } catch (MalformedException _) {
      // it is none
    }
  }

  private static void readLists(String value) {
    var name = HeaderName.of("X");
    var headers =
        Headers.builder()
            .add(name, value)
            .add(HeaderName.COOKIE, value)
            .add(HeaderName.CACHE_CONTROL, value)
            .add(HeaderName.of("Link"), value)
            .add(HeaderName.of("Forwarded"), value)
            .build();
    assertNotNull(CacheControl.of(headers));
    Forwarded.parse(headers);
    for (var link : Link.parse(headers)) {
      assertEquals(List.of(link), Link.parse(Headers.of("Link", link.toString())), link::toString);
    }
    assertNotNull(Challenge.parse(headers, name));
    assertNotNull(Preferences.of(headers, name));
    var cookies = Cookie.parse(headers);
    if (!cookies.isEmpty()) {
      assertEquals(cookies, Cookie.parse(Headers.of("Cookie", Cookie.format(cookies))), value);
    }
  }
}
