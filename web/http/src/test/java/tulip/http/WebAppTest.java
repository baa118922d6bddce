// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.http.protocol.Status;
import tulip.testing.TulipTest;

/// Applications: which route answers what, and what stands around them.
@TulipTest
class WebAppTest {
  private final WebApp app = new WebApp();

  private static Handler says(String text, String... names) {
    return request -> {
      var answer = new StringBuilder(text);
      for (var name : names) {
        answer.append(' ').append(name).append('=').append(request.pathValue(name));
      }
      return Response.text(answer.toString());
    };
  }

  private String answer(String request, String host) throws IOException {
    try (var talk = Talk.to(app.complete())) {
      return talk.send(request + " HTTP/1.1\nHost: " + host + "\n\n").answer();
    }
  }

  /// The status and the body of the answer to a request.
  private String ask(String request) throws IOException {
    return brief(answer(request, "h"));
  }

  private static String brief(String answer) {
    return answer.substring(9, 12) + " " + answer.substring(answer.lastIndexOf('\n') + 1);
  }

  // ---- routes ----

  @ParameterizedTest
  @CsvSource({
    "/, root",
    "/users, users",
    "/users/, slash",
    "/users/7, user id=7",
    "/users/-7, user id=-7",
    "/users/me, me",
    "/users/anna, name name=anna",
    "/users/caf%C3%A9, name name=café",
    "/users/a%2Fb, name name=a/b",
    "/%75sers/me, me",
    "/users/7/posts/2020-05, posts id=7 year=2020 month=05",
    "/users/7/posts/20-05, tree x=users y=7 z=posts",
    "/files/, rest rest=",
    "/files/a/b%20c, rest rest=a/b c",
    "/files/index.html, index",
    "/caf%c3%a9, accent",
    "http://other/users/me?x=1, me",
  })
  @TulipTest
  void findsTheRoute(String target, String answer) throws IOException {
    app.get("/", says("root"));
    app.get("/users", says("users"));
    app.get("/users/", says("slash"));
    app.get("/users/{id:int}", says("user", "id"));
    app.get("/users/{name}", says("name", "name"));
    app.get("/users/me", says("me"));
    app.get("/users/{id:int}/posts/{year:[0-9]{4}}-{month}", says("posts", "id", "year", "month"));
    app.get("/{x}/{y}/{z}/{w:.*}", says("tree", "x", "y", "z"));
    app.get("/files/{rest:path}", says("rest", "rest"));
    app.get("/files/index.html", says("index"));
    app.get("/café", says("accent"));
    try (var talk = Talk.to(app.complete())) {
      assertEquals("200 " + answer, brief(talk.get(target).answer()));
    }
  }

  @TulipTest
  void whatIsNotThereIs404() throws IOException {
    app.get("/a/{n:int}", request -> Response.text("" + request.pathInt("n")));
    assertEquals("404 404 Not Found", ask("GET /"));
    assertEquals("404 404 Not Found", ask("GET /a"));
    assertEquals("404 404 Not Found", ask("GET /a/x"));
    assertEquals("404 404 Not Found", ask("GET /a/1/"));
    assertEquals("200 12", ask("GET /a/12"));
    assertEquals("404 404 Not Found", ask("GET /a/12345678901"));
  }

  @TulipTest
  void whatIsEncodedWronglyIs400() throws IOException {
    app.get("/{a}", says(""));
    assertEquals("400 ", ask("GET /%f").substring(0, 4));
    assertEquals("400 ", ask("GET /%ff").substring(0, 4));
  }

  @TulipTest
  void anotherMethodIs405AndSaysWhichThereAre() throws IOException {
    app.get("/a", says("get"));
    app.put("/{x}", says("put"));
    app.post("/b", says("post"));
    var refusal = answer("DELETE /a", "h");
    assertTrue(refusal.startsWith("HTTP/1.1 405 "), refusal);
    assertTrue(refusal.contains("\nAllow: GET, HEAD, OPTIONS, PUT\n"), refusal);
    assertEquals("200 put", ask("PUT /a"));
    var options = answer("OPTIONS /b", "h");
    assertTrue(options.startsWith("HTTP/1.1 204 "), options);
    assertTrue(options.contains("\nAllow: OPTIONS, POST, PUT\n"), options);
    assertEquals("204 ", ask("OPTIONS *"));
  }

  @TulipTest
  void headIsAnsweredByGet() throws IOException {
    app.get("/a", says("text"));
    try (var talk = Talk.to(app.complete())) {
      talk.send("HEAD /a HTTP/1.1\nHost: h\n\n");
      assertTrue(talk.head().contains("\nContent-Length: 4\n"));
    }
  }

