// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tulip.bytes.Bytes;
import tulip.core.Cancelled;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.Scope;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.http.Handler;
import tulip.http.HttpServer;
import tulip.http.HttpServerOptions;
import tulip.http.Response;
import tulip.http.protocol.Headers;
import tulip.net.ByteStream;
import tulip.testing.TulipTest;
import tulip.websocket.protocol.CloseStatus;
import tulip.websocket.protocol.Frames;

/// WebSockets as answers of an HTTP server, in memory.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class AcceptTest {
  private static final Bytes HEAD_END = Bytes.ofAscii("\r\n\r\n");
  private static final String REQUEST =
      """
      GET /chat HTTP/1.1
      Host: example.com
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
      Sec-WebSocket-Version: 13
      """;

  private static void echo(WebSocket socket) throws IOException {
    for (var message : socket) {
      socket.send(message);
    }
  }

  private static ByteStream serve(TaskGroup group, HttpServerOptions options, Handler handler) {
    var pair = ByteStream.pair();
    var connections = HttpServer.connections(options, handler);
    group.start(() -> {
      try (var stream = pair.far()) {
        connections.handle(stream);
      } catch (IOException e) {
        pair.far().abort();
      }
    });
    return pair.near();
  }

  private static ByteStream serve(TaskGroup group, Handler handler) {
    return serve(group, HttpServerOptions.DEFAULT, handler);
  }

  private static WebSocket connect(ByteStream stream, ConnectOptions options) throws IOException {
    return WebSocket.over(stream, URI.create("ws://example.com/chat?room=1"), options);
  }

  private static WebSocket connect(ByteStream stream) throws IOException {
    return connect(stream, ConnectOptions.DEFAULT);
  }

  @TulipTest
  void aRequestBecomesASocket(TaskGroup group) throws IOException {
    var stream =
        serve(
            group,
            request -> {
              assertEquals("1", request.query("room"));
              return WebSocket.accept(request, AcceptTest::echo).header("X-Seen", "yes");
            });
    try (var socket = connect(stream)) {
      assertEquals("yes", socket.headers().first("X-Seen"));
      assertNull(socket.subprotocol());
      socket.send("hello");
      assertEquals("hello", socket.receiveText());
      socket.close(CloseStatus.NORMAL);
      assertEquals(CloseStatus.NORMAL, socket.closeStatus());
    }
  }

  @TulipTest
  void whatTheClientSendsWithItsRequestIsNotLost(TaskGroup group) throws Exception {
    var stream = serve(group, request -> WebSocket.accept(request, AcceptTest::echo));
    stream.write(REQUEST.replace("\n", "\r\n") + "\r\n");
    stream.write(Frames.masked(Frames.TEXT, "early"));
    var head = stream.readUntil(HEAD_END).latin1();
    assertTrue(head.startsWith("HTTP/1.1 101 Switching Protocols\r\n"), head);
    assertTrue(head.contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"), head);
    assertTrue(head.contains("\r\nUpgrade: websocket\r\nS"), head);
    assertTrue(head.toLowerCase(Locale.ROOT).contains("\r\nconnection: upgrade\r\n"));
    assertEquals(Bytes.wrap(Frames.plain(Frames.TEXT, "early")), stream.readExactly(7));
    stream.abort();
  }

  @TulipTest
  void requestsBeforeItOnTheSameConnection(TaskGroup group) throws IOException {
    var stream =
        serve(
            group,
            HttpServerOptions.DEFAULT.withCancelAbandoned(true),
            request ->
                request.path().equals("/chat")
                    ? WebSocket.accept(request, AcceptTest::echo)
                    : Response.text("first"));
    stream.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    assertTrue(stream.readUntil(Bytes.ofAscii("first")).latin1().startsWith("HTTP/1.1 200 OK"));
    try (var socket = connect(stream)) {
      socket.send("then");
      assertEquals("then", socket.receiveText());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /chat HTTP/1.1;Host: example.com | 426 | Upgrade: websocket",
        "GET /chat HTTP/1.0 | 426 | Upgrade: websocket",
        "POST | 405 | Allow: GET",
        "Version: 13;Version: 8 | 426 | Sec-WebSocket-Version: 13",
        "Key: dGhl;Key: | 400 | Sec-WebSocket-Key",
        "Origin: http://evil.com | 403 | origin",
        "Origin: http://example.com:81 | 403 | origin",
        "Origin: https://example.com:80 | 403 | origin",
        "Origin: ftp://example.com | 403 | origin",
        "Origin: null | 403 | origin",
        "Origin: http://example.com | 101 | Accept",
        "Origin: HTTP://EXAMPLE.com:80 | 101 | Accept",
        "Origin: https://example.com | 101 | Accept"
      })
  @TulipTest(engine = Engine.CARRIER)
  void whoMayConnect(String change, int status, String words, TaskGroup group) throws IOException {
    var stream = serve(group, request -> WebSocket.accept(request, AcceptTest::echo));
    stream.write(changed(change).replace("\n", "\r\n") + "Connection: close\r\n\r\n");
    var head = stream.readUntil(HEAD_END).latin1();
    assertTrue(head.startsWith("HTTP/1.1 " + status + " "), head);
    var rest = status == 101 ? "" : stream.readAll(1000).latin1();
    assertTrue((head + rest).contains(words), head + rest);
    stream.abort();
  }

  private static String changed(String change) {
    if (change.startsWith("GET")) {
      return change.replace(';', '\n') + "\n";
    }
    if (change.startsWith("Origin")) {
      return REQUEST + change + "\n";
    }
    int semicolon = change.indexOf(';');
    return semicolon < 0
        ? REQUEST.replace("GET", change)
        : REQUEST.replace(change.substring(0, semicolon), change.substring(semicolon + 1));
  }

  @TulipTest
  void otherOrigins(TaskGroup group) throws IOException {
    var page = Headers.of("Origin", "https://partner.com");
    var options = ConnectOptions.DEFAULT.withHeaders(page);
    for (var origins :
        List.of(Origins.of("https://Partner.com"), Origins.of("https://*.com"), Origins.ANY)) {
      var accept = AcceptOptions.DEFAULT.withOrigins(origins);
      var stream = serve(group, request -> WebSocket.accept(request, accept, AcceptTest::echo));
      connect(stream, options).close();
    }
    var stream = serve(group, request -> WebSocket.accept(request, AcceptTest::echo));
    var refusal = assertThrows(WebSocketHandshakeException.class, () -> connect(stream, options));
    assertEquals(403, refusal.status().code());
  }

  @TulipTest
  void subprotocols(TaskGroup group) throws IOException {
    var accept = AcceptOptions.DEFAULT.withSubprotocols("v2", "v1");
    var stream =
        serve(
            group,
            request ->
                WebSocket.accept(
                    request, accept, socket -> socket.send("" + socket.subprotocol())));
    try (var socket = connect(stream, ConnectOptions.DEFAULT.withSubprotocols("v1", "v0"))) {
      assertEquals("v1", socket.subprotocol());
      assertEquals("v1", socket.receiveText());
      assertNull(socket.receive());
    }
  }

  @TulipTest
  void aHandlerThatFailsIsReportedAndTheClientIsTold(TaskGroup group) throws IOException {
    var errors = new ArrayList<ErrorContext>();
    EventLoop.current().setExceptionHandler(errors::add);
    var stream =
        serve(
            group,
            request ->
                WebSocket.accept(
                    request,
                    socket -> {
                      throw new IllegalStateException("oops");
                    }));
    try (var socket = connect(stream)) {
      var end = assertThrows(WebSocketClosedException.class, () -> socket.receive());
      assertEquals(1011, end.status().code());
    }
    assertEquals(1, errors.size());
    assertTrue(String.valueOf(errors.getFirst().exception()).endsWith("oops"));
  }

  @TulipTest
  void aClientThatGoesAwayIsNobodysFault(TaskGroup group) throws IOException {
    var errors = new ArrayList<ErrorContext>();
    EventLoop.current().setExceptionHandler(errors::add);
    var stream = serve(group, request -> WebSocket.accept(request, AcceptTest::echo));
    connect(stream).abort();
    Tulip.sleep(Duration.ofSeconds(2));
    var other = serve(group, request -> WebSocket.accept(request, AcceptTest::echo));
    other.write(REQUEST.replace("\n", "\r\n") + "\r\n");
    other.readUntil(HEAD_END);
    other.closeOutput();
    assertNull(other.read()); // no close frame for who will not answer it
    other.abort();
    assertEquals(List.of(), errors);
  }

  @TulipTest
  void aHandlerThatIsCancelledSaysThatItGoesAway(TaskGroup group) throws IOException {
    var pair = ByteStream.pair();
    var scope = new Scope();
    var connections =
        HttpServer.connections(
            HttpServerOptions.DEFAULT,
            request ->
                WebSocket.accept(
                    request,
                    socket -> {
                      try {
                        Tulip.sleepForever();
                      } catch (Cancelled e) {
                        assertTrue(socket.isOpen());
                        throw e;
                      }
                    }));
    var serving = group.start(() -> scope.run(() -> connections.handle(pair.far())));
    try (var socket = connect(pair.near())) {
      scope.cancel();
      serving.await();
      assertNull(socket.receive());
      assertEquals(CloseStatus.GOING_AWAY, socket.closeStatus());
    }
  }

  @TulipTest
  void compressionIsAgreedOn(TaskGroup group) throws IOException {
    var stream = serve(group, request -> WebSocket.accept(request, AcceptTest::echo));
    try (var socket = connect(stream)) {
      assertEquals(
          "permessage-deflate; client_max_window_bits=12",
          socket.headers().first("Sec-WebSocket-Extensions"));
      for (int i = 0; i < 10; i++) {
        var text = i + " again and again".repeat(1000);
        socket.send(text);
        assertEquals(text, socket.receiveText());
      }
    }
  }
}
