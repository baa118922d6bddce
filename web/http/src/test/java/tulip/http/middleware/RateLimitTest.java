// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tulip.core.Tulip;
import tulip.http.Response;
import tulip.testing.TulipTest;

/// How often clients may ask.
@TulipTest
class RateLimitTest {
  private final RateLimit limit =
      RateLimit.of(3, Duration.ofSeconds(30)).by(request -> request.header("Key"));

  private static Response ask(RateLimit limit, String key) throws Exception {
    return key.isEmpty()
        ? Layers.ask(limit, _ -> Response.text("ok"), "/")
        : Layers.ask(limit, _ -> Response.text("ok"), "/", "Key", key);
  }

  @TulipTest
  void whoAsksTooOftenHearsWhenToComeBack() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertEquals(200, ask(limit, "a").status().code());
    }
    Tulip.sleep(Duration.ofMillis(500));
    var refused = ask(limit, "a");
    assertEquals(429, refused.status().code());
    assertEquals("10", refused.headers().first("Retry-After"));
    assertEquals(200, ask(limit, "b").status().code());
    Tulip.sleep(Duration.ofSeconds(10));
    assertEquals(200, ask(limit, "a").status().code());
    assertEquals(429, ask(limit, "a").status().code());
    Tulip.sleep(Duration.ofSeconds(60));
    for (int i = 0; i < 3; i++) {
      assertEquals(200, ask(limit, "a").status().code());
    }
    assertEquals(429, ask(limit, "a").status().code());
  }

  @TulipTest
  void whoHasNoNameIsNotLimited() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertEquals(200, ask(limit, "").status().code());
    }
  }

  @TulipTest
  void remembersThoseWhoAskedLast() throws Exception {
    var small = limit.remembering(2);
    for (int i = 0; i < 3; i++) {
      ask(small, "a");
    }
    ask(small, "b");
    assertEquals(429, ask(small, "a").status().code());
    ask(small, "c"); // b goes
    assertEquals(429, ask(small, "a").status().code());
    ask(small, "d");
    ask(small, "e"); // a goes
    assertEquals(200, ask(small, "a").status().code());
  }

  @Test
  void needsNumbersAboveZero() {
    var second = Duration.ofSeconds(1);
    assertThrows(IllegalArgumentException.class, () -> RateLimit.of(0, second));
    assertThrows(IllegalArgumentException.class, () -> RateLimit.of(1, Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> limit.remembering(0));
  }
}
