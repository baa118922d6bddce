// SPDX-License-Identifier: Apache-2.0
package tulip.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tulip.core.Tulip;
import tulip.http.Response;
import tulip.http.WebApp;
import tulip.http.client.ClientRequest;
import tulip.http.session.Session;
import tulip.http.session.SessionStore;
import tulip.http.session.Sessions;
import tulip.http.session.memcached.MemcachedSessions;
import tulip.http.session.redis.RedisSessions;
import tulip.http.testing.TestServer;
import tulip.memcached.Memcached;
import tulip.net.testing.RealServer;
import tulip.redis.Redis;

/// Sessions that two servers share by a database.
@Timeout(60)
class StoredSessionsTest {
  private static final Duration AGE = Duration.ofHours(1);

  /// What a user of two servers does, each of which has its own connection to the database.
  private static final class Visit {
    private final TestServer first;
    private final TestServer second;
    private String token = "";

    Visit(TestServer first, TestServer second) {
      this.first = first;
      this.second = second;
    }

    private String ask(TestServer server, String path) throws Exception {
      var response = server.send(ClientRequest.get(path).header("Cookie", "session=" + token));
      for (var cookie : response.cookies()) {
        token = cookie.cookie().value();
      }
      return response.text();
    }

    void run() throws Exception {
      assertEquals("null", ask(first, "/user"));
      assertEquals("", token);
      ask(first, "/login/ana");
      assertEquals("ana", ask(second, "/user"));
      var before = token;
      ask(second, "/login/bob");
      assertNotEquals(before, token);
      assertEquals("bob", ask(first, "/user"));
      var after = token;
      token = before;
      assertEquals("null", ask(second, "/user"));
      token = after;
    }

    void leave() throws Exception {
      var last = token;
      ask(second, "/logout");
      token = last;
      assertEquals("null", ask(first, "/user"));
    }
  }

  private interface Looking {
    void run() throws Exception;
  }

  private static WebApp app(SessionStore store) {
    var app = new WebApp();
    app.use(Sessions.of(store).withMaxAge(AGE));
    app.get("/user", request -> Response.text("" + Session.of(request).get("user")));
    app.get(
        "/login/{user}",
        request -> {
          Session.of(request).renew();
          Session.of(request).put("user", request.pathValue("user"));
          return Response.text("in");
        });
    app.get(
        "/logout",
        request -> {
          Session.of(request).invalidate();
          return Response.text("out");
        });
    return app;
  }

  private static void visit(SessionStore first, SessionStore second, Looking whileLoggedIn)
      throws Exception {
    try (var here = TestServer.open(app(first));
        var there = TestServer.open(app(second))) {
      var visit = new Visit(here, there);
      visit.run();
      whileLoggedIn.run();
      visit.leave();
    }
  }

  @Test
  void inRedis() throws Exception {
    try (var server = RealServer.start(StoredSessionsTest::redis)) {
      var url = "redis://127.0.0.1:" + server.port();
      Tulip.run(() -> {
        try (var one = Redis.open(url);
            var other = Redis.open(url)) {
          visit(
              RedisSessions.of(one),
              RedisSessions.of(other),
              () -> {
                var keys = one.keys("session:*");
                assertEquals(1, keys.size());
                var left = one.ttl(keys.getFirst());
                assertTrue(
                    left != null && left.compareTo(AGE) <= 0 && left.isPositive(), "" + left);
              });
          assertEquals(0, one.dbsize());
        }
      });
    }
  }

  private static List<String> redis(RealServer.Place place) {
    return List.of("redis-server", "--port", place.portText(), "--bind", "127.0.0.1", "--save", "");
  }

  @Test
  void inMemcached() throws Exception {
    try (var server = RealServer.start(StoredSessionsTest::memcached)) {
      Tulip.run(() -> {
        try (var one = Memcached.open("127.0.0.1", server.port());
            var other = Memcached.open("127.0.0.1", server.port())) {
          visit(
              MemcachedSessions.of(one),
              MemcachedSessions.of(other),
              () -> assertEquals(1, items(one)));
          assertEquals(0, items(one));
        }
      });
    }
  }

  private static List<String> memcached(RealServer.Place place) {
    return List.of("memcached", "-l", "127.0.0.1", "-p", place.portText(), "-u", "root");
  }

  private static int items(Memcached<String> memcached) throws Exception {
    return memcached.stats().values().stream()
        .mapToInt(each -> Integer.parseInt(each.getOrDefault("curr_items", "-1")))
        .sum();
  }
}