  @TulipTest
  void allMethodsAtOnce() throws IOException {
    app.route("*", "/a", request -> Response.text("any " + request.method()));
    app.patch("/a", says("patch"));
    app.delete("/a", says("delete"));
    assertEquals("200 any BREW", ask("BREW /a"));
    assertEquals("200 patch", ask("PATCH /a"));
    assertEquals("200 delete", ask("DELETE /a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "/{",
        "/{a}{a}",
        "/{a}/{a}",
        "/{7}",
        "/{a:(}",
        "/{a:(b)}",
        "/{a:path}/b",
        "/x{a:path}"
      })
  void refusesPathsThatMakeNoSense(String path) {
    assertThrows(IllegalArgumentException.class, () -> app.get(path, says("")));
  }

  @TulipTest
  void refusesTheSameRouteTwice() {
    app.get("/a", says("one"));
    app.get("/a", says("two"));
    assertThrows(IllegalArgumentException.class, app::complete);
  }

  // ---- names ----

  @TulipTest
  void urlsOfNamedRoutes() {
    var admin = new WebApp();
    app.get("/users/{id:int}", says("")).name("user");
    app.files("/static", java.nio.file.Path.of("nowhere")).name("static");
    admin.get("/report-{year}.{kind}", says("")).name("report");
    app.mount("/the admin", admin);
    assertEquals("/users/7", app.url("user", 7));
    assertEquals("/static/css/a%20b.css", app.url("static", "css/a b.css"));
    assertEquals("/the%20admin/report-2020.a%2Fb", app.url("report", 2020, "a/b"));
    assertEquals("/the%20admin/report-1.x", admin.url("report", 1, "x"));
    assertThrows(IllegalArgumentException.class, () -> app.url("user", "anna"));
    assertThrows(IllegalArgumentException.class, () -> app.url("user"));
    assertThrows(IllegalArgumentException.class, () -> app.url("nobody"));
    assertThrows(IllegalArgumentException.class, () -> app.get("/", says("")).name("user"));
  }

  // ---- around ----

  @TulipTest
  void middlewareIsAnOnion() throws IOException {
    var seen = new ArrayList<String>();
    for (var name : List.of("outer", "inner")) {
      app.use((request, next) -> {
        seen.add(name + " " + request.path());
        try {
          return next.handle(request).header("X-" + name, "yes");
        } catch (HttpError e) {
          seen.add(name + " " + e.status().code());
          throw e;
        }
      });
    }
    app.get("/", says("text"));
    var answer = answer("GET /", "h");
    assertTrue(answer.contains("\nX-inner: yes\nX-outer: yes\n"), answer);
    assertEquals("404 404 Not Found", ask("GET /none"));
    assertEquals(
        List.of("outer /", "inner /", "outer /none", "inner /none", "inner 404", "outer 404"),
        seen);
  }

  @TulipTest
  void middlewareMayAnswerItself() throws IOException {
    app.use((request, next) ->
        request.cookie("key") == null ? Response.empty(Status.UNAUTHORIZED) : next.handle(request));
    app.get("/", says("secret"));
    assertEquals("401 ", ask("GET /"));
  }

  @TulipTest
  void mountedApplicationsHaveTheirOwnLayers() throws IOException {
    var admin = new WebApp();
    var deep = new WebApp();
    admin.use((request, next) -> {
      try {
        return next.handle(request);
      } catch (HttpError e) {
        return Response.text("admin: " + e.status().code());
      }
    });
    admin.get("/", says("admin"));
    admin.get("/{x}", says("admin", "x"));
    deep.get("/leaf", says("leaf"));
    admin.mount("/deep/er", deep);
    app.mount("/admin", admin);
    app.get("/admin/own", says("own"));
    assertEquals("200 admin", ask("GET /admin/"));
    assertEquals("200 admin x=7", ask("GET /admin/7"));
    assertEquals("200 own", ask("GET /admin/own"));
    assertEquals("200 leaf", ask("GET /admin/deep/er/leaf"));
    assertEquals("200 admin: 404", ask("GET /admin/deep/er/none"));
    assertEquals("200 admin: 404", ask("GET /admin/a/b"));
    assertEquals("404 404 Not Found", ask("GET /admin"));
    assertThrows(IllegalStateException.class, () -> admin.get("/late", says("")));
  }

  @TulipTest
  void hostsHaveTheirOwnApplications() throws IOException {
    var api = new WebApp();
    var users = new WebApp();
    api.get("/", says("api"));
    users.get("/", says("user"));
    app.get("/", says("main"));
    app.host("API.example.com", api);
    app.host("*.example.com", users);
    assertThrows(IllegalArgumentException.class, () -> new WebApp().mount("/a", api));
    assertEquals("200 main", brief(answer("GET /", "example.com")));
    assertEquals("200 api", brief(answer("GET /", "api.Example.com:8080")));
    assertEquals("200 user", brief(answer("GET /", "anna.example.com")));
    assertEquals("404 404 Not Found", brief(answer("GET /x", "api.example.com")));
  }
}
