// SPDX-License-Identifier: Apache-2.0
package tulip.it.browser;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.core.Tulip;
import tulip.http.JsonCodec;
import tulip.websocket.ConnectOptions;
import tulip.websocket.WebSocket;
import tulip.websocket.WebSocketOptions;
import tulip.websocket.protocol.WebSocketLimits;

/// One page of a browser, driven by commands (the DevTools protocol): JSON over a WebSocket.
final class Page implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final JsonCodec JSON = JsonCodec.provided();
  private static final ConnectOptions OPTIONS =
      ConnectOptions.DEFAULT.withSocket(
          WebSocketOptions.CLIENT.withLimits(WebSocketLimits.DEFAULT.withMessage(1 << 25)));

  private final WebSocket socket;
  private int commands;

  private Page(WebSocket socket) {
    this.socket = socket;
  }

  static Page open(String uri) throws IOException {
    var page = new Page(WebSocket.connect(URI.create(uri), OPTIONS));
    page.command("Page.enable", Map.of());
    return page;
  }

  /// Goes somewhere, and waits until all of it is there.
  void show(String url) throws IOException {
    command("Page.navigate", Map.of("url", url));
    await(message -> "Page.loadEventFired".equals(message.get("method")));
  }

  /// Runs a program in the page to its end, waiting for promises.
  ///
  /// @return its value
  /// @throws AssertionError if it throws
  @Nullable Object run(String program) throws IOException {
    var answer =
        command(
            "Runtime.evaluate",
            Map.of(
                "expression",
                "(async () => {" + program + "})()",
                "awaitPromise",
                true,
                "returnByValue",
                true));
    if (answer.containsKey("exceptionDetails")) {
      throw new AssertionError(answer.get("exceptionDetails"));
    }
    return member(answer, "result").get("value");
  }

  /// What it looks like, as a PNG.
  byte[] screenshot() throws IOException {
    var answer = command("Page.captureScreenshot", Map.of("format", "png"));
    return Base64.getDecoder().decode((String) Objects.requireNonNull(answer.get("data")));
  }

  private Map<?, ?> command(String method, Map<String, ?> parameters) throws IOException {
    int id = ++commands;
    var command = new HashMap<String, Object>();
    command.put("id", id);
    command.put("method", method);
    command.put("params", parameters);
    socket.send(JSON.encode(command).utf8());
    var answer = await(message -> Integer.valueOf(id).equals(message.get("id")));
    if (answer.containsKey("error")) {
      throw new IOException(method + ": " + answer.get("error"));
    }
    return member(answer, "result");
  }

  private static Map<?, ?> member(Map<?, ?> object, String name) {
    return (Map<?, ?>) Objects.requireNonNull(object.get(name));
  }

  private Map<?, ?> await(Predicate<Map<?, ?>> wanted) throws IOException {
    try {
      return Tulip.timeout(
          PATIENCE,
          () -> {
            var message = receive();
            while (!wanted.test(message)) {
              message = receive();
            }
            return message;
          });
    } catch (TimeoutException e) {
      throw new IOException("the browser does not answer", e);
    }
  }

  private Map<?, ?> receive() throws IOException {
    var text = Objects.requireNonNull(socket.receiveText(), "the browser has gone");
    try {
      return JSON.decode(Bytes.ofUtf8(text), Map.class);
    } catch (MalformedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
