// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tulip.http.TrustedProxies.Fields;
import tulip.net.Attribute;
import tulip.net.ByteStream;
import tulip.net.StreamLimits;
import tulip.net.Unix;
import tulip.testing.TulipTest;

/// Whom a server takes for the client behind proxies.
@TulipTest
class TrustedProxiesTest {
  private static final Handler TELL =
      request -> {
        var address =
            request.remoteAddress() instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : "?";
        var scheme = request.isSecure() ? "https" : "http";
        return Response.text(address + " " + scheme + " " + request.authority());
      };

  /// Asks as if from an address.
  private static String fields(Fields fields, String from, String... lines) throws IOException {
    var proxies = TrustedProxies.of(fields, "10.0.0.0/8", "::1");
    try (var talk = Talk.to(HttpServerOptions.DEFAULT.withProxies(proxies), TELL)) {
      talk.server.set(Attribute.REMOTE_ADDRESS, new InetSocketAddress(from, 1));
      talk.send("GET / HTTP/1.1\nHost: h\n" + String.join("\n", lines) + "\n\n");
      return talk.answer().split("\n\n", -1)[1];
    }
  }

  @ParameterizedTest
  @TulipTest
  @CsvSource(
      delimiter = '|',
      value = {
        // one proxy
        "10.0.0.1 | 192.0.2.9 | 192.0.2.9:0",
        "10.0.0.1 | 192.0.2.9:80 | 192.0.2.9:80",
        "10.0.0.1 | 2001:db8::9 | 2001:db8:0:0:0:0:0:9:0",
        "10.0.0.1 | [2001:db8::9]:80 | 2001:db8:0:0:0:0:0:9:80",
        "0:0:0:0:0:0:0:1 | 192.0.2.9 | 192.0.2.9:0",
        // what the client said itself stands ahead
        "10.0.0.1 | 127.0.0.1, 192.0.2.9 | 192.0.2.9:0",
        // several proxies
        "10.0.0.1 | 1.2.3.4, 192.0.2.9, 10.0.0.3, 10.0.0.2 | 192.0.2.9:0",
        "10.0.0.1 | 10.0.0.3, 10.0.0.2 | 10.0.0.3:0",
        // nobody whom one could name
        "10.0.0.1 | unknown | ?",
        "10.0.0.1 | 192.0.2.9, _hidden | ?",
        "10.0.0.1 | 192.0.2.9:x | ?",
        // no proxy
        "192.0.2.1 | 1.2.3.4 | 192.0.2.1:1"
      })
  void theLastWhoIsNotTrustedIsTheClient(String from, String forwarded, String client)
      throws IOException {
    assertEquals(
        client + " http h", fields(Fields.X_FORWARDED, from, "X-Forwarded-For: " + forwarded));
    var elements = new StringBuilder();
    for (var each : forwarded.split(", ", -1)) {
      elements.append(elements.isEmpty() ? "" : ", ").append("for=\"").append(quoted(each));
      elements.append('"');
    }
    assertEquals(client + " http h", fields(Fields.FORWARDED, from, "Forwarded: " + elements));
  }

  private static String quoted(String address) {
    return address.startsWith("2001") ? "[" + address + "]" : address;
  }

