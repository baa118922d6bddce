// SPDX-License-Identifier: Apache-2.0
package tulip.bench.web;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/// The server that comes with the JDK, on virtual threads.
final class JdkSite {
  private static final int BACKLOG = 4096;

  private JdkSite() {}

  public static void main(String[] words) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var server = HttpServer.create(address, BACKLOG);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    var json =
        server.createContext(
            "/json",
            exchange -> {
              var body = Site.JSON.getBytes(US_ASCII);
              exchange.getResponseHeaders().set("Content-Type", Site.JSON_TYPE);
              exchange.sendResponseHeaders(200, body.length);
              try (var out = exchange.getResponseBody()) {
                out.write(body);
              }
            });
    json.getFilters()
        .add(
            Filter.beforeHandler(
                "names the server",
                exchange -> exchange.getResponseHeaders().set("Server", "jdk")));
    server.start();
    System.out.println(server.getAddress().getPort());
  }
}
