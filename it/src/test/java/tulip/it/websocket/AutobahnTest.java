// SPDX-License-Identifier: Apache-2.0
package tulip.it.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tulip.core.Tulip;
import tulip.http.HttpServerOptions;
import tulip.net.ListenOptions;
import tulip.net.Tcp;
import tulip.net.testing.RealProcess;
import tulip.net.testing.RealServer;
import tulip.websocket.AcceptOptions;
import tulip.websocket.ConnectOptions;
import tulip.websocket.WebSocket;
import tulip.websocket.WebSocketClosedException;
import tulip.websocket.WebSocketOptions;
import tulip.websocket.WebSocketServer;
import tulip.websocket.protocol.WebSocketLimits;

/// Every case of Autobahn's suite, in both roles: OK, and three that only inform.
class AutobahnTest {
  private static final WebSocketOptions OPTIONS =
      WebSocketOptions.SERVER.withLimits(
          WebSocketLimits.DEFAULT.withMessage(1 << 25).withFragments(1 << 20));
  private static final InetSocketAddress FREE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @TempDir private Path folder;

  private static void echo(WebSocket socket) throws IOException {
    for (var message : socket) {
      socket.send(message);
    }
  }

  // ---- our server ----

  private Map<String, String> server(String cases, Duration limit) throws Exception {
    Tulip.run(() -> {
      var listeners = List.of(Tcp.listen(FREE, ListenOptions.DEFAULT));
      var accept = AcceptOptions.DEFAULT.withSocket(OPTIONS);
      try (var server =
          WebSocketServer.open(listeners, HttpServerOptions.DEFAULT, accept, AutobahnTest::echo)) {
        var command = Autobahn.client("ws://127.0.0.1:" + server.port(), cases, folder);
        Tulip.blocking(() -> RealProcess.run(folder, limit, command.toArray(new String[0])));
      }
    });
    return Autobahn.results(folder);
  }

  @Test
  @Timeout(200)
  void theServer() throws Exception {
    assertEquals(expected(247), summary(server(Autobahn.SHORT, Duration.ofMinutes(3))));
  }

  @Test
  @Timeout(1000)
  @Tag("long")
  void theServerWithLargeMessages() throws Exception {
    assertEquals(Map.of("OK", 54), summary(server(Autobahn.LONG, Duration.ofMinutes(15))));
  }

  // ---- our client ----

  private Map<String, String> client(String cases, Duration limit) throws Exception {
    int webPort = RealServer.freePort();
    try (var server =
        RealServer.start(
            place -> Autobahn.server("ws://127.0.0.1:" + place.port(), webPort, cases, folder),
            RealServer::accepts,
            Duration.ofSeconds(90))) {
      var suite = "ws://127.0.0.1:" + server.port();
      Tulip.run(() -> Tulip.timeout(limit, () -> runCases(suite)));
    }
    return Autobahn.results(folder);
  }

  private static void runCases(String suite) throws IOException {
    int count;
    try (var socket = WebSocket.connect(suite + "/getCaseCount")) {
      count = Integer.parseInt(String.valueOf(socket.receiveText()));
    }
    var options = ConnectOptions.DEFAULT.withSocket(OPTIONS.withDeflate(null)); // it knows a draft
    for (int i = 1; i <= count; i++) {
      var place = URI.create(suite + "/runCase?case=" + i + "&agent=" + Autobahn.AGENT);
      try (var socket = WebSocket.connect(place, options)) {
        runCase(socket);
      }
    }
    try (var socket = WebSocket.connect(suite + "/updateReports?agent=" + Autobahn.AGENT)) {
      socket.awaitClosed();
    }
  }

  /// Many cases end in a way that is an error, as they should.
  private static void runCase(WebSocket socket) throws IOException {
    try {
      for (var message = socket.receive(); message != null; message = socket.receive()) {
        socket.send(message);
      }
    } catch (WebSocketClosedException e) {
      System.getLogger("tulip.it").log(System.Logger.Level.DEBUG, "a case has ended", e);
    }
  }

  @Test
  @Timeout(200)
  void theClient() throws Exception {
    assertEquals(expected(247), summary(client(Autobahn.SHORT, Duration.ofSeconds(150))));
  }

  @Test
  @Timeout(1000)
  @Tag("long")
  void theClientWithLargeMessages() throws Exception {
    assertEquals(Map.of("OK", 54), summary(client(Autobahn.LONG, Duration.ofMinutes(15))));
  }

  // ---- the outcome ----

  /// 7.1.6 closes behind a large message, 7.13.1 and 7.13.2 with codes beyond 4999: whatever is
  /// done then, the suite only tells of it.
  private static Map<String, Integer> expected(int cases) {
    return Map.of(
        "OK",
        cases - 3,
        "7.1.6 INFORMATIONAL",
        1,
        "7.13.1 INFORMATIONAL",
        1,
        "7.13.2 INFORMATIONAL",
        1);
  }

  /// How many are OK, and which are not.
  private static Map<String, Integer> summary(Map<String, String> results) {
    var summary = new TreeMap<String, Integer>();
    results.forEach((id, behaviour) ->
        summary.merge(behaviour.equals("OK") ? "OK" : id + " " + behaviour, 1, Integer::sum));
    return summary;
  }
}
