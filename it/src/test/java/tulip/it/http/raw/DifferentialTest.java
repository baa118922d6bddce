// SPDX-License-Identifier: Apache-2.0
package tulip.it.http.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tulip.core.Tulip;
import tulip.http.HttpServer;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.protocol.Status;
import tulip.http.raw.RawCase;
import tulip.http.raw.RawTable;
import tulip.net.ListenOptions;
import tulip.net.Tcp;

/// The same bytes to our server, to nginx and haproxy before it, and to aiohttp: whatever another
/// one makes something else of must be explained in `differences.txt`.
class DifferentialTest {
  private static final InetSocketAddress FREE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private static List<RawCase> cases() {
    return Stream.of(RawTable.probe(), RawTable.advisories(), Variants.all())
        .flatMap(List::stream)
        .toList();
  }

  private static Response answer(Request request) throws IOException {
    return request.path().equals(Exchange.END)
        ? Response.empty(Status.GONE)
        : Response.bytes(request.bytes());
  }

  /// By the name of the server: by the name of the case, what became of it.
  private static Map<String, Map<String, String>> askAll() throws Exception {
    return Tulip.run(() -> {
      try (var ours = HttpServer.open(Tcp.listen(FREE, ListenOptions.DEFAULT), x -> answer(x));
          var nginx = Tulip.blocking(() -> Peers.nginx(ours.port()));
          var haproxy = Tulip.blocking(() -> Peers.haproxy(ours.port()));
          var aiohttp = Tulip.blocking(Peers::aiohttp)) {
        var ports = new LinkedHashMap<String, Integer>();
        ports.put("tulip", ours.port());
        ports.put("nginx", nginx.port());
        ports.put("haproxy", haproxy.port());
        ports.put("aiohttp", aiohttp.port());
        var seen = new TreeMap<String, Map<String, String>>();
        Tulip.gather(ports.keySet(), name -> seen.put(name, ask(ports.get(name))));
        return seen;
      }
    });
  }

  private static Map<String, String> ask(int port) throws IOException {
    var seen = new TreeMap<String, String>();
    Tulip.gather(cases(), each -> seen.put(each.name(), Exchange.outcome(port, each)));
    return seen;
  }

  @Test
  @Timeout(120)
  void everyDifferenceIsExplained() throws Exception {
    var seen = askAll();
    var ours = seen.remove("tulip");
    var differences = new TreeMap<String, String>();
    seen.forEach((server, answers) ->
        answers.forEach((name, answer) -> {
          if (!answer.equals(ours.get(name))) {
            differences.put(server + ": " + name, answer);
          }
        }));
    assertTrue(ours.size() > 400, ours.size() + " cases");
    assertEquals(lines(Differences.explained()), lines(differences));
  }

  private static String lines(Map<String, String> map) {
    var lines = new StringBuilder();
    map.forEach((key, value) -> lines.append(key).append(" = ").append(value).append('\n'));
    return lines.toString();
  }
}
