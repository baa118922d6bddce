// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.http.Response;
import tulip.http.fields.Challenge;
import tulip.http.fields.Credentials;
import tulip.http.fields.Credentials.Login;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.Status;
import tulip.testing.TulipTest;

/// Who says who they are, to whom.
@TulipTest
class AuthenticationTest {
  @TempDir private Path folder;

  /// The user and password that came, and from whom.
  private static Servers telling() {
    return Servers.serving(request -> {
      var field = request.header("Authorization");
      var credentials = field == null ? null : Credentials.parse(field);
      var login = credentials == null ? null : credentials.login();
      return Response.text(login == null ? field + "" : login.user() + ":" + login.password());
    });
  }

  @TulipTest
  void basicAndBearer() throws IOException {
    try (var servers = telling();
        var http = servers.session()) {
      assertEquals("ü:p:w", http.send(ClientRequest.get("/").basicAuth("ü", "p:w")).text());
      assertEquals("Bearer abc", http.send(ClientRequest.get("/").bearer("abc")).text());
      assertEquals("a b:c@", http.get("http://a%20b:c%40@h/").text());
      assertEquals("null", http.get("/").text());
    }
  }

  @TulipTest
  void theSessionsLoginIsForItsOriginAlone() throws IOException {
    try (var servers = telling();
        var http = HttpSession.open(servers.options().withLogin(new Login("u", "p")))) {
      assertEquals("u:p", http.get("/x").text());
      assertEquals("null", http.get("http://other/").text());
      assertEquals(
          "null", http.get("https://h:80/".replace("https", "http").replace(":80", ":81")).text());
    }
    try (var servers = telling();
        var http = HttpSession.open(servers.options().withBaseUrl("http://u:p@h/a/"))) {
      assertEquals("u:p", http.get("x").text());
      assertEquals("http://h/a/x", http.get("x").url().toString());
      assertEquals("null", http.get("http://other/").text());
    }
  }

  @TulipTest
  void netrcByHost() throws IOException {
    var text =
        """
        # comment
        machine h login u password "p \\"w"
        machine other
          login o
          account x
          password q
        macdef init
          machine evil login no password no

        default login anonymous password me
        """;
    var netrc = Netrc.parse(text);
    try (var servers = telling();
        var http = HttpSession.open(servers.options().withNetrc(netrc))) {
      assertEquals("u:p \"w", http.get("/").text());
      assertEquals("o:q", http.get("http://other/").text());
      assertEquals("anonymous:me", http.get("http://evil/").text());
      assertEquals("x:y", http.send(ClientRequest.get("/").basicAuth("x", "y")).text());
    }
    assertThrows(IllegalArgumentException.class, () -> Netrc.parse("machine"));
    assertThrows(IllegalArgumentException.class, () -> Netrc.parse("machine h foo bar"));
    var file = Files.writeString(folder.resolve("netrc"), text);
    var read = Netrc.readUsual(name -> "NETRC".equals(name) ? file.toString() : null);
    assertEquals("u", Objects.requireNonNull(read.login("h")).user());
    var none = Netrc.readUsual(name -> folder.resolve("none").toString());
    assertNull(none.login("h"));
  }

  // ---- Digest ----

  /// A server that takes any answer to its newest challenge, and notes what it was told.
  private static final class Digesting {
    final List<String> told = new ArrayList<>();
    String challenge = "Digest realm=\"r\", nonce=\"n1\", qop=\"auth,auth-int\", algorithm=SHA-256";
    String accepted = "n1";

    Response handle(tulip.http.Request request) throws IOException {
      var field = request.header("Authorization");
      told.add(field + "");
      request.bytes();
      boolean good = field != null && field.contains("nonce=\"" + accepted + "\"");
      return good
          ? Response.text("in")
          : Response.empty(Status.UNAUTHORIZED).header("WWW-Authenticate", challenge);
    }
  }

