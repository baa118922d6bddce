// SPDX-License-Identifier: Apache-2.0
package tulip.bench.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The server that all clients ask, on the first processor; they have the second.
final class Nginx implements AutoCloseable {
  private static final int ATTEMPTS = 100;

  private final Process process;
  private final int port;

  private Nginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Starts it, with answers of 27 bytes at `/json` and of 10 KB at `/page`.
  static Nginx start(Path folder) throws IOException, InterruptedException {
    int port = freePort();
    Files.createDirectories(folder.resolve("t"));
    Files.writeString(folder.resolve("page"), "x".repeat(10_000));
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        daemon off; master_process off; pid nginx.pid; error_log stderr warn;
        events {}
        http {
          access_log off; keepalive_requests 1000000000; default_type application/json;
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
    var command =
        List.of(
            "taskset", "-c", "0", "/usr/sbin/nginx", "-p", folder.toString(), "-c", "nginx.conf");
    var process = new ProcessBuilder(command).inheritIO().start();
    awaitPort(process, port);
    return new Nginx(process, port);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitPort(Process process, int port)
      throws IOException, InterruptedException {
    for (int i = 0; i < ATTEMPTS; i++) {
      try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
          throw new IOException("nginx has ended", e);
        }
      }
    }
    process.destroyForcibly();
    throw new IOException("nginx does not listen");
  }

  String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
