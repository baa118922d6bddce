// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.http.HttpError;
import tulip.http.HttpServer;
import tulip.http.protocol.Status;
import tulip.net.Attribute;
import tulip.net.ListenOptions;
import tulip.net.Listener;
import tulip.net.Tcp;
import tulip.pool.Backoff;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;
import tulip.websocket.protocol.CloseStatus;
import tulip.websocket.protocol.PreparedMessage;

/// Servers and clients over TCP.
@TulipTest(
    clock = Clock.REAL,
    engine = {Engine.CARRIER, Engine.BATON})
class WebSocketServerTest {
  private static final Backoff QUICK =
      Backoff.DEFAULT.withDelays(Duration.ofMillis(1), Duration.ofMillis(5), 2);

  private static Listener listen() throws IOException {
    return Tcp.listen(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), ListenOptions.DEFAULT);
  }

  private static void echo(WebSocket socket) throws IOException {
    for (var message : socket) {
      socket.send(message);
    }
  }

  private static String uri(int port) {
    return "ws://127.0.0.1:" + port;
  }

  @TulipTest
  void manyClientsAtOnce() throws IOException {
    try (var server = WebSocketServer.open(listen(), WebSocketServerTest::echo)) {
      var numbers = new ArrayList<Integer>();
      for (int i = 0; i < 50; i++) {
        numbers.add(i);
      }
      var answers =
          Tulip.gather(
              numbers,
              i -> {
                try (var socket = WebSocket.connect(uri(server.port()))) {
                  socket.send("number " + i);
                  socket.send("x".repeat(3000 * i));
                  assertEquals("number " + i, socket.receiveText());
                  assertEquals("x".repeat(3000 * i), socket.receiveText());
                  return i;
                }
              });
      assertEquals(numbers, answers);
    }
  }

  @TulipTest
  void aBroadcastToAllSockets() throws IOException {
    try (var server = WebSocketServer.open(listen(), WebSocket::awaitClosed)) {
      var clients = new ArrayList<WebSocket>();
      for (int i = 0; i < 10; i++) {
        clients.add(WebSocket.connect(uri(server.port())));
      }
      while (server.sockets().size() < 10) {
        Tulip.yield();
      }
      var news = PreparedMessage.text("news ".repeat(100));
      assertEquals(10, Broadcast.send(news, server.sockets(), Broadcast.SlowPeers.CLOSE));
      for (var client : clients) {
        assertEquals("news ".repeat(100), client.receiveText());
        assertEquals(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
            client.attribute(Attribute.REMOTE_ADDRESS));
        client.close();
      }
    }
  }

  @TulipTest
  void aServerThatEndsClosesItsSockets() throws IOException {
    WebSocket client;
    try (var server = WebSocketServer.open(listen(), WebSocketServerTest::echo)) {
      client = WebSocket.connect(uri(server.port()));
      client.send("x");
      assertEquals("x", client.receiveText());
      Tulip.createTask(() -> {
        assertNull(client.receive());
        assertEquals(CloseStatus.GOING_AWAY, client.closeStatus());
        client.close();
      });
    }
    client.awaitClosed();
    assertFalse(client.isOpen());
  }

  @TulipTest
  void nothingElseIsServed() throws IOException {
    try (var server = WebSocketServer.open(listen(), WebSocketServerTest::echo);
        var stream = Tcp.connect("127.0.0.1", server.port())) {
      stream.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
      assertEquals("HTTP/1.1 426 Upgrade Required", stream.readLine());
    }
  }

  @TulipTest
  void aClientThatComesBack() throws IOException {
    int[] served = {0};
    try (var server =
        WebSocketServer.open(
            listen(),
            socket -> {
              socket.send("visit " + ++served[0]);
              if (served[0] == 2) {
                Tulip.sleep(Duration.ofMillis(1)); // for the message to leave
                socket.abort();
              }
            })) {
      var seen = new ArrayList<String>();
      for (var socket : WebSocket.reconnecting(uri(server.port())).with(QUICK)) {
        try (socket) {
          socket.forEach(message -> seen.add(message.toString()));
        } catch (UncheckedIOException e) {
          seen.add("broken");
        }
        if (served[0] == 3) {
          break;
        }
      }
      assertEquals("Text[text=visit 1]", seen.getFirst());
      assertEquals("Text[text=visit 3]", seen.getLast());
      assertTrue(seen.contains("broken"), seen.toString());
    }
  }

  @TulipTest
  void itTriesAgainUntilTheServerIsWell() throws IOException {
    int[] asked = {0};
    try (var server =
        HttpServer.open(
            listen(),
            request -> {
              if (++asked[0] < 4) {
                throw new HttpError(Status.SERVICE_UNAVAILABLE);
              }
              return WebSocket.accept(request, WebSocketServerTest::echo);
            })) {
      var sockets = WebSocket.reconnecting(uri(server.port())).with(QUICK).iterator();
      try (var socket = sockets.next()) {
        socket.send("at last");
        assertEquals("at last", socket.receiveText());
      }
      assertEquals(4, asked[0]);
    }
  }

  @TulipTest
  void itGivesUpWhenTheServerRefuses() throws IOException {
    try (var server =
        HttpServer.open(
            listen(),
            _ -> {
              throw new HttpError(Status.FORBIDDEN);
            })) {
      var sockets = WebSocket.reconnecting(uri(server.port())).with(QUICK).iterator();
      var end = assertThrows(UncheckedIOException.class, sockets::next);
      assertInstanceOf(WebSocketHandshakeException.class, end.getCause());
    }
  }

  @TulipTest
  void itGivesUpWhenTheBackoffSaysSo() throws IOException {
    int port;
    try (var listener = listen()) {
      port = listener.port();
    }
    var sockets = Reconnecting.to(URI.create(uri(port))).with(QUICK.withMaxAttempts(3)).iterator();
    var end = assertThrows(UncheckedIOException.class, sockets::next);
    assertEquals(2, end.getSuppressed().length);
  }
}
