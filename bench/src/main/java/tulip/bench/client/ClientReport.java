// SPDX-License-Identifier: Apache-2.0
package tulip.bench.client;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import tulip.bench.Figure;
import tulip.bench.Machine;
import tulip.bench.Run;
import tulip.bench.Table;

/// The figures of [ClientSuite] as tables.
final class ClientReport {
  private static final List<String> PEERS =
      List.of("tulip", "netty", "jdk", "aiohttp-uvloop", "aiohttp");

  private final List<Figure> figures;
  private final String netty;
  private final List<String> skipped;

  ClientReport(List<Figure> figures, String netty, List<String> skipped) {
    this.figures = figures;
    this.netty = netty;
    this.skipped = skipped;
  }

  String write(Run run) throws IOException {
    return """
    # HTTP: clients that ask the same nginx

    %s
    - Load average: %.1f after. Medians of the rounds, after warming up.
    - nginx on one processor, the client on the other; %d connections that are kept, one request at a
      time on each. `json`: 27 bytes; `page`: 10 KB.
    - tulip: `HttpSession.get` and `bytes` by as many tasks on one loop, with pool, cookie jar,
      redirections and all timeouts. netty: `HttpClientCodec` and an aggregator of %s on one event loop
      with epoll, and nothing around them: what a client on Netty could cost at best. jdk:
      `java.net.http.HttpClient` asked by virtual threads. aiohttp: a session, on uvloop and without.
    %s
    Processor time of the client for a request, in microseconds:

    %s
    Requests a second:

    %s\
    """
        .formatted(
            run.origin(),
            Machine.load(),
            Rounds.CONNECTIONS,
            netty,
            Run.leftOut(skipped),
            table(figure -> figure.cpu() / 1000, "%,.1f"),
            table(figure -> 1e9 / figure.wall(), "%,.0f"));
  }

  private Table table(ToDoubleFunction<Figure> value, String format) {
    var table = new Table("client", "json", "page");
    for (var peer : PEERS) {
      table.add(peer, cell(peer, "json", value, format), cell(peer, "page", value, format));
    }
    return table;
  }

  private String cell(String peer, String which, ToDoubleFunction<Figure> value, String format) {
    double median = Figure.median(figures, peer, which, value);
    return Double.isNaN(median) ? "" : String.format(Locale.ROOT, format, median);
  }
}
