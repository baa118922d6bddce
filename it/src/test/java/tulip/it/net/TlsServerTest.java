// SPDX-License-Identifier: Apache-2.0
package tulip.it.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;
import tulip.core.Tulip;
import tulip.net.TlsAttributes;
import tulip.net.TlsContext;
import tulip.net.TlsIdentity;
import tulip.net.testing.RealProcess;

/// Our TLS server with `openssl s_client`.
@Timeout(60)
class TlsServerTest {
  @TempDir private static Path folder;
  private static Authority authority;
  private static Authority.Issued local;

  @BeforeAll
  static void issue() throws Exception {
    authority = new Authority(folder, "authority");
    local = authority.issue("localhost");
  }

  private static TlsContext context() throws IOException {
    return TlsContext.server(local.identity());
  }

  private static void serve(TlsContext context, Shouting.Visit visit) throws Exception {
    Shouting.serve(stream -> stream.startTls(context), visit);
  }

  /// A client that verifies the certificate, but for no name.
  private static Peer client(Shouting server, String... options) throws IOException {
    var command = new ArrayList<>(List.of("openssl", "s_client"));
    command.addAll(List.of("-connect", "127.0.0.1:" + server.port()));
    command.addAll(List.of("-CAfile", authority.certificate().toString()));
    command.addAll(List.of("-verify_return_error", "-nocommands"));
    command.addAll(List.of(options));
    if (command.contains("-commands")) {
      command.removeAll(List.of("-commands", "-nocommands"));
    }
    return Peer.start(command.toArray(String[]::new));
  }

  private static void converse(Peer client) throws IOException {
    client.send("hello\n");
    client.await("HELLO\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.3", "1.2"})
  void speaks(String version) throws Exception {
    serve(
        context(),
        server -> {
          try (var client =
              client(server, "-tls" + version.replace('.', '_'), "-verify_hostname", "localhost")) {
            client.await("Verify return code: 0 (ok)");
            client.await("New, TLSv" + version + ", Cipher is");
            converse(client);
            client.endInput();
            assertEquals(0, client.end());
            assertEquals(List.of("end"), server.ends(1));
          }
        });
  }

  @Test
  void refusesOlderVersions() throws Exception {
    serve(
        context(),
        server -> {
          try (var client = client(server, "-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0")) {
            client.await("alert");
            assertNotEquals(0, client.end());
          }
        });
  }

  @Test
  void agreesOnAProtocol() throws Exception {
    serve(
        context().withProtocols("h2", "http/1.1"),
        server -> {
          try (var client = client(server, "-alpn", "http/1.1,h2")) {
            client.await("ALPN protocol: h2");
          }
          try (var client = client(server)) {
            client.await("No ALPN negotiated");
            converse(client);
          }
          try (var client = client(server, "-alpn", "spdy/3")) {
            client.await("no application protocol");
          }
        });
  }

  @Test
  void showsTheCertificateOfTheName() throws Exception {
    var context =
        context()
            .withIdentity("a.test", authority.issue("a.test").identity())
            .withIdentity("*.b.test", authority.issue("*.b.test").identity());
    serve(
        context,
        server -> {
          assertSubject("a.test", server, "a.test");
          assertSubject("a.test", server, "A.Test");
          assertSubject("*.b.test", server, "x.b.test");
          assertSubject("localhost", server, "y.x.b.test");
          assertSubject("localhost", server, "b.test");
          assertSubject("localhost", server, "c.test");
          try (var client = client(server, "-noservername")) {
            client.await("subject=CN = localhost\n");
          }
        });
  }

