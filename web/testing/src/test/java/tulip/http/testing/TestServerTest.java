// SPDX-License-Identifier: Apache-2.0
package tulip.http.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.Tulip;
import tulip.http.HttpServerOptions;
import tulip.http.Response;
import tulip.http.WebApp;
import tulip.http.client.ClientRequest;
import tulip.http.client.Payload;
import tulip.http.fields.SetCookie;
import tulip.http.protocol.Status;
import tulip.testing.TulipTest;
import tulip.websocket.WebSocket;

/// Servers under test.
@TulipTest
class TestServerTest {
  private final List<String> life = new ArrayList<>();

  private WebApp app() {
    var app = new WebApp();
    app.onStartup(() -> {
      life.add("begun");
      return () -> life.add("ended");
    });
    app.get("/", request -> Response.text("Hello from " + request.authority()));
    app.post("/echo", request -> Response.bytes(request.bytes()));
    app.get("/set", _ -> Response.text("").cookie(SetCookie.of("a", "b")));
    app.get("/cookie", request -> Response.text("" + request.cookie("a")));
    app.get(
        "/echo",
        request ->
            WebSocket.accept(
                request,
                socket -> {
                  socket.send("" + request.cookie("a"));
                  for (var message : socket) {
                    socket.send(message);
                  }
                }));
    app.get(
        "/slow",
        _ -> {
          Tulip.sleep(Duration.ofMinutes(4));
          return Response.text("at last");
        });
    return app;
  }

  private static void tryAll(TestServer server) throws Exception {
    assertTrue(server.get("/").text().startsWith("Hello from "));
    assertEquals("body", server.post("/echo", Payload.text("body")).text());
    server.get("/set").skip();
    assertEquals("b", server.get("/cookie").text());
    assertEquals(Status.NOT_FOUND, server.status("/none"));
    try (var socket = server.webSocket("/echo")) {
      assertEquals("b", socket.receiveText());
      socket.send("to and fro");
      assertEquals("to and fro", socket.receiveText());
    }
    assertEquals("", server.send(ClientRequest.head("/")).text());
    var numbers = IntStream.range(0, 50).mapToObj(Integer::toString).toList();
    assertEquals(
        numbers,
        Tulip.gather(numbers, number -> server.post("/echo", Payload.text(number)).text()));
  }

  @TulipTest
  void inMemory() throws Exception {
    try (var server = TestServer.open(app())) {
      tryAll(server);
      assertEquals("http://localhost/x", server.url("/x"));
      assertEquals("Hello from other.example", server.get("http://other.example/").text());
      assertEquals("at last", server.get("/slow").text());
    }
    assertEquals(List.of("begun", "ended"), life);
  }

  @TulipTest
  void atAPort() throws Exception {
    try (var server = TestServer.listen(app())) {
      tryAll(server);
      assertEquals("http://127.0.0.1:" + server.server().port() + "/x", server.url("/x"));
    }
    assertEquals(List.of("begun", "ended"), life);
  }

  @TulipTest
  void aHandlerAloneAndWhereItsClientComesFrom() throws Exception {
    try (var server = TestServer.open(request -> Response.text("" + request.remoteAddress()))) {
      assertEquals("localhost/127.0.0.1:49152", server.get("/").text());
    }
  }

  @TulipTest
  void optionsHold() throws Exception {
    var options = HttpServerOptions.DEFAULT;
    var small = options.withLimits(options.limits().withBody(3));
    try (var server = TestServer.open(request -> Response.text(request.text()), small)) {
      assertEquals("abc", server.post("/", Payload.text("abc")).text());
      try (var refused = server.post("/", Payload.text("abcd"))) {
        assertEquals(Status.CONTENT_TOO_LARGE, refused.status());
      }
    }
  }

  @TulipTest
  void failuresOfHandlersAreSeen() throws Exception {
    var errors = new ArrayList<ErrorContext>();
    EventLoop.current().setExceptionHandler(errors::add);
    try (var server =
        TestServer.open(_ -> {
          throw new IllegalStateException("as told");
        })) {
      assertEquals(Status.INTERNAL_SERVER_ERROR, server.status("/"));
    }
    assertEquals(1, errors.size());
  }

  @TulipTest
  void afterTheEndNobodyAnswers() throws Exception {
    var listener = new MemoryListener();
    var early = listener.connect();
    listener.close();
    assertThrows(IOException.class, listener::connect);
    assertThrows(IOException.class, listener::accept);
    assertEquals(null, early.read());
    early.close();
  }
}