  @TulipTest
  void digestIsChallengedOnceAndCounts() throws IOException {
    var server = new Digesting();
    try (var servers = Servers.serving(server::handle);
        var http = HttpSession.open(servers.options().with(new DigestAuth("u", "p")))) {
      assertEquals("in", http.post("/a", Payload.text("x")).text());
      assertEquals("in", http.get("/b").text());
      assertEquals(3, server.told.size());
      assertTrue(server.told.get(1).contains(", nc=00000001"), server.told.get(1));
      assertTrue(server.told.get(2).contains(", nc=00000002"), server.told.get(2));
      assertTrue(server.told.get(2).contains("uri=\"/b\""), server.told.get(2));
      server.challenge =
          "Basic realm=x, Digest realm=\"r\", nonce=\"n2\", qop=auth, stale=true, algorithm=MD5";
      server.accepted = "n2";
      assertEquals("in", http.get("/c").text());
      assertEquals(5, server.told.size());
    }
  }

  @TulipTest
  void digestGivesUpWhenItIsRefused() throws IOException {
    var server = new Digesting();
    server.accepted = "never";
    try (var servers = Servers.serving(server::handle);
        var http = HttpSession.open(servers.options().with(new DigestAuth("u", "p")))) {
      assertEquals(401, http.get("/").status().code());
      assertEquals(2, server.told.size());
      assertEquals(401, http.get("/").status().code());
      assertEquals(3, server.told.size());
    }
  }

  @TulipTest
  void digestIsForItsOriginAlone() throws IOException {
    var server = new Digesting();
    try (var servers = Servers.serving(server::handle);
        var http = HttpSession.open(servers.options().with(new DigestAuth("u", "p")))) {
      http.get("/").text();
      assertEquals(401, http.get("http://other/").status().code());
      assertEquals("null", server.told.getLast());
    }
  }

  /// The examples of RFC 7616, section 3.9, but for what the client chooses by chance: so the
  /// answer is computed again from what was sent.
  @ParameterizedTest
  @ValueSource(strings = {"MD5", "SHA-256", "SHA-512-256", "MD5-sess", "SHA-256-sess", "SHA"})
  @TulipTest
  void digestAnswers(String algorithm) {
    var request = ClientRequest.get("http://h/dir/index.html").resolved(null);
    var challenge =
        Challenge.parse(
                Headers.of(
                    "WWW-Authenticate",
                    "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm="
                        + algorithm
                        + ", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                        + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""),
                HeaderName.WWW_AUTHENTICATE)
            .getFirst();
    var login = new Login("Mufasa", "Circle of Life");
    var session = Objects.requireNonNull(DigestSession.of(challenge, login, request));
    var field = Objects.requireNonNull(session.authorize(request).header(HeaderName.AUTHORIZATION));
    var told = Objects.requireNonNull(Credentials.parse(field)).parameters();
    assertEquals("Mufasa", told.get("username"));
    assertEquals(algorithm, told.get("algorithm"));
    assertEquals("auth", told.get("qop"));
    assertEquals("FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS", told.get("opaque"));
    var nonces = told.get("nonce") + ":" + told.get("cnonce");
    var first = hash(algorithm, "Mufasa:http-auth@example.org:Circle of Life");
    if (algorithm.endsWith("-sess")) {
      first = hash(algorithm, first + ":" + nonces);
    }
    var second = hash(algorithm, "GET:/dir/index.html");
    assertEquals(
        hash(algorithm, first + ":" + nonces.replace(":", ":00000001:") + ":auth:" + second),
        told.get("response"));
  }

  private static String hash(String algorithm, String text) {
    var name =
        algorithm.replace("-sess", "").replace("512-256", "512/256").replaceFirst("^SHA$", "SHA-1");
    try {
      return java.util.HexFormat.of()
          .formatHex(
              java.security.MessageDigest.getInstance(name)
                  .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @TulipTest
  void whatCannotBeAnsweredIsLeftToTheProgram() throws IOException {
    for (var challenge :
        List.of(
            "Basic realm=x",
            "Digest realm=x",
            "Digest realm=x, nonce=y, algorithm=ROT13",
            "Digest realm=x, nonce=y, qop=other",
            "Negotiate abc==, NTLM")) {
      var server = new Digesting();
      server.challenge = challenge;
      try (var servers = Servers.serving(server::handle);
          var http = HttpSession.open(servers.options().with(new DigestAuth("u", "p")))) {
        assertEquals(401, http.get("/").status().code());
        assertEquals(1, server.told.size(), challenge);
      }
    }
  }
}
