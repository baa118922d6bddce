// SPDX-License-Identifier: Apache-2.0
package tulip.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tulip.bytes.Bytes;
import tulip.core.Tulip;
import tulip.http.HttpServerOptions;
import tulip.http.client.ClientOptions;
import tulip.http.client.ClientResponse;
import tulip.http.client.ClientTls;
import tulip.http.client.Dialer;
import tulip.http.client.HttpSession;
import tulip.http.client.Payload;
import tulip.http.client.ProxyException;
import tulip.http.client.ProxyRules;
import tulip.http.client.ProxyServer;
import tulip.net.Tcp;
import tulip.net.TlsContext;
import tulip.net.TlsIdentity;
import tulip.net.Unix;
import tulip.net.testing.RealProcess;
import tulip.net.testing.RealServer;
import tulip.websocket.WebSocket;

/// Our client and server with proxies in between that nobody here wrote, and with TLS.
@Timeout(60)
class ClientProxiesTest {
  @TempDir private static Path folder;
  private static ClientTls trusting;

  @BeforeAll
  static void makeCertificate() throws Exception {
    RealProcess.run(
        folder,
        Site.LIMIT,
        ("openssl req -x509 -nodes -days 2 -newkey ec -pkeyopt ec_paramgen_curve:P-256"
                + " -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1"
                + " -keyout key.pem -out chain.pem")
            .split(" "));
    trusting = ClientTls.of(TlsContext.client().trusting(folder.resolve("chain.pem")));
  }

  private static HttpServerOptions secure() throws IOException {
    var identity = TlsIdentity.read(folder.resolve("chain.pem"), folder.resolve("key.pem"));
    return HttpServerOptions.DEFAULT.withTls(TlsContext.server(identity));
  }

  /// Asks for a page, echoes, a stream of lines, and a WebSocket.
  private static void converse(String base, ClientOptions options) throws IOException {
    try (var http = HttpSession.open(options.withBaseUrl(base))) {
      for (int i = 0; i < 3; i++) {
        assertEquals("Hello, world", http.get("/").text());
      }
      assertEquals(
          "x".repeat(300_000), http.post("/echo", Payload.text("x".repeat(300_000))).text());
      assertEquals(1000, http.get("/stream/1000").text().lines().count());
      assertEquals(1, http.connectionCount());
      exchangeMessages(http);
    }
  }

  private static void exchangeMessages(HttpSession http) throws IOException {
    var large = "x".repeat(300_000);
    try (var socket = WebSocket.connect(http, "/socket")) {
      socket.send(large);
      assertEquals(large, socket.receiveText());
    }
  }

  /// What {@link #converse} asks, each in a session of its own: tinyproxy closes after every answer
  /// that it forwards and does not say so, and what is not safe to repeat may then meet the end of
  /// a connection that was kept.
  private static void converseOnce(String base, ClientOptions options) throws IOException {
    var large = "x".repeat(300_000);
    try (var http = HttpSession.open(options.withBaseUrl(base))) {
      assertEquals("Hello, world", http.get("/").text());
    }
    try (var http = HttpSession.open(options.withBaseUrl(base))) {
      assertEquals(large, http.post("/echo", Payload.text(large)).text());
    }
    try (var http = HttpSession.open(options.withBaseUrl(base))) {
      assertEquals(1000, http.get("/stream/1000").text().lines().count());
    }
    try (var http = HttpSession.open(options.withBaseUrl(base))) {
      exchangeMessages(http);
    }
  }

  private static ClientOptions by(String proxy) {
    return ClientOptions.DEFAULT
        .withTls(trusting)
        .withProxyTls(trusting)
        .withProxies(ProxyRules.all(ProxyServer.parse(proxy)));
  }

  private static RealServer tinyproxy() throws IOException {
    return RealServer.start(place -> {
      var lines =
          """
          Port %d
          Listen 127.0.0.1
          Timeout 60
          BasicAuth user secret
          """
              .formatted(place.port());
      var file = Files.writeString(place.folder().resolve("proxy.conf"), lines);
      return List.of("tinyproxy", "-d", "-c", file.toString());
    });
  }

  @Test
  void tinyproxyForwards() throws Exception {
    try (var proxy = tinyproxy()) {
      Site.visit(
          folder,
          HttpServerOptions.DEFAULT,
          site -> {
            converseOnce(site.url("/"), by("http://user:secret@127.0.0.1:" + proxy.port()));
            var stranger = by("http://user:wrong@127.0.0.1:" + proxy.port());
            try (var http = HttpSession.open(stranger)) {
              assertTrue(status(http.get(site.url("/"))) >= 400);
            }
          });
    }
  }

