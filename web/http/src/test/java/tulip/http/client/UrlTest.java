// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.http.fields.Parameters;

/// URLs as people and servers write them.
class UrlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "http://h http://h/",
        "HTTP://H.Example/A http://h.example/A",
        "http://h:80/ http://h:80/",
        "http://h?q http://h/?q",
        "http://h#f http://h/#f",
        "http://h/a/./b/../c http://h/a/c",
        "http://h/a/.. http://h/",
        "http://h/../../a http://h/a",
        "http://h/a/. http://h/a/",
        "http://h/%7Ea%2fb http://h/%7Ea%2fb",
        "http://h/%zz% http://h/%25zz%25",
        "http://h/é http://h/%C3%A9",
        "http://h/a|b{c}\"<> http://h/a%7Cb%7Bc%7D%22%3C%3E",
        "http://h/?a=[1]&b='é' http://h/?a=%5B1%5D&b='%C3%A9'",
        "http://bücher.example/ http://xn--bcher-kva.example/",
        "http://[::1]:8080/ http://[::1]:8080/",
        "http://127.0.0.1/ http://127.0.0.1/",
        "http://h./ http://h./",
        "wss://h/ws wss://h/ws",
        "http://u:p@h/ http://h/"
      })
  void asTheyAreSent(String text, String url) {
    assertEquals(url, Url.parse(text).toString());
    assertEquals(url, Url.parse(url).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "h",
        "/a",
        "h:80",
        "//h/",
        "http://",
        "http:///a",
        "http:a",
        "ftp://h/",
        "http://h:x/",
        "http://h:99999/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://127.0.0.01/",
        "http://256.0.0.1/",
        "http://1.2.3.4.5/",
        "http://[::1/",
        "http://[x]/",
        "http://a b/",
        "http://h\r\n/",
        "http://h/\n",
        "http://h/\u0000",
        "http://a%0d%0ab/"
      })
  void refused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Url.parse(text));
  }

  /// The examples of RFC 3986, section 5.4, with a base that HTTP can ask.
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "g http://a/b/c/g",
        "./g http://a/b/c/g",
        "g/ http://a/b/c/g/",
        "/g http://a/g",
        "//g http://g/",
        "?y http://a/b/c/d;p?y",
        "g?y http://a/b/c/g?y",
        "#s http://a/b/c/d;p?q#s",
        "g#s http://a/b/c/g#s",
        ";x http://a/b/c/;x",
        "g;x=1/../y http://a/b/c/y",
        "'' http://a/b/c/d;p?q",
        ". http://a/b/c/",
        "./ http://a/b/c/",
        ".. http://a/b/",
        "../g http://a/b/g",
        "../.. http://a/",
        "../../../g http://a/g",
        "/./g http://a/g",
        "g. http://a/b/c/g.",
        "..g http://a/b/c/..g",
        "g?y/../x http://a/b/c/g?y/../x"
      })
  void references(String reference, String url) {
    var text = reference.equals("''") ? "" : reference;
    assertEquals(url, Url.parse("http://a/b/c/d;p?q").resolve(text).toString());
  }

  @Test
  void parts() throws Exception {
    var url = Url.parse("https://u%40x:p%3A@h:444/a?b=1+2&c=%C3%A9#f");
    var login = Objects.requireNonNull(url.login());
    assertEquals("u@x", login.user());
    assertEquals("p:", login.password());
    assertEquals(444, url.port());
    assertTrue(url.isSecure());
    assertEquals("https://h:444", url.origin().toString());
    assertEquals("1 2", url.parameters().first("b"));
    assertEquals("/a?b=1+2&c=%C3%A9&d=+%26", url.and(Parameters.of("d", " &")).target());
    assertEquals("https://h:444/a/x%2Fy", url.child("x/y").toString());
    assertEquals(Url.parse("http://H").origin(), Url.parse("http://h:80/x").origin());
  }
}
