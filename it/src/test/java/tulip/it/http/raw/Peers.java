// SPDX-License-Identifier: Apache-2.0
package tulip.it.http.raw;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import tulip.net.testing.RealServer;

/// Servers to compare ours with: aiohttp answers by itself; nginx and haproxy ask our server, so
/// that a request counts as taken when both have taken it.
final class Peers {
  private static final String AIOHTTP =
      """
      import sys
      from aiohttp import web

      async def answer(request):
          if request.path == "/end":
              return web.Response(status=410)
          return web.Response(body=await request.read())

      app = web.Application()
      app.router.add_route("*", "/{path:.*}", answer)
      web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)
      """;

  private Peers() {}

  static RealServer aiohttp() throws IOException {
    return RealServer.start(place -> List.of("/usr/bin/python3", "-c", AIOHTTP, place.portText()));
  }

  static RealServer nginx(int origin) throws IOException {
    return RealServer.start(place -> {
      var config =
          """
          daemon off; master_process off; pid nginx.pid; error_log stderr crit;
          events { worker_connections 4000; }
          http {
            access_log off;
            client_body_temp_path t; proxy_temp_path t; fastcgi_temp_path t; uwsgi_temp_path t;
            scgi_temp_path t;
            upstream origin { server 127.0.0.1:%d; keepalive 50; }
            server {
              listen 127.0.0.1:%d backlog=4000;
              location / {
                proxy_pass http://origin; proxy_http_version 1.1; proxy_set_header Connection "";
              }
            }
          }
          """
              .formatted(origin, place.port());
      Files.writeString(place.folder().resolve("n.conf"), config);
      return List.of("/usr/sbin/nginx", "-p", place.folder().toString(), "-c", "n.conf");
    });
  }

  static RealServer haproxy(int origin) throws IOException {
    return RealServer.start(place -> {
      var config =
          """
          global
            maxconn 4000
          defaults
            mode http
            timeout connect 20s
            timeout client 60s
            timeout server 60s
          frontend in
            bind 127.0.0.1:%d
            default_backend out
          backend out
            server s 127.0.0.1:%d
          """
              .formatted(place.port(), origin);
      Files.writeString(place.folder().resolve("h.cfg"), config);
      return List.of("/usr/sbin/haproxy", "-db", "-f", "h.cfg");
    });
  }
}