  @TulipTest
  void schemeAndHost() throws IOException {
    assertEquals(
        "192.0.2.9:0 https example.com:8443",
        fields(
            Fields.X_FORWARDED,
            "10.0.0.1",
            "X-Forwarded-For: 1.2.3.4, 192.0.2.9",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: example.com:8443"));
    assertEquals(
        "192.0.2.9:0 http example.com",
        fields(
            Fields.X_FORWARDED,
            "10.0.0.1",
            "X-Forwarded-For: 1.2.3.4, 192.0.2.9",
            "X-Forwarded-Proto: https, http",
            "X-Forwarded-Host: evil.example, example.com"));
    assertEquals(
        "192.0.2.9:0 https example.com",
        fields(
            Fields.FORWARDED,
            "10.0.0.1",
            "Forwarded: for=1.2.3.4;proto=http, for=192.0.2.9;proto=https;host=example.com"));
  }

  @TulipTest
  void fieldsOfTheOtherKindAreTheClientsOwn() throws IOException {
    assertEquals(
        "10.0.0.1:1 http h", fields(Fields.FORWARDED, "10.0.0.1", "X-Forwarded-For: 1.2.3.4"));
    assertEquals(
        "10.0.0.1:1 http h", fields(Fields.X_FORWARDED, "10.0.0.1", "Forwarded: for=1.2.3.4"));
    assertEquals("10.0.0.1:1 http h", fields(Fields.NONE, "10.0.0.1", "Forwarded: for=1.2.3.4"));
  }

  @TulipTest
  void whatIsNoHostChangesNothing() throws IOException {
    assertEquals(
        "192.0.2.9:0 http h",
        fields(Fields.FORWARDED, "10.0.0.1", "Forwarded: for=192.0.2.9;host=\"a b\""));
    assertEquals(
        "10.0.0.1:1 http h", fields(Fields.FORWARDED, "10.0.0.1", "Forwarded: for=1.2.3.4;;=;"));
  }

  @TulipTest
  void proxiesAtUnixSockets(@TempDir Path folder) throws IOException {
    for (boolean trusted : new boolean[] {true, false}) {
      var proxies = TrustedProxies.of(Fields.FORWARDED, trusted ? "unix" : "::1");
      var options = HttpServerOptions.DEFAULT.withProxies(proxies);
      var path = folder.resolve("socket" + trusted);
      try (var _ = HttpServer.open(List.of(Unix.listen(path)), options, TELL);
          var client = Unix.connect(path, StreamLimits.DEFAULT)) {
        client.write("GET / HTTP/1.0\r\nHost: h\r\nForwarded: for=192.0.2.9;proto=https\r\n\r\n");
        var answer = client.readAll(1000).latin1();
        assertTrue(answer.endsWith(trusted ? "\r\n192.0.2.9:0 https h" : "\r\n? http h"), answer);
      }
    }
  }

  // ---- the PROXY protocol ----

  private static final TrustedProxies PROXY =
      TrustedProxies.of(Fields.NONE, "10.0.0.0/8").withProxyProtocol(true);

  private static ByteStream.Pair pairFrom(String address) {
    var pair = ByteStream.pair();
    pair.far().set(Attribute.REMOTE_ADDRESS, new InetSocketAddress(address, 1));
    return pair;
  }

  @TulipTest
  void theProxyHeaderSaysWhoIsThere() throws Exception {
    var pair = pairFrom("10.0.0.1");
    try (var client = pair.near();
        var server = pair.far()) {
      client.write("PROXY TCP4 192.0.2.9 192.0.2.2 80 443\r\n");
      client.write("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
      HttpServer.connections(HttpServerOptions.DEFAULT.withProxies(PROXY), TELL).handle(server);
      server.closeOutput();
      var answer = client.readAll(1000).latin1();
      assertTrue(answer.endsWith("\r\n192.0.2.9:80 http h"), answer);
    }
  }

  @ParameterizedTest
  @TulipTest
  @CsvSource({"192.0.2.1, PROXY UNKNOWN", "10.0.0.1, GET / HTTP/1.1", "10.0.0.1, PROXY U"})
  void othersAreNotServed(String from, String line) throws IOException {
    var pair = pairFrom(from);
    var server = pair.far();
    try {
      pair.near().write(line + (line.endsWith(" U") ? "" : "\r\n"));
      var serve =
          HttpServer.connections(
              HttpServerOptions.DEFAULT.withProxies(PROXY),
              _ -> {
                throw new AssertionError("served");
              });
      assertThrows(IOException.class, () -> serve.handle(server)); // the last one after its time
    } finally {
      server.abort();
      pair.near().abort();
    }
  }
}
