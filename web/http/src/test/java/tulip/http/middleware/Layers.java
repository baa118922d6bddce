// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

import java.util.concurrent.atomic.AtomicReference;
import tulip.bytes.Bytes;
import tulip.core.Tulip;
import tulip.http.Handler;
import tulip.http.HttpError;
import tulip.http.HttpServer;
import tulip.http.HttpServerOptions;
import tulip.http.Middleware;
import tulip.http.Response;
import tulip.http.protocol.Headers;
import tulip.net.ByteStream;

/// Asks a single layer, and shows its response as it comes out of it, whether returned or thrown.
final class Layers {
  private Layers() {}

  static Response ask(Middleware layer, Handler inside, String path, String... fields)
      throws Exception {
    return ask(layer, inside, "GET", path, Headers.of(fields));
  }

  static Response ask(Middleware layer, Handler inside, String method, String path, Headers headers)
      throws Exception {
    var seen = new AtomicReference<Response>();
    Handler handler =
        request -> {
          try {
            seen.set(layer.handle(request, inside));
          } catch (HttpError e) {
            seen.set(e.response());
          }
          return Response.text("seen");
        };
    var pair = ByteStream.pair();
    try (var client = pair.near();
        var server = pair.far()) {
      var serving =
          Tulip.createTask(
              () -> HttpServer.connections(HttpServerOptions.DEFAULT, handler).handle(server));
      client.write(method + " " + path + " HTTP/1.1\r\n");
      headers.forEach((name, value) -> write(client, name + ": " + value + "\r\n"));
      var host = headers.first("Host") == null ? "Host: h\r\n" : "";
      client.write(host + "Connection: close\r\n\r\n");
      client.readUntil(Bytes.ofAscii("\r\n\r\n"));
      serving.await();
    }
    return seen.get();
  }

  private static void write(ByteStream client, String line) {
    try {
      client.write(line);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
