// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import tulip.bytes.Bytes;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.Task;
import tulip.core.Tulip;
import tulip.net.ByteStream;

/// A client that sends raw bytes to a server in memory, and reads raw answers.
final class Talk implements AutoCloseable {
  private static final Bytes HEAD_END = Bytes.ofAscii("\r\n\r\n");

  final ByteStream client;
  final ByteStream server;
  final Task<?> serving;
  final List<ErrorContext> errors = new ArrayList<>();

  private Talk(HttpServerOptions options, Handler handler) {
    var pair = ByteStream.pair();
    client = pair.near();
    server = pair.far();
    EventLoop.current().setExceptionHandler(errors::add);
    var connections = HttpServer.connections(options, handler);
    serving =
        Tulip.createTask(() -> {
          try (server) {
            connections.handle(server);
          } catch (IOException e) {
            server.abort();
          }
        });
  }

  static Talk to(Handler handler) {
    return new Talk(HttpServerOptions.DEFAULT, handler);
  }

  static Talk to(HttpServerOptions options, Handler handler) {
    return new Talk(options, handler);
  }

  /// Sends lines, with their ends; the last line's is not added.
  Talk send(String text) throws IOException {
    client.write(text.replace("\n", "\r\n"));
    return this;
  }

  /// A GET with nothing to say.
  Talk get(String path) throws IOException {
    return send("GET " + path + " HTTP/1.1\nHost: h\n\n");
  }

  /// The next response: its head without Date, and its body if that has a length.
  String answer() throws IOException {
    var head = head();
    int at = head.indexOf("Content-Length: ");
    int length = at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf('\n', at)));
    return head + client.readExactly(length).utf8();
  }

  /// The next head, without Date.
  String head() throws IOException {
    var head = client.readUntil(HEAD_END).latin1().replace("\r\n", "\n");
    return head.replaceFirst("(?m)^Date: .*\n", "");
  }

  /// Everything to the end, without Dates.
  String rest() throws IOException {
    var text = client.readAll(1 << 24).latin1().replace("\r\n", "\n");
    return text.replaceAll("(?m)^Date: .*\n", "");
  }

  /// Waits until the server is through with the connection.
  void ended() {
    serving.await();
  }

  @Override
  public void close() {
    client.abort();
    serving.cancel();
    try {
      serving.await();
    } catch (CancellationException _) {
      // as asked
    }
  }
}
