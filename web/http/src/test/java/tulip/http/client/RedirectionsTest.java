// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.protocol.Method;
import tulip.http.protocol.Status;
import tulip.testing.TulipTest;

/// Redirections: what is asked next, of whom, and what they learn.
@TulipTest
class RedirectionsTest {
  /// `/STATUS?to=LOCATION` redirects; everything else tells what was asked.
  private static Response site(Request request) throws IOException {
    var path = request.path();
    if (path.matches("/3..")) {
      return Response.empty(Status.of(Integer.parseInt(path.substring(1))))
          .header("Location", request.query("to") + "");
    }
    return Response.text(
        "%s %s%s %s [%s] %s %s %s"
            .formatted(
                request.method(),
                request.header("Host"),
                request.head().target(),
                request.text(),
                request.header("Content-Type"),
                request.header("Authorization"),
                request.header("Cookie"),
                request.header("X-Own")));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, 301, GET, false",
    "POST, 301, GET, false",
    "PUT, 301, PUT, true",
    "POST, 302, GET, false",
    "DELETE, 302, DELETE, true",
    "POST, 303, GET, false",
    "PUT, 303, GET, false",
    "GET, 303, GET, false",
    "POST, 307, POST, true",
    "POST, 308, POST, true"
  })
  @TulipTest
  void methodsAndBodies(String method, int status, String then, boolean again) throws IOException {
    try (var servers = Servers.serving(RedirectionsTest::site);
        var http = servers.session()) {
      var request = ClientRequest.of(new Method(method), "/" + status + "?to=/end");
      boolean has = !method.equals("GET");
      var response = http.send(has ? request.body(Payload.text("x")) : request);
      var type = again ? "text/plain; charset=utf-8" : "null";
      assertEquals(
          then + " h/end " + (again ? "x" : "") + " [" + type + "] null null null",
          response.text());
      assertEquals(status, response.history().getFirst().head().status().code());
      assertEquals(1, servers.dialled.size());
    }
  }

  @TulipTest
  void headIsNotFollowedUnlessAskedFor() throws IOException {
    try (var servers = Servers.serving(RedirectionsTest::site);
        var http = servers.session()) {
      assertEquals(302, http.head("/302?to=/").status().code());
      assertEquals(200, http.send(ClientRequest.head("/302?to=/")).status().code());
      assertEquals(200, http.send(ClientRequest.head("/303?to=/")).status().code());
      assertEquals(302, http.send(ClientRequest.get("/302?to=/").redirects(0)).status().code());
    }
  }

  @TulipTest
  void referencesAreResolvedAndFragmentsInherited() throws IOException {
    try (var servers = Servers.serving(RedirectionsTest::site);
        var http = servers.session()) {
      assertEquals("http://h/b?c", http.get("/302?to=b?c").url().toString());
      assertEquals("http://h/b#f", http.get("/302?to=/a/../b#f").url().toString());
      assertEquals("http://h/b#own", http.get("/302?to=/b%23own").url().toString());
      assertEquals("http://other/", http.get("/302?to=//other").url().toString());
      http.get("/302?to=/302?to=/x").skip();
    }
  }

  @TulipTest
  void theHistoryTellsEachStep() throws IOException {
    try (var servers = Servers.serving(RedirectionsTest::site);
        var http = servers.session()) {
      var response = http.get("/301?to=/302%3Fto%3D/end");
      assertEquals(
          List.of("GET http://h/301?to=/302%3Fto%3D/end", "GET http://h/302?to=/end"),
          response.history().stream().map(hop -> hop.request().toString()).toList());
      response.skip();
    }
  }

  @TulipTest
  void notForEver() throws IOException {
    try (var servers = Servers.serving(request -> Response.redirect("/again"));
        var http = servers.session()) {
      var e = assertThrows(RedirectException.class, () -> http.get("/"));
      assertEquals("GET /: more than 10 redirections", e.getMessage());
      assertEquals(1, http.connectionCount());
    }
  }

  @TulipTest
  void onlyToWhereHttpIsSpoken() throws IOException {
    try (var servers = Servers.serving(RedirectionsTest::site);
        var http = servers.session()) {
      for (var target : List.of("ftp://h/", "file:///etc/passwd", "javascript:0", "http://h:x/")) {
        var request = ClientRequest.get("/302").query("to", target);
        assertThrows(RedirectException.class, () -> http.send(request), target);
      }
      assertEquals(1, http.connectionCount());
    }
  }

  @TulipTest
  void aBodyThatCannotBeSentAgain() {
    try (var servers = Servers.serving(RedirectionsTest::site);
        var http = servers.session()) {
      var once = Payload.stream("text/plain", sink -> sink.write("x"));
      var e = assertThrows(RedirectException.class, () -> http.post("/307?to=/", once));
      assertTrue(e.toString().endsWith("and its body cannot be sent again"), e.toString());
    }
  }

  @TulipTest
  void secretsStayWithTheirOrigin() throws IOException {
    try (var servers = Servers.serving(RedirectionsTest::site);
        var http = servers.session()) {
      var request =
          ClientRequest.get("/302")
              .header("Authorization", "secret")
              .header("Cookie", "a=b")
              .header("X-Own", "own");
      assertEquals(
          "GET h/ [null] secret a=b own".replace("h/ ", "h/  "),
          http.send(request.query("to", "/")).text());
      for (var other : List.of("http://other/", "http://h:81/", "http://sub.h/")) {
        assertTrue(
            http.send(request.query("to", other)).text().endsWith(" [null] null null own"), other);
      }
      var back = "http://other/302?to=http://h/";
      assertTrue(http.send(request.query("to", back)).text().endsWith(" [null] null null own"));
    }
  }

  @TulipTest
  void secretsOfTheSessionToo() throws IOException {
    try (var servers = Servers.serving(RedirectionsTest::site);
        var http = HttpSession.open(servers.options().withHeader("Authorization", "secret"))) {
      assertTrue(http.get("/302?to=/").text().contains(" secret "));
      assertTrue(http.get("/302?to=http://other/").text().contains(" null null"));
    }
  }

  @TulipTest
  void locationsMayBeUtf8() throws IOException {
    try (var servers =
            Servers.serving(request ->
                request.rawPath().equals("/")
                    ? Response.redirect("/\u00c3\u00a9 x") // é in UTF-8, byte by byte
                    : Response.text(request.path()));
        var http = servers.session()) {
      assertEquals("/é x", http.get("/").text());
    }
  }
}
