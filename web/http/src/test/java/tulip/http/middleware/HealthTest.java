// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.Tulip;
import tulip.http.WebApp;
import tulip.testing.TulipTest;

/// What a server says of its health.
@TulipTest
class HealthTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static String ask(Health health) throws Exception {
    var app = new WebApp();
    app.get("/health", health);
    return Served.ask(app, "/health");
  }

  @TulipTest
  void aliveWithoutChecks() throws Exception {
    assertEquals(
        """
        HTTP/1.1 200 OK
        Content-Type: application/json
        Cache-Control: no-store
        Content-Length: 27
        Connection: close

        {"status":"up","checks":{}}\
        """,
        ask(Health.LIVE));
  }

  @TulipTest
  void readyIfAllChecksSaySo() throws Exception {
    var health =
        Health.LIVE
            .check("one", SECOND, () -> Tulip.sleep(Duration.ofMillis(900)))
            .check("two", SECOND, () -> Tulip.sleep(Duration.ofMillis(900)));
    long before = EventLoop.current().time();
    var answer = ask(health);
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    assertTrue(answer.endsWith("{\"status\":\"up\",\"checks\":{\"one\":\"up\",\"two\":\"up\"}}"));
    assertEquals(Duration.ofMillis(900).toNanos(), EventLoop.current().time() - before);
  }

  @TulipTest
  void notReadyIfOneFailsOrTakesTooLong() throws Exception {
    var errors = new ArrayList<ErrorContext>();
    EventLoop.current().setExceptionHandler(errors::add);
    var health =
        Health.LIVE
            .check("fine", SECOND, () -> {})
            .check(
                "broken",
                SECOND,
                () -> {
                  throw new IOException("password of the database");
                })
            .check("late", SECOND, Tulip::sleepForever);
    var answer = ask(health);
    assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
    assertTrue(
        answer.endsWith(
            "{\"status\":\"down\",\"checks\":"
                + "{\"fine\":\"up\",\"broken\":\"down\",\"late\":\"down\"}}"),
        answer);
    assertEquals(1, errors.size());
  }
}
