// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.function.Executable;
import tulip.bytes.Bytes;
import tulip.core.EventLoop;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.client.ClientTimeoutException.Phase;
import tulip.testing.TulipTest;

/// What takes too long, by phase.
@TulipTest
class ClientTimeoutsTest {
  private static final ClientTimeouts TIMEOUTS =
      new ClientTimeouts(
          ofSeconds(100),
          ofSeconds(2),
          ofSeconds(3),
          ofSeconds(4),
          ofSeconds(5),
          ofSeconds(6),
          ofSeconds(1));

  private static void assertLate(Phase phase, int seconds, Executable action) {
    long before = EventLoop.current().time();
    var e = assertThrows(ClientTimeoutException.class, action);
    assertEquals(phase, e.phase(), e::toString);
    assertEquals(ofSeconds(seconds).toNanos(), EventLoop.current().time() - before);
  }

  private static Response slowly(Request request) throws IOException {
    return switch (request.path()) {
      case "/never" -> {
        Tulip.sleepForever();
        yield Response.text("");
      }
      case "/unread" -> {
        Tulip.sleep(Duration.ofHours(1));
        yield Response.text("");
      }
      case "/stalls" ->
          Response.stream(
              "text/plain",
              sink -> {
                sink.write("one");
                sink.flush();
                Tulip.sleepForever();
              });
      case "/slow" ->
          Response.stream(
              "text/plain",
              sink -> {
                for (int i = 0; i < 50; i++) {
                  sink.write("x");
                  sink.flush();
                  Tulip.sleep(ofSeconds(3));
                }
              });
      default -> Response.text("ok");
    };
  }

  private static HttpSession session(Servers servers) {
    return HttpSession.open(servers.options().withTimeouts(TIMEOUTS).withConnections(1, 1));
  }

  @TulipTest
  void theHead() {
    try (var servers = Servers.serving(ClientTimeoutsTest::slowly);
        var http = session(servers)) {
      assertLate(Phase.HEAD, 5, () -> http.get("/never"));
      assertEquals(0, http.connectionCount());
    }
  }

  @TulipTest
  void theBody() throws IOException {
    try (var servers = Servers.serving(ClientTimeoutsTest::slowly);
        var http = session(servers)) {
      var response = http.get("/stalls");
      assertNotNull(response.body().read());
      assertLate(Phase.READ, 6, () -> response.body().read());
      assertEquals(0, http.connectionCount());
    }
  }

  @TulipTest
  void allOfItTheBodyIncluded() {
    try (var servers = Servers.serving(ClientTimeoutsTest::slowly);
        var http = session(servers)) {
      assertLate(Phase.TOTAL, 100, () -> http.get("/slow").text());
      assertEquals(0, http.connectionCount());
    }
  }

  @TulipTest
  void aConnectionToBeFree() throws IOException {
    try (var servers = Servers.serving(ClientTimeoutsTest::slowly);
        var http = session(servers);
        var group = TaskGroup.open();
        var held = http.get("/stalls")) {
      group.start(() -> assertLate(Phase.ACQUIRE, 2, () -> http.get("/")));
      group.join();
      assertEquals(200, held.status().code());
    }
  }

  @TulipTest
  void aConnectionToBeOpened() {
    try (var servers = Servers.serving(ClientTimeoutsTest::slowly);
        var http =
            HttpSession.open(
                servers
                    .options()
                    .withTimeouts(TIMEOUTS.withAcquire(ofSeconds(50)))
                    .withDialer((host, port) -> {
                      Tulip.sleepForever();
                      throw new AssertionError();
                    }))) {
      assertLate(Phase.CONNECT, 3, () -> http.get("/"));
    }
  }

  @TulipTest
  void aBodyThatNobodyTakes() {
    try (var servers = Servers.serving(ClientTimeoutsTest::slowly);
        var http = session(servers)) {
      var body = Payload.bytes(Bytes.wrap(new byte[1 << 20]));
      assertLate(Phase.WRITE, 4, () -> http.post("/unread", body));
      assertEquals(0, http.connectionCount());
    }
  }

  @TulipTest
  void aLongUploadDoesNotCountAsAWaitForTheHead() throws IOException {
    try (var servers = Servers.serving(request -> Response.text(request.text()));
        var http = session(servers)) {
      var body =
          Payload.stream(
              "text/plain",
              sink -> {
                for (int i = 0; i < 5; i++) {
                  sink.write("x");
                  Tulip.sleep(ofSeconds(4));
                }
              });
      assertEquals("xxxxx", http.post("/", body).text());
    }
  }

  @TulipTest
  void aRequestHasItsOwn() {
    try (var servers = Servers.serving(ClientTimeoutsTest::slowly);
        var http = session(servers)) {
      var request = ClientRequest.get("/never").timeouts(TIMEOUTS.withTotal(ofSeconds(1)));
      assertLate(Phase.TOTAL, 1, () -> http.send(request));
    }
  }
}
