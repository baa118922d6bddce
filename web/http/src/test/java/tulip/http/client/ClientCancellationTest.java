// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.http.Request;
import tulip.http.Response;
import tulip.testing.TulipTest;

/// A request that is cancelled, at every moment: nobody else hears its answer, and nothing is left.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class ClientCancellationTest {
  private static final Duration STEP = Duration.ofMillis(1);

  /// Each step takes its time: reading the body, the head, each piece of the answer.
  private static Response slowly(Request request) throws IOException {
    for (Bytes piece; (piece = request.body().read()) != null; ) {
      Tulip.sleep(STEP.multipliedBy(piece.length() > 0 ? 2 : 1));
    }
    Tulip.sleep(STEP.multipliedBy(3));
    return Response.stream(
        "text/plain",
        sink -> {
          for (int i = 0; i < 4; i++) {
            sink.write(request.path());
            sink.flush();
            Tulip.sleep(STEP.multipliedBy(3));
          }
        });
  }

  private static Payload body() {
    return Payload.stream(
        "text/plain",
        sink -> {
          for (int i = 0; i < 3; i++) {
            sink.write("x".repeat(20_000));
            Tulip.sleep(STEP.multipliedBy(3));
          }
        });
  }

  @TulipTest
  void atEveryMoment() throws IOException {
    var done = new ArrayList<Boolean>();
    try (var servers = Servers.serving(ClientCancellationTest::slowly)) {
      var options =
          servers
              .options()
              .withConnections(1, 1)
              .withDialer((host, port) -> {
                Tulip.sleep(STEP.multipliedBy(3));
                return servers.options().dialer().dial(host, port);
              });
      try (var http = HttpSession.open(options)) {
        for (int i = 0; i < 60; i++) {
          var path = "/" + i;
          var limit = STEP.multipliedBy(i);
          done.add(
              Tulip.moveOnAfter(
                  limit,
                  () -> {
                    try (var response = http.post(path, body())) {
                      assertEquals(path.repeat(4), response.text());
                    }
                  }));
          assertEquals("/next".repeat(4), http.get("/next").text());
          assertEquals(1, http.connectionCount());
        }
      }
    }
    assertTrue(done.contains(true) && done.contains(false), done::toString);
  }

  @TulipTest
  void aWaitForAConnectionLosesItsPlace() throws IOException {
    try (var servers = Servers.serving(ClientCancellationTest::slowly);
        var http = HttpSession.open(servers.options().withConnections(1, 1))) {
      var first = Tulip.createTask(() -> http.get("/first").text());
      var second = Tulip.createTask(() -> http.get("/second").text());
      var third = Tulip.createTask(() -> http.get("/third").text());
      Tulip.yield();
      second.cancel();
      assertEquals("/first".repeat(4), first.await());
      assertEquals("/third".repeat(4), third.await());
      assertTrue(second.isCancelled());
    }
  }
}
