// SPDX-License-Identifier: Apache-2.0
package tulip.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;
import tulip.core.Tulip;
import tulip.http.HttpServer;
import tulip.http.HttpServerOptions;
import tulip.http.HttpTimeouts;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.client.HttpSession;
import tulip.net.ListenOptions;
import tulip.net.Tcp;
import tulip.net.testing.RealProcess;

/// slowhttptest: a hundred clients that send heads or bodies, or take answers, as slowly as they
/// can. The others are served, and the slow ones lose their connections.
@Timeout(120)
class SlowClientsTest {
  private static final int SLOW = 100;
  private static final InetSocketAddress FREE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final HttpServerOptions OPTIONS =
      HttpServerOptions.DEFAULT.withTimeouts(
          new HttpTimeouts(PATIENCE, PATIENCE, PATIENCE, PATIENCE));
  private static final Bytes LARGE = Bytes.wrap(new byte[16 << 20]);

  @TempDir private Path folder;

  private static Response answer(Request request) throws Exception {
    return request.path().equals("/large")
        ? Response.bytes(LARGE)
        : Response.text("hello" + request.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-H -i 5 -u URL", // a field every 5 s
        "-B -i 5 -s 8192 -t POST -u URL", // a bit of the body every 5 s
        "-X -n 5 -z 32 -w 512 -y 1024 -u URLlarge" // takes 32 bytes every 5 s
      })
  void othersAreServedAndTheSlowAreNot(String attack) throws Exception {
    Tulip.run(() -> {
      var listener = Tcp.listen(FREE, ListenOptions.DEFAULT);
      try (var server = HttpServer.open(List.of(listener), OPTIONS, SlowClientsTest::answer)) {
        var url = "http://127.0.0.1:" + server.port() + "/";
        try (var slow = Tulip.blocking(() -> start(attack.replace("URL", url)))) {
          Tulip.timeout(Site.LIMIT, () -> visit(server, url));
          assertTrue(slow.isAlive() || Tulip.blocking(() -> hasLostAll(slow)), slow.output());
          assertFalse(slow.output().matches("(?s).*service available: *NO.*"), slow.output());
        }
      }
    });
  }

  private static boolean hasLostAll(RealProcess slow) throws IOException {
    return slow.end(Site.LIMIT) == 0 && slow.output().contains("No open connections left");
  }

  private RealProcess start(String arguments) throws IOException {
    var command = new ArrayList<>(List.of("slowhttptest", "-c", "" + SLOW, "-r", "" + 2 * SLOW));
    command.addAll(List.of("-l", "60"));
    command.addAll(List.of(arguments.split(" ", -1)));
    return RealProcess.start(folder, command);
  }

  private static void visit(HttpServer server, String url) throws IOException {
    while (server.connectionCount() < SLOW / 2) {
      Tulip.yield();
    }
    try (var http = HttpSession.open()) {
      var answers = Tulip.gather(Collections.nCopies(1000, url), each -> http.get(each).text());
      assertEquals(Collections.nCopies(1000, "hello"), answers);
    }
    while (server.connectionCount() > 0) {
      Tulip.yield(); // the slow ones hear of it much later
    }
  }
}
