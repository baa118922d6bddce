// SPDX-License-Identifier: Apache-2.0
package tulip.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  private static final Duration PATIENCE = Duration.ofSeconds(1);
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
        "-H -i 3 -u URL", // a field every 3 s
        "-B -i 3 -s 8192 -t POST -u URL", // a bit of the body every 3 s
        "-X -n 3 -z 32 -w 512 -y 1024 -u URLlarge" // takes 32 bytes every 3 s
      })
  void othersAreServed(String attack) throws Exception {
    Tulip.run(() -> {
      var listener = Tcp.listen(FREE, ListenOptions.DEFAULT);
      try (var server = HttpServer.open(List.of(listener), OPTIONS, SlowClientsTest::answer);
          var http = HttpSession.open()) {
        var url = "http://127.0.0.1:" + server.port() + "/";
        var report = Tulip.createTask(() -> Tulip.blocking(() -> run(attack.replace("URL", url))));
        while (server.connectionCount() < SLOW / 2) {
          Tulip.yield();
        }
        var answers = Tulip.gather(Collections.nCopies(1000, url), each -> http.get(each).text());
        assertEquals(Collections.nCopies(1000, "hello"), answers);
        var ended = report.await();
        assertTrue(ended.contains("No open connections left"), ended);
        assertTrue(!ended.contains("service available:    NO"), ended);
      }
    });
  }

  private String run(String arguments) throws Exception {
    var command = new ArrayList<>(List.of("slowhttptest", "-c", "" + SLOW, "-r", "" + SLOW));
    command.addAll(List.of("-l", "60"));
    command.addAll(List.of(arguments.split(" ")));
    return RealProcess.run(folder, Site.LIMIT, command.toArray(String[]::new));
  }
}
