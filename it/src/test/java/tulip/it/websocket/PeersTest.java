// SPDX-License-Identifier: Apache-2.0
package tulip.it.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;
import tulip.core.Tulip;
import tulip.http.HttpServerOptions;
import tulip.net.ListenOptions;
import tulip.net.Tcp;
import tulip.net.testing.RealProcess;
import tulip.net.testing.RealServer;
import tulip.websocket.AcceptOptions;
import tulip.websocket.ConnectOptions;
import tulip.websocket.Message;
import tulip.websocket.WebSocket;
import tulip.websocket.WebSocketClosedException;
import tulip.websocket.WebSocketOptions;
import tulip.websocket.WebSocketServer;
import tulip.websocket.protocol.CloseStatus;
import tulip.websocket.protocol.DeflateOptions;
import tulip.websocket.protocol.WebSocketLimits;

/// Both roles against python3-websockets, aiohttp, Tornado, and Node's ws and undici.
@Timeout(120)
class PeersTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final InetSocketAddress FREE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final WebSocketOptions LARGE =
      WebSocketOptions.SERVER.withLimits(WebSocketLimits.DEFAULT.withMessage(1 << 24));

  @TempDir private Path folder;

  // ---- their clients ----

  private static void echo(WebSocket socket) throws IOException {
    for (var message : socket) {
      if (message.equals(Message.of("close"))) {
        socket.close(new CloseStatus(4001, "as you say"));
      } else {
        socket.send(message);
      }
    }
  }

  /// Runs a client against our server.
  ///
  /// @return what it has printed
  private String client(String... command) throws Exception {
    var options = AcceptOptions.DEFAULT.withSocket(LARGE).withSubprotocols("a");
    return Tulip.run(() -> {
      var listeners = List.of(Tcp.listen(FREE, ListenOptions.DEFAULT));
      try (var server =
          WebSocketServer.open(listeners, HttpServerOptions.DEFAULT, options, PeersTest::echo)) {
        var words = new ArrayList<String>();
        for (var word : command) {
          words.add(word.replace("URI", "ws://127.0.0.1:" + server.port() + "/"));
        }
        return Tulip.blocking(() -> RealProcess.run(folder, LIMIT, words.toArray(new String[0])));
      }
    });
  }

  private String node(String program, String... arguments) throws Exception {
    var command =
        new ArrayList<>(
            List.of("env", "NODE_PATH=/usr/share/nodejs", "NODE_NO_WARNINGS=1", "node", "-e"));
    command.add(program);
    command.addAll(List.of(arguments));
    return client(command.toArray(new String[0]));
  }

  /// The first seven are those of chapter 13 of Autobahn's later suites.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'server_no_context_takeover': True}",
        "{'server_max_window_bits': 9}",
        "{'server_max_window_bits': 15}",
        "{'server_no_context_takeover': True, 'server_max_window_bits': 9}",
        "{'server_no_context_takeover': True, 'server_max_window_bits': 15}",
        "{'server_no_context_takeover': True, 'server_max_window_bits': 9},"
            + " {'server_no_context_takeover': True}, {}",
        "{'client_max_window_bits': True}",
        "{'server_max_window_bits': 9, 'client_max_window_bits': 10}",
        "{'server_no_context_takeover': True, 'client_no_context_takeover': True}"
      })
  void pythonsWebsocketsAsClient(String deflate) throws Exception {
    assertEquals(
        """
        a ['PerMessageDeflate']
        in fragments
        4001 (private use) as you say
        """,
        client(Peers.PYTHON, "-c", Peers.WEBSOCKETS_CLIENT, "URI", deflate));
  }

  @Test
  void aiohttpAsClient() throws Exception {
    assertEquals(
        """
        a True
        CLOSE 4001 as you say
        """,
        client(Peers.PYTHON, "-c", Peers.AIOHTTP_CLIENT, "URI"));
  }

  @Test
  void tornadoAsClient() throws Exception {
    assertEquals(
        """
        a
        None 4001 as you say
        """,
        client(Peers.PYTHON, "-c", Peers.TORNADO_CLIENT, "URI"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "false",
        "{serverMaxWindowBits: 10, clientMaxWindowBits: 11}",
        "{serverNoContextTakeover: true, clientNoContextTakeover: true}"
      })
  void nodesWsAsClient(String deflate) throws Exception {
    assertEquals(
        "a " + (deflate.equals("false") ? "" : "permessage-deflate") + "\n4001 as you say\n",
        node(Peers.WS_CLIENT, "URI", deflate));
  }

  @Test
  void nodesUndiciAsClient() throws Exception {
    assertEquals("a\n4001 as you say\n", node(Peers.UNDICI_CLIENT, "URI"));
  }

  // ---- their servers ----

  private static void talkTo(WebSocketOptions socket, boolean compressed, List<String> command)
      throws Exception {
    try (var server =
        RealServer.start(place -> {
          var words = new ArrayList<String>();
          command.forEach(word -> words.add(word.replace("PORT", place.portText())));
          return words;
        })) {
      Tulip.run(() -> Tulip.timeout(LIMIT, () -> talk(server.port(), socket, compressed)));
    }
  }

  private static void talk(int port, WebSocketOptions options, boolean compressed)
      throws IOException {
    var connect = ConnectOptions.DEFAULT.withSocket(options).withSubprotocols("b", "a");
    try (var socket = WebSocket.connect(URI.create("ws://127.0.0.1:" + port + "/"), connect)) {
      assertEquals("a", socket.subprotocol());
      assertEquals(compressed, socket.headers().first("Sec-WebSocket-Extensions") != null);
      var messages =
          List.of(
              Message.of("hé"),
              Message.of(Bytes.ofHex("00ff")),
              Message.of("again and again ".repeat(50_000)),
              Message.of(Bytes.wrap(new byte[100_000])),
              Message.of(""));
      for (var message : messages) {
        socket.send(message);
        assertEquals(message, socket.receive());
      }
      socket.send(sink -> {
        sink.write("in ");
        sink.write("pieces");
      });
      assertEquals("in pieces", socket.receiveText());
      assertTrue(socket.ping().isPositive());
      socket.send("close");
      var end = assertThrows(WebSocketClosedException.class, () -> socket.receive());
      assertEquals(new CloseStatus(4001, "as you say"), end.status());
    }
  }

  private static List<String> python(String program, String... more) {
    var command = new ArrayList<>(List.of(Peers.PYTHON, "-c", program, "PORT"));
    command.addAll(List.of(more));
    return command;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'server_no_context_takeover': True}",
        "{'server_max_window_bits': 9}",
        "{'server_max_window_bits': 15}",
        "{'server_no_context_takeover': True, 'server_max_window_bits': 9}",
        "{'server_no_context_takeover': True, 'server_max_window_bits': 15}",
        "{'server_no_context_takeover': True, 'client_no_context_takeover': True}",
        "{'server_max_window_bits': 9, 'client_max_window_bits': 9}"
      })
  void pythonsWebsocketsAsServer(String deflate) throws Exception {
    talkTo(large(DeflateOptions.CLIENT), true, python(Peers.WEBSOCKETS_SERVER, deflate));
  }

  private static WebSocketOptions large(DeflateOptions deflate) {
    return LARGE.withDeflate(deflate);
  }

  @Test
  void aWishForASmallWindowAndNoTakeover() throws Exception {
    var deflate = DeflateOptions.CLIENT.withWindows(9, 10).withTakeover(false, false);
    talkTo(large(deflate), true, python(Peers.WEBSOCKETS_SERVER, "{}"));
  }

  @Test
  void aiohttpAsServer() throws Exception {
    talkTo(large(DeflateOptions.CLIENT), true, python(Peers.AIOHTTP_SERVER));
  }

  @Test
  void tornadoAsServer() throws Exception {
    talkTo(large(DeflateOptions.CLIENT), true, python(Peers.TORNADO_SERVER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false", "{serverMaxWindowBits: 9, clientMaxWindowBits: 9}"})
  void nodesWsAsServer(String deflate) throws Exception {
    var command =
        List.of(
            "env", "NODE_PATH=/usr/share/nodejs", "node", "-e", Peers.WS_SERVER, "PORT", deflate);
    talkTo(large(DeflateOptions.CLIENT), !deflate.equals("false"), command);
  }
}
