// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tulip.bytes.Bytes;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.fields.HttpDate;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.Status;
import tulip.testing.TulipTest;

/// What is kept, how long, and when the server is asked (RFC 9111).
@TulipTest
class HttpCacheTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final HttpCache cache = HttpCache.of(100_000, () -> now);
  private Headers fields = Headers.EMPTY;
  private Status status = Status.OK;
  private int asked;

  /// Answers with these fields, and the number of times it was asked; or that nothing has changed.
  private Response site(Request request) throws IOException {
    request.bytes();
    asked++;
    var tag = request.header("If-None-Match");
    if (tag != null && tag.equals(fields.first(HeaderName.ETAG))) {
      return Response.empty(Status.NOT_MODIFIED).headers(dated()).header("X-New", "" + asked);
    }
    var since = request.header("If-Modified-Since");
    if (since != null && since.equals(fields.first(HeaderName.LAST_MODIFIED))) {
      return Response.empty(Status.NOT_MODIFIED).headers(dated());
    }
    return Response.text("" + asked).headers(dated()).status(status);
  }

  private Headers dated() {
    return fields.toBuilder().add(HeaderName.DATE, HttpDate.format(now)).build();
  }

  private void say(String... namesAndValues) {
    fields = Headers.of(namesAndValues);
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }

  private interface Visit {
    void run(HttpSession http) throws IOException;
  }

  private void visit(Visit visit) throws IOException {
    try (var servers = Servers.serving(this::site);
        var http = HttpSession.open(servers.options().with(cache))) {
      visit.run(http);
    }
  }

  private static String get(HttpSession http, String... fields) throws IOException {
    return http.send(ClientRequest.get("/").headers(Headers.of(fields))).text();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "max-age=60 | - | - | 59 | 1",
        "max-age=60 | - | - | 60 | 2",
        "max-age=\"60\" | - | - | 59 | 1",
        "max-age=x | - | - | 1 | 2",
        "private, max-age=60 | - | - | 59 | 1",
        "no-store, max-age=60 | - | - | 1 | 2",
        "no-cache, max-age=60 | - | - | 1 | 2",
        "max-age=60 | -3600 | - | 59 | 1",
        "- | 60 | - | 59 | 1",
        "- | 60 | - | 60 | 2",
        "- | -1 | - | 1 | 2",
        "- | - | -1000 | 99 | 1",
        "- | - | -1000 | 100 | 2",
        "- | - | -100000000 | 86399 | 1",
        "- | - | - | 1 | 2"
      })
  @TulipTest
  void freshness(String control, Integer expires, Integer modified, int seconds, String then)
      throws IOException {
    var says = Headers.builder();
    if (control != null) {
      says.add(HeaderName.CACHE_CONTROL, control);
    }
    if (expires != null) {
      says.add(HeaderName.EXPIRES, HttpDate.format(now.plusSeconds(expires)));
    }
    if (modified != null) {
      says.add(HeaderName.LAST_MODIFIED, HttpDate.format(now.plusSeconds(modified)));
    }
    fields = says.build();
    visit(http -> {
      assertEquals("1", get(http));
      fields = Headers.EMPTY; // nothing matches
      pass(seconds);
      assertEquals(then, get(http));
    });
  }

  @TulipTest
  void whatIsOldIsAskedForWithACondition() throws IOException {
    visit(http -> {
      say("Cache-Control", "max-age=10", "ETag", "\"v\"");
      assertEquals("1", get(http));
      pass(10);
      var confirmed = http.get("/");
      assertEquals("2", confirmed.header("X-New"));
      assertEquals("0", confirmed.header("Age"));
      assertEquals("1", confirmed.text());
      pass(9);
      assertEquals("9", http.get("/").header("Age"));
      assertEquals(2, asked);
      var statistics = cache.statistics();
      assertEquals(1, statistics.hits());
      assertEquals(1, statistics.confirmations());
      assertEquals(1, statistics.misses());
    });
  }

  @TulipTest
  void theAgeThatOthersHaveAddedCounts() throws IOException {
    visit(http -> {
      say("Cache-Control", "max-age=60", "Age", "50");
      assertEquals("1", get(http));
      pass(9);
      assertEquals("59", http.get("/").header("Age"));
      pass(1);
      assertEquals("2", get(http));
    });
  }

  @TulipTest
  void theRequestMayWishOtherwise() throws IOException {
    visit(http -> {
      say("Cache-Control", "max-age=100");
      assertEquals("1", get(http));
      pass(50);
      assertEquals("1", get(http, "Cache-Control", "max-age=50, min-fresh=49"));
      assertEquals("1", get(http, "Cache-Control", "only-if-cached"));
      assertEquals("2", get(http, "Cache-Control", "max-age=49"));
      pass(50);
      assertEquals("3", get(http, "Cache-Control", "min-fresh=51"));
      assertEquals("4", get(http, "Cache-Control", "no-cache"));
      assertEquals("5", get(http, "Pragma", "no-cache"));
      assertEquals("6", get(http, "Cache-Control", "no-store"));
      assertEquals("5", get(http));
      pass(150);
      assertEquals("5", get(http, "Cache-Control", "max-stale"));
      assertEquals("5", get(http, "Cache-Control", "max-stale=50"));
      assertEquals(
          504,
          http.send(ClientRequest.get("/").header("Cache-Control", "only-if-cached"))
              .status()
              .code());
      assertEquals("7", get(http, "Cache-Control", "max-stale=49"));
      say("Cache-Control", "max-age=1, must-revalidate");
      assertEquals("8", get(http, "Cache-Control", "no-cache"));
      pass(2);
      assertEquals("9", get(http, "Cache-Control", "max-stale"));
    });
  }

  @TulipTest
  void whatDependsOnTheRequest() throws IOException {
    visit(http -> {
      say("Cache-Control", "max-age=100", "Vary", "Accept-Language");
      assertEquals("1", get(http, "Accept-Language", "de"));
      assertEquals("2", get(http, "Accept-Language", "en"));
      assertEquals("1", get(http, "Accept-Language", "de"));
      assertEquals("3", get(http));
      assertEquals("3", get(http));
      say("Cache-Control", "max-age=100", "Vary", "*");
      http.get("/star").text();
      assertEquals("5", http.get("/star").text());
    });
  }

  @TulipTest
  void changesAreNoticed() throws IOException {
    visit(http -> {
      say("Cache-Control", "max-age=100");
      assertEquals("1", get(http));
      assertEquals("2", http.get("/other").text());
      say("Cache-Control", "max-age=100", "Location", "/other");
      http.post("/", Payload.text("x")).skip();
      assertEquals("4", get(http));
      assertEquals("5", http.get("/other").text());
      status = Status.INTERNAL_SERVER_ERROR;
      http.delete("/").skip();
      assertEquals("4", get(http));
    });
  }

  @TulipTest
  void anOldOneIsBetterThanAnErrorIfTheServerSaysSo() throws IOException {
    visit(http -> {
      say("Cache-Control", "max-age=10, stale-if-error=20");
      assertEquals("1", get(http));
      status = Status.SERVICE_UNAVAILABLE;
      pass(30);
      assertEquals("1", get(http));
      pass(1);
      assertEquals(503, http.get("/").status().code());
    });
  }

  @TulipTest
  void rangesAndConditionsPassBy() throws IOException {
    visit(http -> {
      say("Cache-Control", "max-age=10", "ETag", "\"v\"");
      assertEquals("1", get(http));
      assertEquals("2", get(http, "Range", "bytes=0-"));
      var own = ClientRequest.get("/").header("If-None-Match", "\"v\"");
      assertEquals(304, http.send(own).status().code());
      assertEquals("1", get(http));
    });
  }

  @TulipTest
  void whatWasNotReadToItsEndIsNotKept() throws IOException {
    try (var servers =
            Servers.serving(request -> {
              asked++;
              return Response.bytes(Bytes.wrap(new byte[200_000]))
                  .header("Cache-Control", "max-age=100");
            });
        var http = HttpSession.open(servers.options().with(HttpCache.of(10_000_000)))) {
      try (var response = http.get("/")) {
        assertNotNull(response.body().read());
      }
      assertEquals(200_000, http.get("/").bytes().length());
      assertEquals(200_000, http.get("/").bytes().length());
      assertEquals(2, asked);
    }
  }

  @TulipTest
  void whatHasNotBeenUsedForLongestMakesRoom() throws IOException {
    visit(http -> {
      say("Cache-Control", "max-age=1000");
      for (int i = 0; i < 200; i++) {
        http.get("/" + i).skip();
        http.get("/0").skip();
        assertTrue(cache.statistics().bytes() <= 100_000);
      }
      assertEquals(200, asked);
      http.get("/1").skip();
      assertEquals(201, asked);
      cache.clear();
      assertEquals(0, cache.statistics().entries());
    });
  }

  @TulipTest
  void whatIsTooLargeIsNotKept() throws IOException {
    try (var servers =
            Servers.serving(request -> {
              asked++;
              return Response.bytes(Bytes.wrap(new byte[30_000]))
                  .header("Cache-Control", "max-age=100");
            });
        var http = HttpSession.open(servers.options().with(cache))) {
      http.get("/").skip();
      http.get("/").skip();
      assertEquals(2, asked);
    }
  }

  @TulipTest
  void aRedirectionIsKeptByItself() throws IOException {
    try (var servers =
            Servers.serving(request -> {
              asked++;
              return request.path().equals("/")
                  ? Response.redirect(Status.PERMANENT_REDIRECT, "/to")
                      .header("Cache-Control", "max-age=100")
                  : Response.text("there");
            });
        var http = HttpSession.open(servers.options().with(cache))) {
      assertEquals("there", http.get("/").text());
      assertEquals("there", http.get("/").text());
      assertEquals(3, asked);
    }
  }
}
