// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.http.HttpError;
import tulip.http.HttpServer;
import tulip.http.HttpServerOptions;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.client.ClientOptions;
import tulip.http.client.ClientRequest;
import tulip.http.client.HttpSession;
import tulip.http.fields.Credentials.Login;
import tulip.http.fields.SetCookie;
import tulip.http.protocol.Headers;
import tulip.http.protocol.Status;
import tulip.net.ByteStream;
import tulip.testing.TulipTest;

/// WebSockets by way of an HTTP session, in memory.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class SessionConnectTest {
  private final List<String> seen = new ArrayList<>();

  private Response answer(Request request) throws Exception {
    seen.add(request.method() + " " + request.path());
    return switch (request.path()) {
      case "/in/echo" -> WebSocket.accept(request, SessionConnectTest::echo);
      case "/in/who" ->
          WebSocket.accept(
              request,
              AcceptOptions.DEFAULT.withSubprotocols("v2"),
              socket -> {
                var headers = socket.headers();
                socket.send(headers.first("Cookie") + " " + headers.first("Authorization"));
                socket.send(headers.first("X-Own") + " " + headers.first("User-Agent"));
                socket.send(socket.subprotocol() + " " + headers.first("Accept-Encoding"));
              });
      case "/in/login" -> Response.text("in").cookie(SetCookie.of("user", "ana"));
      case "/in/moved" -> Response.redirect("/in/echo");
      case "/in/text" -> Response.text("no WebSocket");
      case "/in/slow" -> {
        Tulip.sleep(Duration.ofHours(1));
        throw new HttpError(Status.NOT_FOUND);
      }
      default -> throw new HttpError(Status.NOT_FOUND);
    };
  }

  private static void echo(WebSocket socket) throws IOException {
    for (var message : socket) {
      socket.send(message);
    }
  }

  private ClientOptions options(TaskGroup group) {
    var connections = HttpServer.connections(HttpServerOptions.DEFAULT, this::answer);
    return ClientOptions.DEFAULT
        .withBaseUrl("http://h/in/")
        .withDialer((_, _) -> {
          var pair = ByteStream.pair();
          group.start(() -> {
            try (var stream = pair.far()) {
              connections.handle(stream);
            }
          });
          return pair.near();
        });
  }

  @TulipTest
  void theConnectionIsTheSocketsThen(TaskGroup group) throws IOException {
    try (var http = HttpSession.open(options(group))) {
      for (var url : List.of("echo", "/in/echo", "ws://h/in/echo", "http://h/in/echo")) {
        try (var socket = WebSocket.connect(http, url)) {
          assertEquals(0, http.connectionCount());
          socket.send("hello");
          assertEquals("hello", socket.receiveText());
        }
      }
    }
  }

  @TulipTest
  void hasWhatTheSessionHas(TaskGroup group) throws IOException {
    var options = options(group).withLogin(new Login("u", "p"));
    try (var http = HttpSession.open(options)) {
      http.get("login").skip();
      var request = ClientRequest.get("who");
      var more = Headers.of("X-Own", "yes");
      var connect = ConnectOptions.DEFAULT.withSubprotocols("v1", "v2").withHeaders(more);
      try (var socket = WebSocket.connect(http, request, connect)) {
        assertEquals("v2", socket.subprotocol());
        assertEquals("user=ana Basic dTpw", socket.receiveText());
        assertEquals("yes Tulip", socket.receiveText());
        assertEquals("v2 null", socket.receiveText());
        assertNull(socket.receiveText());
      }
    }
  }

  @TulipTest
  void followsRedirections(TaskGroup group) throws IOException {
    try (var http = HttpSession.open(options(group));
        var socket = WebSocket.connect(http, "moved")) {
      socket.send("there");
      assertEquals("there", socket.receiveText());
      assertEquals(List.of("GET /in/moved", "GET /in/echo"), seen);
    }
  }

  @TulipTest
  void whoSaysNoHasAnswered(TaskGroup group) throws IOException {
    try (var http = HttpSession.open(options(group).withRaising(true))) {
      var missing =
          assertThrows(
              WebSocketHandshakeException.class,
              () -> WebSocket.connect(http, "ws://user:secret@h/none"));
      assertEquals(404, missing.status().code());
      assertEquals(
          "no WebSocket at GET ws://h/none: the server answered 404 Not Found",
          missing.getMessage());
      var other =
          assertThrows(WebSocketHandshakeException.class, () -> WebSocket.connect(http, "text"));
      assertEquals(200, other.status().code());
      assertEquals(1, http.connectionCount()); // it was used again
    }
  }

  @TulipTest
  void takesNoLongerThanIsSaid(TaskGroup group) {
    var connect = ConnectOptions.DEFAULT.withTimeout(Duration.ofSeconds(3));
    try (var http = HttpSession.open(options(group))) {
      var late =
          assertThrows(
              SocketTimeoutException.class,
              () -> WebSocket.connect(http, ClientRequest.get("slow"), connect));
      assertEquals("no WebSocket at GET slow within PT3S", late.getMessage());
      assertEquals(0, http.connectionCount());
    }
  }

  @TulipTest
  void cancellationLeavesNothing(TaskGroup group) {
    try (var http = HttpSession.open(options(group))) {
      var connecting = Tulip.createTask(() -> WebSocket.connect(http, "slow"));
      Tulip.sleep(Duration.ofSeconds(1));
      connecting.cancel();
      assertThrows(CancellationException.class, connecting::await);
      assertEquals(0, http.connectionCount());
    }
  }

  @TulipTest
  void comesBackByTheSession(TaskGroup group) throws IOException {
    try (var http = HttpSession.open(options(group))) {
      var sockets = WebSocket.reconnecting("ws://h/in/echo").through(http).iterator();
      for (int i = 0; i < 3; i++) {
        try (var socket = sockets.next()) {
          socket.send("again");
          assertEquals("again", socket.receiveText());
        }
      }
      var refused = WebSocket.reconnecting("ws://h/none").through(http).iterator();
      assertThrows(UncheckedIOException.class, refused::next);
    }
  }
}
