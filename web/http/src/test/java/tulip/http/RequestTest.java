// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tulip.core.Action;
import tulip.net.Attribute;
import tulip.testing.TulipTest;

/// What a handler sees of a request.
@TulipTest
class RequestTest {
  private static final Attribute<String> USER = new Attribute<>("user", String.class);

  /// What looks at a request.
  private interface Look {
    void at(Request request) throws Exception;
  }

  /// Has a request looked at by its handler.
  private static String look(String text, Look look) throws IOException {
    var failures = new ArrayList<Throwable>();
    try (var talk =
        Talk.to(request -> {
          try {
            look.at(request);
          } catch (AssertionError e) {
            failures.add(e);
          }
          return Response.text("seen");
        })) {
      var answer = talk.send(text).answer();
      assertEquals(List.of(), failures);
      return answer;
    }
  }

  private static String post(String type, String body) {
    return "POST / HTTP/1.1\nHost: h\nContent-Type: %s\nContent-Length: %d\n\n%s"
        .formatted(type, body.length(), body);
  }

  @TulipTest
  void targetAndFields() throws IOException {
    look(
        """
        GET /a%20b%2Fc?x=1&y=a+b%26&x=2&z&=e& HTTP/1.1
        Host: example.com:81
        A: b
        Cookie: one=1; two=2

        """,
        request -> {
          assertEquals("/a%20b%2Fc", request.rawPath());
          assertEquals("/a b/c", request.path());
          assertEquals("x=1&y=a+b%26&x=2&z&=e&", request.rawQuery());
          assertEquals("1", request.query("x"));
          assertEquals(List.of("1", "2"), request.query().all("x"));
          assertEquals("a b&", request.query("y"));
          assertEquals("", request.query("z"));
          assertEquals("e", request.query(""));
          assertNull(request.query("none"));
          assertEquals(Set.of("x", "y", "z", ""), request.query().names());
          assertEquals("b", request.header("a"));
          assertEquals("2", request.cookie("two"));
          assertNull(request.cookie("three"));
          assertEquals("example.com:81", String.valueOf(request.authority()));
          assertEquals("GET /a%20b%2Fc", request.toString());
        });
  }

  @TulipTest
  void aQueryThatIsEncodedWronglyIs400() throws IOException {
    var answer = look("GET /?x=%f HTTP/1.1\nHost: h\n\n", Request::query);
    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
  }

  @TulipTest
  void bytesAndTextAreTheSameAgain() throws IOException {
    look(
        post("text/plain", "hello"),
        request -> {
          assertEquals("hello", request.text());
          assertSame(request.bytes(), request.bytes());
          assertTrue(request.body().isEnded());
          assertNull(request.body().read());
        });
  }

  @TulipTest
  void textInAnotherCharset() throws IOException {
    look(
        "POST / HTTP/1.1\nHost: h\nContent-Type: text/plain; charset=UTF-16LE\nContent-Length: 2\n\na\0",
        request -> assertEquals("a", request.text()));
    var answer = look(post("text/plain; charset=none", "x"), Request::text);
    assertTrue(answer.startsWith("HTTP/1.1 415 "), answer);
  }

  @TulipTest
  void forms() throws IOException {
    look(
        post("application/x-www-form-urlencoded; charset=utf-8", "a=1&b=%C3%A9&a=2"),
        request -> {
          assertEquals("1", request.form().first("a"));
          assertEquals("é", request.form().first("b"));
          assertEquals(3, request.form().size());
        });
    assertTrue(look(post("text/plain", "a=1"), Request::form).startsWith("HTTP/1.1 415 "));
    var many = "a&".repeat(1001);
    var answer = look(post("application/x-www-form-urlencoded", many), Request::form);
    assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
  }

  @TulipTest
  void attributesGoWithTheRequest() throws IOException {
    look(
        "GET / HTTP/1.1\nHost: h\n\n",
        request -> {
          assertNull(request.attribute(USER));
          request.set(USER, "anna");
          assertEquals("anna", request.attribute(USER));
          assertNull(request.remoteAddress());
        });
  }

  @TulipTest
  void aNameThatTheRouteHasNotIsAMistake() throws IOException {
    look(
        "GET / HTTP/1.1\nHost: h\n\n",
        request -> {
          Action<RuntimeException> ask = () -> request.pathValue("id");
          assertThrows(IllegalArgumentException.class, ask::run);
        });
  }

  @TulipTest
  void theBodyEndsWithTheAnswer() throws IOException {
    var kept = new ArrayList<Request>();
    look(post("text/plain", "hello"), kept::add);
    assertThrows(IllegalStateException.class, () -> kept.getFirst().text());
  }

  @TulipTest
  void aBodyThatBreaksOffIs400() throws IOException {
    try (var talk = Talk.to(request -> Response.text(request.text()))) {
      talk.send("PUT / HTTP/1.1\nHost: h\nContent-Length: 5\n\nhel");
      talk.client.closeOutput();
      assertTrue(talk.rest().startsWith("HTTP/1.1 400 Bad Request\n"));
      assertEquals(List.of(), talk.errors);
    }
  }
}
