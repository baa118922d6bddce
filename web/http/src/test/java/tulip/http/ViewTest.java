// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tulip.http.fields.Parameters;
import tulip.http.protocol.Method;
import tulip.http.protocol.RequestHead;
import tulip.net.Attribute;
import tulip.testing.TulipTest;

/// Classes with a method a verb, looking at routes, and requests that are changed on their way.
@TulipTest
class ViewTest {
  private static class Things extends View {
    @Override
    public Response get(Request request) {
      return Response.text("got " + request.pathInt("id"));
    }

    @Override
    public Response delete(Request request) {
      return Response.text("deleted");
    }
  }

  private static final class MoreThings extends Things {
    @Override
    public Response put(Request request) throws IOException {
      return Response.text("put " + request.text());
    }
  }

  @TulipTest
  void answersWhatIsOverridden() throws IOException {
    var app = new WebApp();
    app.view("/things/{id:int}", new MoreThings()).name("thing");
    try (var talk = Talk.to(app.complete())) {
      assertTrue(talk.get("/things/7").answer().endsWith("\n\ngot 7"));
      assertTrue(
          talk.send("PUT /things/7 HTTP/1.1\nHost: h\nContent-Length: 1\n\nx")
              .answer()
              .endsWith("\n\nput x"));
      assertTrue(talk.send("DELETE /things/7 HTTP/1.1\nHost: h\n\n").answer().endsWith("deleted"));
      talk.send("HEAD /things/7 HTTP/1.1\nHost: h\n\n");
      assertTrue(talk.head().startsWith("HTTP/1.1 200 "));
      var refused = talk.send("POST /things/7 HTTP/1.1\nHost: h\n\n").answer();
      assertTrue(refused.startsWith("HTTP/1.1 405 "), refused);
      assertTrue(refused.contains("\nAllow: DELETE, GET, HEAD, OPTIONS, PUT\n"), refused);
    }
    assertEquals("/things/7", app.url("thing", 7));
  }

  @Test
  void aViewWithoutMethodsIsRefused() {
    var app = new WebApp();
    assertThrows(IllegalArgumentException.class, () -> app.view("/", new View() {}));
  }

  @Test
  void urlsWithQueries() {
    var app = new WebApp();
    app.get("/a/{b}", _ -> Response.text("")).name("a");
    assertEquals(
        "/a/x%20y?page=2&q=%26", app.url("a", Parameters.of("page", "2", "q", "&"), "x y"));
  }

  @Test
  void routesCanBeLookedAt() {
    var app = new WebApp();
    var sub = new WebApp();
    app.get("/", _ -> Response.text("")).name("home");
    app.view("/things/{id:int}", new Things());
    sub.post("/x", _ -> Response.text(""));
    app.mount("/sub", sub);
    assertEquals(
        List.of(
            "GET / home",
            "GET /things/{id:int} null",
            "DELETE /things/{id:int} null",
            "POST /sub/x null"),
        app.routes().stream()
            .map(route -> route.method() + " " + route.pattern() + " " + route.name())
            .toList());
  }

  @TulipTest
  void layersMayPassOnAnotherHead() throws IOException {
    var seen = new Attribute<>("seen", String.class);
    var app = new WebApp();
    app.use((request, next) -> {
      var moved = request.with(RequestHead.of(Method.PUT, "/new?a=b", request.headers()));
      var response = next.handle(moved);
      return response.header("Seen", "" + request.attribute(seen));
    });
    app.put(
        "/new",
        request -> {
          request.set(seen, "yes");
          return Response.text(request.query("a") + " " + request.text());
        });
    try (var talk = Talk.to(app.complete())) {
      talk.send("POST /old HTTP/1.1\nHost: h\nContent-Length: 4\n\nbody");
      var answer = talk.answer();
      assertTrue(answer.contains("\nSeen: yes\n"), answer);
      assertTrue(answer.endsWith("\n\nb body"), answer);
    }
  }
}
