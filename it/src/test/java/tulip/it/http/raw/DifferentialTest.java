// SPDX-License-Identifier: Apache-2.0
package tulip.it.http.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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

  /// A server, and what it makes of the cases, by their names.
  private record Views(String server, Map<String, String> seen) {
    static Views of(String server, int port) throws IOException {
      var seen = new TreeMap<String, String>();
      Tulip.gather(cases(), each -> seen.put(each.name(), Exchange.outcome(port, each)));
      return new Views(server, seen);
    }

    /// Where it sees something else, by server and case.
    Map<String, String> besides(Views ours) {
      var different = new TreeMap<String, String>();
      seen.forEach((name, what) -> {
        if (!what.equals(ours.seen.get(name))) {
          different.put(server + ": " + name, what);
        }
      });
      return different;
    }
  }

  /// Ours first.
  private static List<Views> askAll() throws Exception {
    return Tulip.run(() -> {
      try (var ours = HttpServer.open(Tcp.listen(FREE, ListenOptions.DEFAULT), x -> answer(x));
          var nginx = Tulip.blocking(() -> Peers.nginx(ours.port()));
          var haproxy = Tulip.blocking(() -> Peers.haproxy(ours.port()));
          var aiohttp = Tulip.blocking(Peers::aiohttp)) {
        return Tulip.gather(
            () -> Views.of("tulip", ours.port()),
            () -> Views.of("nginx", nginx.port()),
            () -> Views.of("haproxy", haproxy.port()),
            () -> Views.of("aiohttp", aiohttp.port()));
      }
    });
  }

  @Test
  @Timeout(120)
  void everyDifferenceIsExplained() throws Exception {
    var all = askAll();
    var ours = all.getFirst();
    assertEquals(cases().size(), ours.seen().size(), "names that come twice");
    var differences = new TreeMap<String, String>();
    all.forEach(each -> differences.putAll(each.besides(ours)));
    assertEquals(lines(Differences.explained()), lines(differences));
  }

  private static String lines(Map<String, String> map) {
    var lines = new StringBuilder();
    map.forEach((key, value) -> lines.append(key).append(" = ").append(value).append('\n'));
    return lines.toString();
  }
}