  private static void assertSubject(String expected, Shouting server, String name)
      throws IOException {
    try (var client = client(server, "-servername", name)) {
      client.await("subject=CN = " + expected + "\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_3", "-tls1_2"})
  void letsOnlyClientsWithACertificateIn(String version) throws Exception {
    var context = context().trusting(authority.certificate()).requiringClientCertificates();
    var friend = authority.issue("friend").options();
    var stranger = new Authority(folder, "stranger" + version).issue("stranger").options();
    serve(
        context,
        server -> {
          try (var client = client(server, version, friend[0], friend[1], friend[2], friend[3])) {
            converse(client);
          }
          try (var client = client(server, version)) {
            client.await("alert");
          }
          try (var client =
              client(server, version, stranger[0], stranger[1], stranger[2], stranger[3])) {
            client.await("alert");
          }
        });
  }

  @Test
  void knowsItsClient() throws Exception {
    var context = context().trusting(authority.certificate()).askingForClientCertificates();
    var friend = authority.issue("friend").options();
    var seen = new ArrayList<String>();
    Shouting.serve(
        stream -> {
          stream.startTls(context);
          var certificate = stream.attribute(TlsAttributes.PEER_CERTIFICATE);
          seen.add(certificate == null ? "" : certificate.getSubjectX500Principal().getName());
        },
        server -> {
          try (var client = client(server, friend)) {
            converse(client);
          }
          try (var client = client(server)) {
            converse(client);
          }
          assertEquals(List.of("CN=friend", ""), seen);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.3", "1.2"})
  void resumesSessions(String version) throws Exception {
    var flag = "-tls" + version.replace('.', '_');
    var file = folder.resolve("session" + version).toString();
    serve(
        context(),
        server -> {
          try (var client = client(server, flag, "-sess_out", file)) {
            converse(client);
            client.endInput();
            client.end();
          }
          try (var client = client(server, flag, "-sess_in", file)) {
            client.await("Reused, TLSv" + version);
            converse(client);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"K", "k"})
  void changesKeysWhenAsked(String command) throws Exception {
    serve(
        context(),
        server -> {
          try (var client = client(server, "-tls1_3", "-commands")) {
            converse(client);
            client.send(command + "\n");
            client.await("KEYUPDATE");
            client.send("again\n");
            client.await("AGAIN\n");
          }
        });
  }

  @Test
  void refusesToRenegotiate() throws Exception {
    serve(
        context(),
        server -> {
          try (var client = client(server, "-tls1_2", "-commands")) {
            converse(client);
            client.send("R\n");
            client.end();
            assertTrue(server.ends(1).getFirst().contains("renegotiate"), server.ends(1)::toString);
            assertFalse(client.output().contains("Renegotiation done"));
          }
        });
  }

  @Test
  void noticesAConnectionThatIsCut() throws Exception {
    serve(
        context(),
        server -> {
          try (var client = client(server)) {
            converse(client);
          }
          assertTrue(server.ends(1).getFirst().contains("goodbye"), server.ends(1)::toString);
        });
  }

  @Test
  void showsANewCertificateWithoutARestart() throws Exception {
    var certificate = folder.resolve("current.pem");
    var key = folder.resolve("current.key");
    replace(authority.issue("old.test"), certificate, key);
    var identity = TlsIdentity.read(certificate, key);
    var renewed = authority.issue("new.test");
    serve(
        TlsContext.server(identity),
        server -> {
          try (var before = client(server)) {
            before.await("subject=CN = old.test\n");
            replace(renewed, certificate, key);
            Tulip.blocking(identity::reload);
            try (var after = client(server)) {
              after.await("subject=CN = new.test\n");
            }
            converse(before);
          }
        });
  }

  private static void replace(Authority.Issued by, Path certificate, Path key) throws IOException {
    Files.copy(by.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(by.key(), key, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void bindsToTheChannelAsTheClientDoes() throws Exception {
    var context = context();
    var bindings = new ArrayList<String>();
    var hash =
        RealProcess.run(
            folder,
            Peer.LIMIT,
            "sh",
            "-c",
            "openssl x509 -outform der -in " + local.certificate() + " | sha256sum");
    Shouting.serve(
        stream -> {
          stream.startTls(context);
          bindings.add(hex(stream.attribute(TlsAttributes.EXPORTER_BINDING)));
          bindings.add(hex(stream.attribute(TlsAttributes.SERVER_END_POINT_BINDING)));
        },
        server -> {
          try (var client =
              client(
                  server, "-keymatexport", "EXPORTER-Channel-Binding", "-keymatexportlen", "32")) {
            converse(client);
            var output = client.output();
            int at = output.indexOf("Keying material: ") + "Keying material: ".length();
            var exported = output.substring(at, at + 64).toLowerCase(Locale.ROOT);
            assertEquals(List.of(exported, hash.substring(0, 64)), bindings);
          }
        });
  }

  private static String hex(@Nullable Bytes bytes) {
    return bytes == null ? "none" : bytes.hex();
  }
}
