// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import tulip.bytes.Bytes;
import tulip.http.fields.SetCookie;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Status;

class ResponseTest {
  @Test
  void changingMakesAnother() {
    var plain = Response.text("a");
    var other = plain.status(404).header("X", "1").header("x", "2");
    assertEquals("200 OK {Content-Type: text/plain; charset=utf-8}", plain.toString());
    assertEquals("404 Not Found {Content-Type: text/plain; charset=utf-8, x: 2}", other.toString());
  }

  @Test
  void typesOfBodies() {
    var type = HeaderName.CONTENT_TYPE;
    assertEquals("text/html; charset=utf-8", Response.html("<p>").headers().first(type));
    assertEquals("application/octet-stream", Response.bytes(Bytes.EMPTY).headers().first(type));
    assertEquals("image/png", Response.bytes("image/png", Bytes.EMPTY).headers().first(type));
  }

  @Test
  void cookiesAddUp() {
    var response =
        Response.empty(Status.OK)
            .cookie(SetCookie.of("a", "1").with("HttpOnly"))
            .cookie(SetCookie.of("b", "2"));
    assertEquals(List.of("a=1; HttpOnly", "b=2"), response.headers().all(HeaderName.SET_COOKIE));
  }

  @Test
  void redirections() {
    var response = Response.redirect("/there");
    assertEquals(Status.SEE_OTHER, response.status());
    assertEquals("/there", response.headers().first(HeaderName.LOCATION));
    assertThrows(IllegalArgumentException.class, () -> Response.redirect(Status.OK, "/"));
    assertThrows(IllegalArgumentException.class, () -> Response.redirect("/\r\nX: y"));
  }

  @Test
  void refusesWhatCannotBeSent() {
    var response = Response.text("");
    assertThrows(IllegalArgumentException.class, () -> response.header("X", "a\nb"));
    assertThrows(IllegalArgumentException.class, () -> response.header("X:", "a"));
    assertThrows(IllegalArgumentException.class, () -> Response.stream("a/b", -2, _ -> {}));
  }
}
