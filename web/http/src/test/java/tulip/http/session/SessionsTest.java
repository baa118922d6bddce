// SPDX-License-Identifier: Apache-2.0
package tulip.http.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tulip.http.HttpError;
import tulip.http.Response;
import tulip.http.WebApp;
import tulip.http.fields.SetCookie;
import tulip.http.middleware.Served;
import tulip.http.protocol.Status;
import tulip.testing.TulipTest;

/// Sessions from request to request.
@TulipTest
class SessionsTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final MemorySessions store = new MemorySessions(3, () -> now());
  private Instant now = START;
  private @Nullable String cookie;

  private Instant now() {
    return now;
  }

  private WebApp app() {
    var app = new WebApp();
    app.use(Sessions.of(store).withMaxAge(Duration.ofHours(1)).withClock(() -> now));
    app.get("/unused", _ -> Response.text("nothing"));
    app.get("/get", request -> Response.text("" + Session.of(request).get("a")));
    app.get(
        "/put/{value}",
        request -> {
          Session.of(request).put("a", request.pathValue("value"));
          return Response.text("put");
        });
    app.get(
        "/fail/{value}",
        request -> {
          Session.of(request).put("a", request.pathValue("value"));
          throw new HttpError(Status.CONFLICT);
        });
    app.get(
        "/login",
        request -> {
          Session.of(request).renew();
          Session.of(request).put("user", "ana");
          return Response.text("in");
        });
    app.get(
        "/logout",
        request -> {
          Session.of(request).invalidate();
          return Response.text("out");
        });
    app.get(
        "/again",
        request -> {
          Session.of(request).invalidate();
          Session.of(request).put("a", "again");
          return Response.text("again");
        });
    return app;
  }

  /// Asks as a browser does, which keeps the cookie.
  private String ask(String path) throws Exception {
    var answer =
        cookie == null
            ? Served.ask(app(), path)
            : Served.ask(app(), path, "Cookie: session=" + cookie);
    for (var line : answer.lines().toList()) {
      if (line.startsWith("Set-Cookie: ")) {
        var set = SetCookie.parse(line.substring("Set-Cookie: ".length()));
        assertTrue(set != null && set.has("HttpOnly") && !set.has("Secure"), line);
        cookie = Instant.EPOCH.equals(set.expires(START)) ? null : set.cookie().value();
      }
    }
    return answer;
  }

  private static String body(String answer) {
    return answer.split("\n\n", 2)[1];
  }

  @TulipTest
  void valuesStayFromRequestToRequest() throws Exception {
    assertEquals("null", body(ask("/get")));
    assertNull(cookie);
    var answer = ask("/put/7");
    assertTrue(
        answer.contains(
            "\nSet-Cookie: session="
                + cookie
                + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600\nVary: Cookie\n"),
        answer);
    assertEquals("7", body(ask("/get")));
  }

  @TulipTest
  void isSavedOnlyIfChanged() throws Exception {
    ask("/put/7");
    assertFalse(ask("/put/7").contains("Set-Cookie"));
    assertFalse(ask("/get").contains("Set-Cookie"));
    assertTrue(ask("/get").contains("Vary: Cookie"));
    assertFalse(ask("/unused").contains("Vary"));
    assertTrue(ask("/put/8").contains("Set-Cookie"));
  }

  @TulipTest
  void isSavedAlsoIfTheHandlerThrowsAnError() throws Exception {
    assertTrue(ask("/fail/9").startsWith("HTTP/1.1 409 "));
    assertEquals("9", body(ask("/get")));
  }

  @TulipTest
  void anotherIdentityAfterLogin() throws Exception {
    ask("/put/7");
    var before = cookie;
    ask("/login");
    assertNotEquals(before, cookie);
    assertEquals("7", body(ask("/get")));
    cookie = before;
    assertEquals("null", body(ask("/get")));
    assertEquals(1, store.size());
  }

  @TulipTest
  void identitiesThatClientsMakeUpAreNotTaken() throws Exception {
    cookie = "00000000-0000-0000-0000-000000000000";
    var made = cookie;
    ask("/put/7");
    assertNotEquals(made, cookie);
    cookie = made;
    assertEquals("null", body(ask("/get")));
  }

  @TulipTest
  void endsWhenAsked() throws Exception {
    ask("/put/7");
    var before = cookie;
    ask("/logout");
    assertNull(cookie);
    assertEquals(0, store.size());
    assertFalse(ask("/logout").contains("Set-Cookie"));
    ask("/put/7");
    var second = cookie;
    ask("/again");
    assertNotEquals(second, cookie);
    assertEquals("again", body(ask("/get")));
    cookie = before;
    assertEquals("null", body(ask("/get")));
  }

  @TulipTest
  void endsByAge() throws Exception {
    ask("/put/7");
    now = now.plus(Duration.ofMinutes(59));
    assertTrue(ask("/put/8").contains("Max-Age=60\n"));
    assertEquals("8", body(ask("/get")));
    now = now.plus(Duration.ofMinutes(1));
    assertEquals("null", body(ask("/get")));
  }

  @TulipTest
  void memoryKeepsThoseThatWereUsedLast() throws Exception {
    ask("/put/1");
    var first = cookie;
    for (int i = 2; i <= 4; i++) {
      cookie = null;
      ask("/put/" + i);
    }
    assertEquals(3, store.size());
    assertEquals("4", body(ask("/get")));
    cookie = first;
    assertEquals("null", body(ask("/get")));
  }

  @TulipTest
  void withoutTheLayerThereAreNone() throws Exception {
    var app = new WebApp();
    app.get(
        "/",
        request -> {
          assertThrows(IllegalStateException.class, () -> Session.of(request));
          return Response.text("ok");
        });
    assertEquals("ok", body(Served.ask(app, "/")));
  }

  @Test
  void valuesAreNotShown() {
    var session = new Session(START);
    session.put("password", "secret");
    assertFalse(session.toString().contains("secret"));
    assertFalse(session.data(START).toString().contains("secret"));
  }
}
