// SPDX-License-Identifier: Apache-2.0
package tulip.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The server that clients are measured with, and servers beside.
public final class Nginx {
  private Nginx() {}

  /// Starts it, with 27 bytes of JSON at `/json` and the folder's files.
  public static ServerProcess start(Path folder) throws IOException, InterruptedException {
    int port = ServerProcess.freePort();
    Files.createDirectories(folder.resolve("t"));
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        daemon off; master_process off; pid nginx.pid; error_log stderr warn;
        events {}
        http {
          access_log off; keepalive_requests 1000000000; default_type application/json;
          sendfile on; tcp_nopush on;
          client_body_temp_path t; proxy_temp_path t; fastcgi_temp_path t; uwsgi_temp_path t;
          scgi_temp_path t;
          server {
            listen 127.0.0.1:%d;
            location / { root %s; }
            location /json { return 200 '{"message":"Hello, World!"}'; }
          }
        }
        """
            .formatted(port, folder));
    return ServerProcess.start(
        folder, port, List.of("/usr/sbin/nginx", "-p", folder.toString(), "-c", "nginx.conf"));
  }
}
