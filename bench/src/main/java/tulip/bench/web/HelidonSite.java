// SPDX-License-Identifier: Apache-2.0
package tulip.bench.web;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;

/// Helidon, a virtual thread a connection.
final class HelidonSite {
  private HelidonSite() {}

  public static void main(String[] words) {
    var server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .routing((HttpRouting.Builder routes) ->
                routes
                    .any((_, response) -> {
                      response.header(HeaderNames.SERVER, "helidon");
                      response.next();
                    })
                    .get(
                        "/json",
                        (_, response) -> {
                          response.header(HeaderValues.CONTENT_TYPE_JSON);
                          response.send(Site.JSON);
                        }))
            .build()
            .start();
    System.out.println(server.port());
  }
}
