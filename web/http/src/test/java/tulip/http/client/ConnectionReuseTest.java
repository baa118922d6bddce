// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import tulip.bytes.Bytes;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.http.Response;
import tulip.net.testing.ScriptedPeer.Script;
import tulip.net.testing.ScriptedStream;
import tulip.testing.TulipTest;

/// Which connection a request goes on, and what becomes of it.
@TulipTest
class ConnectionReuseTest {
  private static final String GET = request("GET /");
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static String request(String line) {
    return line
        + " HTTP/1.1\r\nHost: h\r\nUser-Agent: Tulip\r\nAccept: */*\r\n"
        + "Accept-Encoding: gzip, deflate\r\n";
  }

  private static String get() {
    return GET + "\r\n";
  }

  private static String post() {
    return request("POST /")
        + "Content-Type: text/plain; charset=utf-8\r\n"
        + "Content-Length: 1\r\n\r\nx";
  }

  private static void answer(ScriptedStream peer) {
    peer.expect(get());
    peer.send(OK);
  }

  private static void answerAndStay(ScriptedStream peer) {
    answer(peer);
    peer.expectEnd();
  }

  /// Answers once, and closes when the next request is there.
  private static void closeAtTheNext(ScriptedStream peer) {
    answer(peer);
    peer.expect("GET");
  }

  @TulipTest
  void aStaleConnectionIsFoundOutBeforeItIsUsed() throws IOException {
    try (var servers =
            Servers.playing(
                ConnectionReuseTest::answer,
                peer -> {
                  peer.expect(post());
                  peer.send(OK);
                  peer.expectEnd();
                });
        var http = servers.session()) {
      assertEquals("ok", http.get("/").text());
      Tulip.yield(); // the server closes
      assertEquals("ok", http.post("/", Payload.text("x")).text());
      assertEquals(2, servers.dialled.size());
    }
  }

  @TulipTest
  void whatMayBeDoneTwiceIsSentAgain() throws IOException {
    try (var servers =
            Servers.playing(
                ConnectionReuseTest::closeAtTheNext, ConnectionReuseTest::answerAndStay);
        var http = servers.session()) {
      http.get("/").text();
      assertEquals("ok", http.get("/").text());
      assertEquals(2, servers.dialled.size());
    }
  }

  @TulipTest
  void whatMayNotIsNot() throws IOException {
    Script closing =
        peer -> {
          answer(peer);
          peer.expect("POST");
        };
    try (var servers =
            Servers.playing(
                closing,
                peer -> {
                  answer(peer);
                  peer.expect("POST");
                },
                peer -> {
                  peer.expect(post());
                  peer.send(OK);
                  peer.expectEnd();
                });
        var http = servers.session()) {
      http.get("/").text();
      assertThrows(DisconnectedException.class, () -> http.post("/", Payload.text("x")));
      http.get("/").text();
      var safe = ClientRequest.post("/").body(Payload.text("x")).idempotent(true);
      assertEquals("ok", http.send(safe).text());
    }
  }

  @TulipTest
  void onANewConnectionNothingIsSentAgain() throws IOException {
    try (var servers = Servers.playing(peer -> peer.expect(get()));
        var http = servers.session()) {
      var e = assertThrows(DisconnectedException.class, () -> http.get("/"));
      assertEquals(
          "GET http://h/: the server closed the connection without an answer", e.getMessage());
      assertEquals(1, servers.dialled.size());
    }
  }

  @TulipTest
  void whatWasAnsweredInPartIsNotSentAgain() throws IOException {
    try (var servers =
            Servers.playing(peer -> {
              answer(peer);
              peer.expect(get());
              peer.send("HTTP/1.1 200");
            });
        var http = servers.session()) {
      http.get("/").text();
      assertThrows(ResponseFormatException.class, () -> http.get("/"));
    }
  }

