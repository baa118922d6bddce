// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import tulip.bytes.Bytes;
import tulip.http.Response;
import tulip.net.testing.ScriptedPeer.Script;
import tulip.testing.TulipTest;

/// Requests after which the connection speaks another protocol.
@TulipTest
class UpgradeTest {
  private static ClientRequest asking() {
    return ClientRequest.get("ws://h/").header("Upgrade", "echo").header("Connection", "Upgrade");
  }

  @TulipTest
  void theConnectionIsTheCallersThen() throws IOException {
    Script script =
        peer -> {
          peer.expect("GET / HTTP/1.1\r\nHost: h\r\n");
          peer.stream().readUntil(Bytes.ofAscii("\r\n\r\n"));
          peer.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\n");
          peer.send("Connection: Upgrade\r\n\r\nhello ");
          peer.expect("you");
          peer.send("too");
          peer.expectEnd();
        };
    try (var servers = Servers.playing(script);
        var http = servers.session()) {
      var response = http.send(asking());
      assertEquals(101, response.status().code());
      try (var stream = response.upgrade()) {
        assertEquals(0, http.connectionCount());
        assertEquals("hello ", stream.readExactly(6).utf8());
        stream.write("you");
        assertEquals("too", stream.readExactly(3).utf8());
        assertThrows(IllegalStateException.class, response::upgrade);
      }
    }
  }

  @TulipTest
  void whoDoesNotWantItClosesIt() throws IOException {
    Script script =
        peer -> {
          peer.stream().readUntil(Bytes.ofAscii("\r\n\r\n"));
          peer.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\n");
          peer.send("Connection: Upgrade\r\n\r\n");
          peer.expectEnd();
        };
    try (var servers = Servers.playing(script);
        var http = servers.session()) {
      http.send(asking()).close();
      assertEquals(0, http.connectionCount());
    }
  }

  @TulipTest
  void aServerThatDoesNotSwitchHasAnswered() throws IOException {
    try (var servers = Servers.serving(request -> Response.text("no"));
        var http = servers.session()) {
      var response = http.send(asking());
      assertThrows(IllegalStateException.class, response::upgrade);
      assertEquals("no", response.text());
      assertEquals(1, http.connectionCount());
    }
  }

  @TulipTest
  void nobodySwitchesUnasked() throws IOException {
    Script script =
        peer -> {
          peer.stream().readUntil(Bytes.ofAscii("\r\n\r\n"));
          peer.send("HTTP/1.1 101 Switching Protocols\r\n\r\n");
          peer.expectEnd();
        };
    try (var servers = Servers.playing(script);
        var http = servers.session()) {
      assertThrows(ResponseFormatException.class, () -> http.get("/"));
    }
  }
}