  @Test
  void tinyproxyTunnels() throws Exception {
    try (var proxy = tinyproxy()) {
      Site.visit(
          folder,
          secure(),
          site -> {
            var base = "https://localhost:" + site.port() + "/";
            converse(base, by("http://user:secret@127.0.0.1:" + proxy.port()));
            try (var http = HttpSession.open(by("http://127.0.0.1:" + proxy.port()))) {
              assertThrows(ProxyException.class, () -> http.get(base));
            }
          });
    }
  }

  /// TLS to the site within TLS to the proxy.
  @Test
  void tunnelsWithinTls() throws Exception {
    try (var proxy = tinyproxy();
        var stunnel =
            RealServer.start(place -> {
              var lines =
                  """
                  foreground = yes
                  pid =
                  [tunnel]
                  accept = 127.0.0.1:%d
                  connect = 127.0.0.1:%d
                  cert = %s
                  key = %s
                  """
                      .formatted(
                          place.port(),
                          proxy.port(),
                          folder.resolve("chain.pem"),
                          folder.resolve("key.pem"));
              var file = Files.writeString(place.folder().resolve("stunnel.conf"), lines);
              return List.of("stunnel4", file.toString());
            })) {
      Site.visit(
          folder,
          secure(),
          site ->
              converse(
                  "https://localhost:" + site.port() + "/",
                  by("https://user:secret@localhost:" + stunnel.port())));
      Site.visit(
          folder,
          HttpServerOptions.DEFAULT,
          site ->
              converseOnce(site.url("/"), by("https://user:secret@localhost:" + stunnel.port())));
    }
  }

  @Test
  void microsocks() throws Exception {
    try (var proxy =
        RealServer.start(place ->
            List.of(
                "microsocks",
                "-i",
                "127.0.0.1",
                "-p",
                place.portText(),
                "-u",
                "user",
                "-P",
                "secret"))) {
      var login = "user:secret@127.0.0.1:" + proxy.port();
      Site.visit(
          folder,
          secure(),
          site -> {
            for (var kind : List.of("socks5", "socks5h")) {
              converse("https://127.0.0.1:" + site.port() + "/", by(kind + "://" + login));
            }
          });
      Site.visit(
          folder,
          HttpServerOptions.DEFAULT,
          site -> {
            converse(site.url("/"), by("socks5h://" + login));
            var stranger = by("socks5h://user:wrong@127.0.0.1:" + proxy.port());
            try (var http = HttpSession.open(stranger)) {
              assertThrows(ProxyException.class, () -> http.get(site.url("/")));
            }
          });
    }
  }

  @Test
  void tlsIsVerifiedAndPinned() throws Exception {
    Site.visit(
        folder,
        secure(),
        site -> {
          var base = "https://localhost:" + site.port() + "/";
          converse(base, ClientOptions.DEFAULT.withTls(trusting));
          assertRefused(base, ClientTls.DEFAULT);
          var blind = ClientTls.of(TlsContext.client().withoutVerification());
          converse(base, ClientOptions.DEFAULT.withTls(blind.withFingerprints(Set.of(print()))));
          assertRefused(base, blind.withFingerprints(Set.of(Bytes.wrap(new byte[32]))));
          assertRefused(base, trusting.withServerName("other.test"));
          converse(
              "https://127.0.0.1:" + site.port() + "/",
              ClientOptions.DEFAULT.withTls(trusting.withServerName("localhost")));
          converse(
              "https://localhost.:" + site.port() + "/",
              ClientOptions.DEFAULT
                  .withTls(trusting)
                  .withDialer((host, port) -> Tcp.connect("localhost", port)));
        });
  }

  private static void assertRefused(String url, ClientTls tls) {
    try (var http = HttpSession.open(ClientOptions.DEFAULT.withTls(tls))) {
      assertThrows(SSLException.class, () -> http.get(url));
      assertEquals(0, http.connectionCount());
    }
  }

  private static Bytes print() throws Exception {
    try (var in = Files.newInputStream(folder.resolve("chain.pem"))) {
      var certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
      return Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }
  }

  @Test
  void overAUnixSocket() throws Exception {
    var path = folder.resolve("site");
    Tulip.run(() ->
        Site.visit(
            folder,
            Unix.listen(path),
            HttpServerOptions.DEFAULT,
            site -> converse("http://any/", ClientOptions.DEFAULT.withDialer(Dialer.unix(path)))));
  }

  private static int status(ClientResponse response) throws IOException {
    response.skip();
    return response.status().code();
  }
}
