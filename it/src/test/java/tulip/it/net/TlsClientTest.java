// SPDX-License-Identifier: Apache-2.0
package tulip.it.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.core.Tulip;
import tulip.net.ByteStream;
import tulip.net.Tcp;
import tulip.net.TcpOptions;
import tulip.net.TlsAttributes;
import tulip.net.TlsContext;
import tulip.net.testing.RealServer;

/// Our TLS client with `openssl s_server`.
@Timeout(60)
class TlsClientTest {
  @TempDir private static Path folder;
  private static Authority authority;
  private static Authority.Issued local;

  @BeforeAll
  static void issue() throws Exception {
    authority = new Authority(folder, "authority");
    local = authority.issue("localhost");
  }

  private static TlsContext context() throws IOException {
    return TlsContext.client().trusting(authority.certificate());
  }

  private interface Visit {
    void run(RealServer server) throws Exception;
  }

  /// Runs a server, and a visit in a task.
  private static void serve(Authority.Issued identity, Visit visit, String... options)
      throws Exception {
    try (var server =
        RealServer.start(
            place -> {
              var command = new ArrayList<>(List.of("openssl", "s_server"));
              command.addAll(List.of("-accept", "127.0.0.1:" + place.port()));
              command.addAll(List.of(identity.options()));
              command.addAll(List.of("-CAfile", authority.certificate().toString()));
              command.addAll(List.of(options));
              return command;
            },
            started -> started.output().contains("ACCEPT"),
            Peer.LIMIT)) {
      Tulip.run(() -> Tulip.timeout(Peer.LIMIT, () -> visit.run(server)));
    }
  }

  private static ByteStream connect(RealServer server, TlsContext context) throws IOException {
    var stream = Tcp.connect(server.address(), TcpOptions.DEFAULT);
    stream.startTls(context, "localhost");
    return stream;
  }

  /// With a server that answers each line backwards.
  private static void converse(ByteStream stream) throws IOException {
    stream.write("hello\n");
    assertEquals("olleh", stream.readLine());
  }

  /// A failure of the handshake whose message, or its cause's, says this.
  private static void assertRefused(String why, RealServer server, TlsContext context) {
    var e = assertThrows(SSLException.class, () -> connect(server, context));
    assertTrue((e.getMessage() + e.getCause()).contains(why), e::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.3", "1.2"})
  void speaks(String version) throws Exception {
    serve(
        local,
        server -> {
          try (var stream = connect(server, context())) {
            var session = Objects.requireNonNull(stream.attribute(TlsAttributes.SESSION));
            assertEquals("TLSv" + version, session.getProtocol());
            converse(stream);
          }
        },
        "-rev",
        "-tls" + version.replace('.', '_'));
  }

  @Test
  void refusesAnUnknownAuthority() throws Exception {
    var stranger = new Authority(folder, "stranger").issue("localhost");
    serve(
        stranger,
        server -> {
          assertRefused("unable to find valid certification path", server, context());
          assertRefused("unable to find valid certification path", server, TlsContext.client());
          connect(server, TlsContext.client().withoutVerification()).close();
        },
        "-rev");
  }

  @Test
  void refusesAnotherName() throws Exception {
    serve(
        authority.issue("other.test"),
        server -> {
          assertRefused("No subject alternative DNS name matching localhost", server, context());
          connect(server, context().withoutNameCheck()).close();
        },
        "-rev");
  }

  @Test
  void refusesAnExpiredCertificate() throws Exception {
    serve(
        authority.issue("localhost", -1),
        server -> {
          assertRefused("certificate_expired", server, context());
          assertRefused("certificate_expired", server, context().withoutNameCheck());
        },
        "-rev");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_3", "-tls1_2"})
  void showsItsCertificate(String version) throws Exception {
    var friend = authority.issue("friend").identity();
    serve(
        local,
        server -> {
          try (var stream = connect(server, context().withIdentity(friend))) {
            converse(stream);
          }
          assertThrows(
              IOException.class,
              () -> {
                try (var stream = connect(server, context())) {
                  converse(stream); // with TLS 1.3 the refusal comes after the handshake
                }
              });
          try (var stream = connect(server, context().withIdentity(friend))) {
            converse(stream);
          }
        },
        "-rev",
        "-Verify",
        "1",
        "-verify_return_error",
        version);
  }

  @Test
  void agreesOnAProtocol() throws Exception {
    serve(
        local,
        server -> {
          try (var stream = connect(server, context().withProtocols("http/1.1", "h2"))) {
            assertEquals("h2", stream.attribute(TlsAttributes.PROTOCOL));
          }
          try (var stream = connect(server, context())) {
            assertNull(stream.attribute(TlsAttributes.PROTOCOL));
            converse(stream);
          }
        },
        "-rev",
        "-alpn",
        "h2");
  }

  @Test
  void saysWhomItWants() throws Exception {
    serve(
        authority.issue("other.test"),
        server -> connect(server, context()).close(),
        "-rev",
        "-servername",
        "localhost",
        "-cert2",
        local.certificate().toString(),
        "-key2",
        local.key().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.3", "1.2"})
  void resumesSessions(String version) throws Exception {
    serve(
        local,
        server -> {
          var context = context();
          assertTrue(page(server, context).contains("New, TLSv" + version), "first");
          assertTrue(page(server, context).contains("Reused, TLSv" + version), "second");
        },
        "-www",
        "-tls" + version.replace('.', '_'));
  }

  /// What the server tells of the connection.
  private static String page(RealServer server, TlsContext context) throws IOException {
    try (var stream = connect(server, context)) {
      stream.write("GET / HTTP/1.0\r\n\r\n");
      return stream.readAll(100_000).latin1();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"K", "k"})
  void changesKeysWhenAsked(String command) throws Exception {
    serve(
        local,
        server -> {
          try (var stream = connect(server, context())) {
            var process = server.process();
            Tulip.blocking(() -> process.send(command + "\n"));
            stream.write("it has read the command\n");
            Tulip.blocking(() -> process.awaitOutput("the command", Peer.LIMIT));
            Tulip.blocking(() -> process.send("under new keys\n"));
            assertEquals("under new keys", stream.readLine());
            stream.write("and so are we\n");
            Tulip.blocking(() -> process.awaitOutput("so are we", Peer.LIMIT));
          }
        },
        "-tls1_3");
  }

  @Test
  void noticesAConnectionThatIsCut() throws Exception {
    serve(
        local,
        server -> {
          try (var stream = connect(server, context())) {
            converse(stream);
            Tulip.blocking(server.process()::close);
            var e = assertThrows(SSLException.class, stream::read);
            assertTrue(String.valueOf(e.getMessage()).contains("goodbye"), e::toString);
          }
        },
        "-rev");
  }
}
