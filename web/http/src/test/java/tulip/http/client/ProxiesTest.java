// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;
import tulip.net.testing.ScriptedPeer.Script;
import tulip.testing.TulipTest;

/// Proxies: which one is taken, and what it is told.
@TulipTest
class ProxiesTest {
  private static final String FIELDS =
      "\r\nUser-Agent: Tulip\r\nAccept: */*\r\nAccept-Encoding: gzip, deflate\r\n";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String LOGIN = "Proxy-Authorization: Basic dTpw\r\n";

  private static HttpSession session(Servers servers, String proxy) {
    return HttpSession.open(
        servers.options().withProxies(ProxyRules.all(ProxyServer.parse(proxy))));
  }

  @TulipTest
  void plainRequestsNameTheirOrigin() throws IOException {
    Script script =
        peer -> {
          for (var host : List.of("a", "b:81")) {
            peer.expect(
                "GET http://" + host + "/x?y HTTP/1.1\r\nHost: " + host + FIELDS + LOGIN + "\r\n");
            peer.send(OK);
          }
          peer.expectEnd();
        };
    try (var servers = Servers.playing(script);
        var http = session(servers, "http://u:p@proxy:3128")) {
      assertEquals("ok", http.get("http://a/x?y").text());
      assertEquals("ok", http.get("http://b:81/x?y#z").text());
      assertEquals(List.of("proxy:3128"), servers.dialled);
    }
  }

  @TulipTest
  void encryptedOnesGetATunnel() throws IOException {
    Script script =
        peer -> {
          peer.expect("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n" + LOGIN + "\r\n");
          peer.send("HTTP/1.1 200 Connection established\r\n\r\n");
          peer.expect(Bytes.ofHex("160303")); // TLS begins
        };
    try (var servers = Servers.playing(script);
        var http = session(servers, "u:p@proxy")) {
      assertThrows(IOException.class, () -> http.get("https://a/"));
      assertEquals(List.of("proxy:80"), servers.dialled);
      assertEquals(0, http.connectionCount());
    }
  }

  @TulipTest
  void whatIsToBecomeAnotherProtocolGetsATunnel() throws IOException {
    Script script =
        peer -> {
          peer.expect("CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n");
          peer.send("HTTP/1.1 200 Connection established\r\n\r\n");
          peer.expect("GET /x HTTP/1.1\r\nHost: a\r\n");
          peer.stream().readUntil(Bytes.ofAscii("\r\n\r\n"));
          peer.send(OK);
          peer.expectEnd();
        };
    try (var servers = Servers.playing(script);
        var http = session(servers, "http://proxy")) {
      var asking = ClientRequest.get("ws://a/x").header("Upgrade", "websocket");
      assertEquals("ok", http.send(asking.header("Connection", "Upgrade")).text());
      assertEquals(List.of("proxy:80"), servers.dialled);
    }
  }

