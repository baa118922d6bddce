// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tulip.bytes.Bytes;
import tulip.core.TaskGroup;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.fields.Parameters;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Method;
import tulip.http.protocol.Status;
import tulip.testing.TulipTest;

/// Requests and responses of one session.
@TulipTest
class HttpSessionTest {
  private static Response echo(Request request) throws IOException {
    return Response.text(request.method() + " " + request.head().target() + " " + request.text());
  }

  @TulipTest
  void asksAndReads() throws IOException {
    try (var servers = Servers.serving(HttpSessionTest::echo);
        var http = servers.session()) {
      assertEquals("GET /a?b=1 ", http.get("/a?b=1").text());
      assertEquals("POST /a x", http.post("a", Payload.text("x")).text());
      assertEquals("PUT /a x", http.put("a", Payload.text("x")).text());
      assertEquals("PATCH /a x", http.patch("a", Payload.text("x")).text());
      assertEquals("DELETE /a ", http.delete("a").text());
      assertEquals("OPTIONS /a ", http.options("a").text());
      assertEquals(
          "SEARCH /a x",
          http.send(ClientRequest.of(new Method("SEARCH"), "a").body(Payload.text("x"))).text());
      assertEquals(List.of("h:80"), servers.dialled);
    }
  }

  @TulipTest
  void theHeadAndTheBodyCanBeLookedAt() throws IOException {
    try (var servers = Servers.serving(request -> Response.text("né").header("X", "y"));
        var http = servers.session()) {
      var response = http.get("/a#b");
      assertSame(Status.OK, response.status());
      assertTrue(response.isSuccess());
      assertEquals("y", response.header("x"));
      assertEquals("http://h/a#b", response.url().toString());
      assertEquals("text/plain; charset=utf-8", String.valueOf(response.contentType()));
      assertEquals("né", response.text());
      assertEquals("né", response.text());
      assertNull(response.body().read());
      assertTrue(response.isUploadComplete());
      var head = http.head("/a");
      assertEquals("3", head.header(HeaderName.CONTENT_LENGTH));
      assertEquals("", head.text());
    }
  }

  @TulipTest
  void queriesArePutTogether() throws IOException {
    try (var servers = Servers.serving(HttpSessionTest::echo);
        var http = servers.session()) {
      assertEquals(
          "GET /a?x=1&q=%C3%A9+%26&q=2 ",
          http.get("/a?x=1", Parameters.of("q", "é &", "q", "2")).text());
      assertEquals("GET /a%20b/%C3%A9?c|d ".replace("|", "%7C"), http.get("/a b/é?c|d").text());
      assertEquals("GET /%2f%41 ", http.get("/%2f%41").text());
    }
  }

  @TulipTest
  void manyAtOnceWithinTheLimit() throws IOException {
    try (var servers = Servers.serving(HttpSessionTest::echo);
        var http = HttpSession.open(servers.options().withConnections(5, 3));
        var group = TaskGroup.open()) {
      var answers = new ArrayList<String>();
      for (int i = 0; i < 50; i++) {
        int number = i;
        group.start(() -> answers.add(http.get("/" + number).text()));
      }
      group.join();
      assertEquals(50, answers.size());
      assertEquals(3, servers.dialled.size());
    }
  }

  @TulipTest
  void errorsAreAnswersUnlessRaised() throws IOException {
    try (var servers = Servers.serving(request -> Response.empty(Status.NOT_FOUND));
        var http = servers.session()) {
      assertEquals(404, http.get("/").status().code());
      var e =
          assertThrows(
              StatusException.class, () -> http.send(ClientRequest.get("/").raising(true)));
      assertEquals(404, e.status().code());
      assertEquals("404 Not Found for GET http://h/", e.getMessage());
      assertEquals(1, servers.dialled.size());
    }
  }

  @TulipTest
  void aBodyTooLargeForMemoryIsRefused() throws IOException {
    try (var servers = Servers.serving(request -> Response.bytes(Bytes.wrap(new byte[100])));
        var http = HttpSession.open(servers.options().withContent(99))) {
      assertThrows(ContentException.class, () -> http.get("/").bytes());
      assertEquals(100, http.get("/").bytes(100).length());
      http.get("/").skip();
      assertFalse(servers.dialled.isEmpty());
    }
  }

  @TulipTest
  void aSessionThatIsClosedSendsNothing() {
    try (var servers = Servers.serving(HttpSessionTest::echo)) {
      var http = servers.session();
      http.close();
      http.close();
      assertThrows(IllegalStateException.class, () -> http.get("/"));
      assertEquals(List.of(), servers.dialled);
    }
  }
}
