// SPDX-License-Identifier: Apache-2.0
package tulip.bench.web;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.util.Headers;
import java.net.InetSocketAddress;

/// Undertow with one I/O thread, answering on it.
final class UndertowSite {
  private UndertowSite() {}

  public static void main(String[] words) {
    var routes =
        Handlers.routing()
            .get(
                "/json",
                exchange -> {
                  exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, Site.JSON_TYPE);
                  exchange.getResponseSender().send(Site.JSON);
                });
    var server =
        Undertow.builder()
            .setIoThreads(1)
            .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
            .addHttpListener(0, "127.0.0.1")
            .setHandler(Handlers.header(routes, "Server", "undertow"))
            .build();
    server.start();
    var address = (InetSocketAddress) server.getListenerInfo().getFirst().getAddress();
    System.out.println(address.getPort());
  }
}