  @TulipTest
  void aServerThatHasBegunIsNotAskedAgain() throws IOException {
    try (var servers =
            Servers.playing(peer -> {
              answer(peer);
              peer.expect(get());
              peer.send("HTTP/1.1 102 Processing\r\n\r\n");
            });
        var http = servers.session()) {
      http.get("/").text();
      assertThrows(ResponseFormatException.class, () -> http.get("/"));
    }
  }

  @TulipTest
  void whatNobodyAskedForSpoilsTheConnection() throws IOException {
    try (var servers =
            Servers.playing(
                peer -> {
                  answer(peer);
                  peer.send("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
                  peer.pause();
                },
                ConnectionReuseTest::answerAndStay);
        var http = servers.session()) {
      http.get("/").text();
      Tulip.yield();
      assertEquals("ok", http.get("/").text());
      servers.go();
    }
  }

  @TulipTest
  void twoAnswersToOneQuestionReachNobodyElse() throws IOException {
    try (var servers =
            Servers.playing(
                peer -> {
                  peer.expect(get());
                  peer.send(OK + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
                },
                ConnectionReuseTest::answerAndStay);
        var http = servers.session()) {
      assertEquals("ok", http.get("/").text());
      assertEquals("ok", http.get("/").text());
      assertEquals(2, servers.dialled.size());
    }
  }

  @TulipTest
  void closeIsHeeded() throws IOException {
    Script script =
        peer -> {
          peer.expect(get());
          peer.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
          peer.expectEnd();
        };
    try (var servers = Servers.playing(script, script);
        var http = servers.session()) {
      http.get("/").text();
      http.get("/").text();
      assertEquals(2, servers.dialled.size());
    }
  }

  @TulipTest
  void reuseCanBeSwitchedOff() throws IOException {
    Script script =
        peer -> {
          peer.expect(GET + "Connection: close\r\n\r\n");
          peer.send(OK);
          peer.expectEnd();
        };
    try (var servers = Servers.playing(script, script);
        var http = HttpSession.open(servers.options().withKeepAlive(Duration.ZERO))) {
      http.get("/").text();
      http.get("/").text();
    }
  }

  @TulipTest
  void oldServersEndTheBodyWithTheConnection() throws IOException {
    try (var servers =
            Servers.playing(peer -> {
              peer.expect(get());
              peer.send("HTTP/1.0 200 OK\r\n\r\nall of it");
            });
        var http = servers.session()) {
      assertEquals("all of it", http.get("/").text());
    }
  }

  @TulipTest
  void idleConnectionsAreClosedInTime() throws IOException {
    try (var servers = Servers.serving(request -> Response.text("ok"));
        var http = servers.session()) {
      http.get("/").text();
      assertEquals(1, http.connectionCount());
      Tulip.sleep(Duration.ofSeconds(16));
      assertEquals(0, http.connectionCount());
      http.get("/").text();
      http.expireConnections();
      http.get("/").text();
      assertEquals(3, servers.dialled.size());
    }
  }

  @TulipTest
  void aResponseThatIsClosedHalfReadCostsItsConnection() throws IOException {
    try (var servers =
            Servers.serving(request ->
                Response.stream(
                    "text/plain",
                    sink -> {
                      for (int i = 0; i < 1000; i++) {
                        sink.write(Bytes.wrap(new byte[1000]));
                      }
                    }));
        var http = servers.session()) {
      try (var response = http.get("/")) {
        assertNotNull(response.body().read());
      }
      assertEquals(0, http.connectionCount());
    }
  }

  @TulipTest
  void aResponseThatIsClosedUnreadKeepsItIfAllHasCome() throws IOException {
    try (var servers = Servers.serving(request -> Response.text("ok"));
        var http = servers.session()) {
      for (int i = 0; i < 3; i++) {
        http.get("/").close();
      }
      assertEquals(1, servers.dialled.size());
    }
  }

  @TulipTest
  void originsHaveTheirOwnAndShareTheLimit() throws IOException {
    try (var servers = Servers.serving(request -> Response.text(request.header("Host") + ""));
        var http = HttpSession.open(servers.options().withConnections(2, 2))) {
      for (int i = 0; i < 4; i++) {
        assertEquals("h" + i, http.get("http://h" + i + "/").text());
        assertTrue(http.connectionCount() <= 2);
      }
      assertEquals("h3:81", http.get("http://H3:81/").text());
      assertEquals(List.of("h0:80", "h1:80", "h2:80", "h3:80", "h3:81"), servers.dialled);
    }
  }

  @TulipTest
  void aConnectionThatCannotBeOpened() {
    try (var servers = Servers.playing();
        var http =
            HttpSession.open(
                servers
                    .options()
                    .withDialer((host, port) -> {
                      throw new ConnectException("refused");
                    }))) {
      assertThrows(ConnectException.class, () -> http.get("/"));
      assertEquals(0, http.connectionCount());
    }
  }

  @TulipTest
  void aListenerThatFailsHarmsNobody() throws IOException {
    try (var servers = Servers.serving(request -> Response.text("ok"));
        var http =
            HttpSession.open(
                servers
                    .options()
                    .withListener(event -> {
                      throw new IllegalStateException("listener");
                    }))) {
      assertEquals("ok", http.get("/").text());
      assertFalse(servers.errors.isEmpty());
    }
  }

  @TulipTest
  void aForgottenResponseIsReported() throws IOException {
    try (var servers = Servers.serving(request -> Response.text("ok"))) {
      try (var http = servers.session()) {
        assertEquals(200, http.get("/forgotten").status().code());
      }
      assertEquals(1, servers.errors.size());
      var message = servers.errors.getFirst().message();
      assertTrue(message.contains("GET http://h/forgotten"), message);
    }
  }

  @TulipTest
  void whoWaitsForForgottenConnectionsIsToldWhoHasThem() throws IOException {
    try (var servers = Servers.serving(request -> Response.text("ok"));
        var http = HttpSession.open(servers.options().withConnections(1, 1));
        var group = TaskGroup.open()) {
      var forgotten = group.start("forgetful", () -> http.get("/"));
      group.join();
      var e = assertThrows(ClientTimeoutException.class, () -> http.get("/"));
      assertEquals(ClientTimeoutException.Phase.ACQUIRE, e.phase());
      assertTrue(e.toString().contains("forgetful (which has ended"), e.toString());
      assertTrue(
          e.toString()
              .contains("neither read to their ends nor closed: GET http://h/ for 60000 ms"),
          e.toString());
      assertNames(e);
      forgotten.result().close();
      assertInstanceOf(String.class, http.get("/").text());
    }
  }

  /// The place where the response was asked for that nobody has closed.
  private static void assertNames(Throwable failure) {
    var place = failure.getSuppressed()[0];
    assertEquals("GET http://h/ was sent here", place.getMessage());
    assertTrue(
        Arrays.stream(place.getStackTrace())
            .anyMatch(frame -> frame.getClassName().equals(ConnectionReuseTest.class.getName())));
  }

  @TulipTest
  void whoHasThemItselfIsToldAtOnce() throws IOException {
    try (var servers = Servers.serving(request -> Response.text("ok"));
        var http = HttpSession.open(servers.options().withConnections(2, 2))) {
      for (int i = 0; i < 2; i++) {
        assertEquals(200, http.get("/").status().code());
      }
      var e = assertThrows(IllegalStateException.class, () -> http.get("/"));
      assertTrue(e.toString().contains("GET http://h/ for 0 ms, GET http://h/ for 0 ms"));
      assertNames(e);
    }
  }

  @TulipTest
  void placesAreRememberedWhenConnectionsRunShort() throws IOException {
    try (var servers = Servers.serving(request -> Response.text("ok"))) {
      try (var http = HttpSession.open(servers.options().withConnections(10, 10))) {
        for (int i = 0; i < 10; i++) {
          assertEquals(200, http.get("/").status().code());
        }
      }
      assertEquals(
          List.of(4, 6),
          List.of(
              (int) servers.errors.stream().filter(each -> each.exception() == null).count(),
              (int) servers.errors.stream().filter(each -> each.exception() != null).count()));
    }
  }
}
