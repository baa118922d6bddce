// SPDX-License-Identifier: Apache-2.0
package tulip.bench.web;

import io.activej.eventloop.Eventloop;
import io.activej.http.HttpHeaders;
import io.activej.http.HttpMethod;
import io.activej.http.HttpResponse;
import io.activej.http.HttpServer;
import io.activej.http.RoutingServlet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import tulip.bench.ServerProcess;

/// ActiveJ on one event loop, with its router.
final class ActivejSite {
  private ActivejSite() {}

  public static void main(String[] words) throws Exception {
    var loop = Eventloop.create();
    var routes =
        RoutingServlet.builder(loop)
            .with(
                HttpMethod.GET,
                "/json",
                _ ->
                    HttpResponse.ok200()
                        .withHeader(HttpHeaders.SERVER, "activej")
                        .withHeader(HttpHeaders.DATE, Site.date())
                        .withHeader(HttpHeaders.CONTENT_TYPE, Site.JSON_TYPE)
                        .withBody(Site.JSON)
                        .toPromise())
            .build();
    int port = ServerProcess.freePort();
    var server =
        HttpServer.builder(loop, routes)
            .withListenAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .build();
    server.listen();
    System.out.println(port);
    loop.run();
  }
}
