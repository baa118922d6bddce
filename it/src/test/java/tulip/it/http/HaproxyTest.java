// SPDX-License-Identifier: Apache-2.0
package tulip.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tulip.core.Tulip;
import tulip.http.HttpServer;
import tulip.http.HttpServerOptions;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.TrustedProxies;
import tulip.http.TrustedProxies.Fields;
import tulip.http.client.ClientOptions;
import tulip.http.client.ClientRequest;
import tulip.http.client.Dialer;
import tulip.http.client.HttpSession;
import tulip.net.ListenOptions;
import tulip.net.Tcp;
import tulip.net.TcpOptions;
import tulip.net.TlsContext;
import tulip.net.TlsIdentity;
import tulip.net.testing.RealProcess;
import tulip.net.testing.RealServer;

/// haproxy before our server: whom the server takes for the client.
@Timeout(60)
class HaproxyTest {
  private static final InetSocketAddress FREE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  /// Another address of this machine, from which the client comes.
  private static final InetSocketAddress CLIENT =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.9"), 0);

  private static final TrustedProxies PROTOCOL =
      TrustedProxies.of(Fields.NONE, "127.0.0.1").withProxyProtocol(true);

  @TempDir private Path folder;

  private static Response tell(Request request) {
    var address = (InetSocketAddress) request.remoteAddress();
    return Response.text(
        (address == null ? "?" : address.getAddress().getHostAddress())
            + (request.isSecure() ? " https " : " http ")
            + request.authority());
  }

  private static RealServer haproxy(int port, String mode, String bind, String sends)
      throws Exception {
    return RealServer.start(place -> {
      var config =
          """
          defaults
            mode %s
            timeout connect 10s
            timeout client 10s
            timeout server 10s
          frontend in
            bind 127.0.0.1:%d%s
            default_backend out
          backend out
            %s
          """
              .formatted(mode, place.port(), bind, sends.replace("PORT", "" + port));
      Files.writeString(place.folder().resolve("h.cfg"), config);
      return List.of("/usr/sbin/haproxy", "-db", "-f", "h.cfg");
    });
  }

  private static String ask(String mode, String sends, TrustedProxies proxies) throws Exception {
    var answers = new String[1];
    Tulip.run(() -> {
      var options = HttpServerOptions.DEFAULT.withProxies(proxies);
      var listener = Tcp.listen(FREE, ListenOptions.DEFAULT);
      try (var server = HttpServer.open(List.of(listener), options, HaproxyTest::tell);
          var haproxy = Tulip.blocking(() -> haproxy(server.port(), mode, "", sends));
          var http =
              HttpSession.open(
                  ClientOptions.DEFAULT.withDialer(
                      Dialer.tcp(TcpOptions.DEFAULT.withLocal(CLIENT))))) {
        var url = "http://127.0.0.1:" + haproxy.port() + "/";
        var request = ClientRequest.get(url).header("X-Forwarded-For", "1.2.3.4");
        answers[0] = http.send(request).text();
        assertEquals(answers[0], http.send(request).text());
      }
    });
    return answers[0];
  }

  @ParameterizedTest
  @CsvSource({"tcp, send-proxy", "tcp, send-proxy-v2", "http, send-proxy", "http, send-proxy-v2"})
  void byTheProxyProtocol(String mode, String version) throws Exception {
    var answer = ask(mode, "server s 127.0.0.1:PORT " + version, PROTOCOL);
    assertEquals("127.0.0.9 http", answer.substring(0, answer.lastIndexOf(' ')));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X_FORWARDED | option forwardfor",
        "X_FORWARDED | http-request set-header X-Forwarded-For %[src]"
      })
  void byFields(Fields fields, String rule) throws Exception {
    var sends =
        rule
            + "\n  http-request set-header X-Forwarded-Proto https"
            + "\n  http-request set-header X-Forwarded-Host example.com"
            + "\n  server s 127.0.0.1:PORT";
    assertEquals(
        "127.0.0.9 https example.com", ask("http", sends, TrustedProxies.of(fields, "127.0.0.1")));
    var nobody = ask("http", sends, TrustedProxies.of(fields, "192.0.2.0/24"));
    assertEquals("127.0.0.1 http", nobody.substring(0, nobody.lastIndexOf(' ')));
  }

  /// A certificate, and haproxy's file with the key behind it.
  private TlsIdentity makeIdentity() throws Exception {
    RealProcess.run(
        folder,
        Site.LIMIT,
        ("openssl req -x509 -nodes -days 2 -newkey ec -pkeyopt ec_paramgen_curve:P-256"
                + " -subj /CN=localhost -keyout key.pem -out chain.pem")
            .split(" "));
    var chain = folder.resolve("chain.pem");
    var key = folder.resolve("key.pem");
    Files.writeString(folder.resolve("both.pem"), Files.readString(chain) + Files.readString(key));
    return TlsIdentity.read(chain, key);
  }

  private String curl(HttpServerOptions options, String bind, String sends, String scheme)
      throws Exception {
    var answers = new String[1];
    Tulip.run(() -> {
      var listener = Tcp.listen(FREE, ListenOptions.DEFAULT);
      try (var server = HttpServer.open(List.of(listener), options, HaproxyTest::tell);
          var haproxy = Tulip.blocking(() -> haproxy(server.port(), "tcp", bind, sends))) {
        var url = scheme + "://127.0.0.1:" + haproxy.port() + "/";
        answers[0] =
            Tulip.blocking(() ->
                RealProcess.run(
                    folder,
                    Site.LIMIT,
                    List.of("curl", "-sSk", "--interface", "127.0.0.9", url)
                        .toArray(String[]::new)));
      }
    });
    return answers[0].substring(0, answers[0].lastIndexOf(' '));
  }

  @Test
  void tlsThatEndsAtTheProxyIsTlsAllTheSame() throws Exception {
    makeIdentity();
    var options = HttpServerOptions.DEFAULT.withProxies(PROTOCOL);
    var certificate = " ssl crt " + folder.resolve("both.pem");
    var server = "server s 127.0.0.1:PORT ";
    assertEquals(
        "127.0.0.9 https", curl(options, certificate, server + "send-proxy-v2-ssl", "https"));
    assertEquals("127.0.0.9 http", curl(options, certificate, server + "send-proxy-v2", "https"));
  }

  @Test
  void theHeaderStandsAheadOfTls() throws Exception {
    var tls = TlsContext.server(makeIdentity());
    var options = HttpServerOptions.DEFAULT.withProxies(PROTOCOL).withTls(tls);
    assertEquals(
        "127.0.0.9 https", curl(options, "", "server s 127.0.0.1:PORT send-proxy", "https"));
  }
}