  @TulipTest
  void aTunnelThatIsRefused() {
    Script script =
        peer -> {
          peer.expect("CONNECT");
          peer.stream().readUntil(Bytes.ofAscii("\r\n\r\n"));
          peer.send("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
          peer.expectEnd();
        };
    try (var servers = Servers.playing(script);
        var http = session(servers, "http://proxy")) {
      var e = assertThrows(ProxyException.class, () -> http.get("https://a/"));
      assertEquals(
          "http://proxy:80 opens no tunnel: 407 Proxy Authentication Required", e.getMessage());
    }
  }

  @TulipTest
  void nothingIsTakenForTheTunnelsWord() {
    Script script =
        peer -> {
          peer.expect("CONNECT");
          peer.stream().readUntil(Bytes.ofAscii("\r\n\r\n"));
          peer.send("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
        };
    try (var servers = Servers.playing(script);
        var http = session(servers, "http://proxy")) {
      assertThrows(SSLException.class, () -> http.get("https://a/"));
    }
  }

  // ---- SOCKS ----

  @TulipTest
  void socksWithALoginAndNamesOfItsOwn() throws IOException {
    Script script =
        peer -> {
          peer.expect(Bytes.ofHex("05020002"));
          peer.send(Bytes.ofHex("0502"));
          peer.expect(Bytes.ofHex("0101750170"));
          peer.send(Bytes.ofHex("0100"));
          peer.expect(Bytes.ofHex("0501000301610050"));
          peer.send(Bytes.ofHex("05000001000000000000"));
          peer.expect("GET /x HTTP/1.1\r\nHost: a\r\n");
          peer.stream().readUntil(Bytes.ofAscii("\r\n\r\n"));
          peer.send(OK);
          peer.expectEnd();
        };
    try (var servers = Servers.playing(script);
        var http = session(servers, "socks5h://u:p@proxy")) {
      assertEquals("ok", http.get("http://a/x").text());
      assertEquals(List.of("proxy:1080"), servers.dialled);
    }
  }

  @TulipTest
  void socksWithAddresses() throws IOException {
    Script script =
        peer -> {
          peer.expect(Bytes.ofHex("050100"));
          peer.send(Bytes.ofHex("0500"));
          peer.expect(Bytes.ofHex("050100010a0000070051"));
          peer.send(Bytes.ofHex("0500000403" + "00".repeat(17)));
          peer.expect("GET");
          peer.stream().readUntil(Bytes.ofAscii("\r\n\r\n"));
          peer.send(OK);
          peer.expectEnd();
        };
    try (var servers = Servers.playing(script);
        var http = session(servers, "socks5://proxy")) {
      assertEquals("ok", http.get("http://10.0.0.7:81/").text());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "05ff, wants a login",
    "48545450, does not speak SOCKS 5",
    "05, closed the connection in the middle of the handshake",
    "050005020001000000000000, does not connect: not allowed",
    "050005050001000000000000, does not connect: connection refused",
    "0500050000090000, answers with an unknown kind of address"
  })
  @TulipTest
  void socksThatRefuses(String answer, String why) {
    Script script =
        peer -> {
          peer.expect(Bytes.ofHex("050100"));
          peer.send(Bytes.ofHex(answer));
        };
    try (var servers = Servers.playing(script);
        var http = session(servers, "socks5h://proxy")) {
      var e = assertThrows(ProxyException.class, () -> http.get("http://a/"));
      assertEquals("socks5h://proxy:1080 " + why, e.getMessage());
    }
  }

  // ---- the environment ----

  private static String proxyFor(String url, String... environment) {
    Map<String, String> map = new HashMap<>();
    for (var each : environment) {
      int equals = each.indexOf('=');
      map.put(each.substring(0, equals), each.substring(equals + 1));
    }
    return "" + ProxyRules.fromEnvironment(map).proxyFor(Url.parse(url));
  }

  @TulipTest
  void theEnvironmentNamesThem() {
    var all = new String[] {"http_proxy=p:1", "HTTPS_PROXY=https://q:2", "all_proxy=socks5://r"};
    assertEquals("http://p:1", proxyFor("http://h/", all));
    assertEquals("https://q:2", proxyFor("https://h/", all));
    assertEquals("https://q:2", proxyFor("wss://h/", all));
    assertEquals("socks5://r:1080", proxyFor("http://h/", "ALL_PROXY=socks5://r"));
    assertEquals("http://p:1", proxyFor("http://h/", "HTTP_PROXY=p:1"));
    assertEquals("null", proxyFor("http://h/", "HTTP_PROXY=p:1", "REQUEST_METHOD=GET"));
    assertEquals("null", proxyFor("http://h/"));
    assertThrows(
        IllegalArgumentException.class, () -> proxyFor("http://h/", "http_proxy=gopher://x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "h.example",
        "example",
        ".example",
        "*.example",
        "other, H.Example",
        "h.example:80",
        "*",
        "other h.example"
      })
  void exceptions(String exceptions) {
    assertEquals("null", proxyFor("http://h.example/", "http_proxy=p:1", "no_proxy=" + exceptions));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ample", "x.h.example", "h.example:81", "10.0.0.0/8", "::1"})
  void noExceptions(String exceptions) {
    assertEquals(
        "http://p:1", proxyFor("http://h.example/", "http_proxy=p:1", "NO_PROXY=" + exceptions));
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 10.0.0.0/8, true",
    "10.1.2.3, 10.1.2.3, true",
    "10.1.2.3, 10.1.2.0/24, true",
    "10.1.2.3, 10.1.3.0/24, false",
    "11.0.0.1, 10.0.0.0/8, false",
    "10.0.0.1, ::/0, false",
    "[::1], ::1, true",
    "[::1], [::1]:80, true",
    "[fe80::7], fe80::/10, true"
  })
  void networks(String host, String exception, boolean excepted) {
    var proxy = proxyFor("http://" + host + "/", "http_proxy=p:1", "no_proxy=" + exception);
    assertEquals(excepted, proxy.equals("null"), proxy);
  }

  @TulipTest
  void passwordsAreNotShown() {
    var proxy = ProxyServer.parse("http://u:secret@h:1");
    assertEquals("http://h:1", proxy.toString());
    assertTrue(!(proxy + "").contains("secret"));
  }
}
