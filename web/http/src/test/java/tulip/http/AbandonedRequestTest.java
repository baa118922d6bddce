// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tulip.core.Tulip;
import tulip.testing.TulipTest;

/// What becomes of a handler whose client goes away.
@TulipTest
class AbandonedRequestTest {
  private final List<String> seen = new ArrayList<>();

  private Response slow(Request request) throws IOException {
    seen.add("begun" + request.text());
    try {
      Tulip.sleep(ofSeconds(60));
      seen.add("done");
    } finally {
      seen.add("left");
    }
    return Response.text("done");
  }

  @TulipTest
  void goesOnIfNothingElseIsSaid() throws IOException {
    try (var talk = Talk.to(this::slow)) {
      talk.get("/");
      Tulip.sleep(ofSeconds(1));
      talk.client.abort();
      talk.ended();
      assertEquals(List.of("begun", "done", "left"), seen);
      assertTrue(talk.errors.isEmpty());
    }
  }

  @TulipTest
  void isCancelledOnRequest() throws IOException {
    try (var talk = Talk.to(HttpServerOptions.DEFAULT.withCancelAbandoned(true), this::slow)) {
      talk.send("PUT / HTTP/1.1\nHost: h\nContent-Length: 2\n\n");
      Tulip.sleep(ofSeconds(1));
      talk.send("ab");
      Tulip.sleep(ofSeconds(1));
      talk.client.abort();
      talk.ended();
      assertEquals(List.of("begunab", "left"), seen);
      assertTrue(talk.errors.isEmpty());
    }
  }

  @TulipTest
  void whoWatchesLosesNoPipelinedRequest() throws IOException {
    try (var talk = Talk.to(HttpServerOptions.DEFAULT.withCancelAbandoned(true), this::slow)) {
      talk.get("/a").get("/b");
      assertEquals("done", lastLine(talk.answer()));
      talk.get("/c");
      assertEquals("done", lastLine(talk.answer()));
      assertEquals("done", lastLine(talk.answer()));
    }
  }

  @TulipTest
  void whoWatchesSeesTheHandlersFailure() throws IOException {
    try (var talk =
        Talk.to(
            HttpServerOptions.DEFAULT.withCancelAbandoned(true),
            _ -> {
              throw new IllegalStateException("as told");
            })) {
      assertEquals("500 Internal Server Error", lastLine(talk.get("/").answer()));
      assertEquals("500 Internal Server Error", lastLine(talk.get("/").answer()));
      assertEquals(2, talk.errors.size());
    }
  }

  private static String lastLine(String text) {
    return text.substring(text.lastIndexOf("\n") + 1);
  }
}
