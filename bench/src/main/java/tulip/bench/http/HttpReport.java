// SPDX-License-Identifier: Apache-2.0
package tulip.bench.http;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import tulip.bench.Figure;
import tulip.bench.Jmh;
import tulip.bench.Machine;
import tulip.bench.Run;
import tulip.bench.Table;

/// The figures of [HttpSuite] as a table.
final class HttpReport {
  private static final Map<String, String> CASES =
      Map.of(
          "shortExchange", "request of wrk, 44 bytes; response of JSON",
          "browserExchange", "request of a browser, 15 fields; response of JSON");

  private final List<Figure> figures;
  private final String netty;

  HttpReport(List<Figure> figures, String netty) {
    this.figures = figures;
    this.netty = netty;
  }

  String write(Run run) throws IOException {
    var table = new Table("exchange", "tulip ns", "netty ns", "tulip bytes", "netty bytes");
    for (var which : List.of("shortExchange", "browserExchange")) {
      table.add(
          CASES.get(which),
          cell(which, "tulip", Figure::cpu),
          cell(which, "netty", Figure::cpu),
          cell(which, "tulip", figure -> figure.get("bytes")),
          cell(which, "netty", figure -> figure.get("bytes")));
    }
    return """
    # HTTP: the protocol alone, beside Netty's

    %s
    - Load average: %.1f after. JMH: %s; medians.
    - One kept connection in memory, no I/O: receive a request, send a response whose fields are put
      together for it. tulip: `ServerConnection`; netty: `HttpServerCodec` %s in an `EmbeddedChannel`,
      whose pipeline is part of the figure.

    Processor time and allocated bytes an exchange:

    %s\
    """
        .formatted(run.origin(), Machine.load(), Jmh.settings(run.quick()), netty, table);
  }

  private String cell(String which, String peer, ToDoubleFunction<Figure> column) {
    return figures.stream()
        .filter(figure -> figure.name().equals(which) && figure.peer().equals(peer))
        .map(figure -> String.format(Locale.ROOT, "%,.0f", column.applyAsDouble(figure)))
        .findFirst()
        .orElse("");
  }
}
