// SPDX-License-Identifier: Apache-2.0
package tulip.it.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tulip.core.LoopOptions;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.net.ByteStream;
import tulip.net.Tcp;
import tulip.net.TcpOptions;
import tulip.net.TlsContext;
import tulip.net.testing.ScriptedPeer;

/// Going over to TLS in the middle of a conversation, and whoever talks in between.
@Timeout(60)
@ParameterizedClass(name = "{0}")
@EnumSource(
    value = Engine.class,
    names = {"CARRIER", "BATON"})
class StartTlsTest {
  @Parameter private Engine engine = Engine.AUTO;
  @TempDir private static Path folder;
  private static TlsContext server;
  private static TlsContext client;

  @BeforeAll
  static void issue() throws Exception {
    var authority = new Authority(folder, "authority");
    server = TlsContext.server(authority.issue("localhost").identity());
    client = TlsContext.client().trusting(authority.certificate());
  }

  /// As a mail server does it: RFC 3207.
  private static void goOver(ByteStream stream) throws Exception {
    stream.write("220 mail.test ESMTP\r\n");
    stream.readLine();
    stream.write("250-mail.test\r\n250 STARTTLS\r\n");
    stream.readLine();
    stream.write("220 go ahead\r\n");
    stream.startTls(server);
  }

  @Test
  void aMailClientGoesOver() throws Exception {
    Shouting.serve(
        engine,
        StartTlsTest::goOver,
        shouting -> {
          try (var peer =
              Peer.start(
                  "openssl",
                  "s_client",
                  "-starttls",
                  "smtp",
                  "-connect",
                  "127.0.0.1:" + shouting.port())) {
            peer.await("New, TLSv1.3");
            peer.send("hello\n");
            peer.await("HELLO\n");
          }
        });
  }

  @Test
  void aServerRefusesWhatWasPutAheadOfTheHandshake() throws Exception {
    Shouting.serve(
        engine,
        StartTlsTest::goOver,
        shouting -> {
          try (var stream = Tcp.connect("127.0.0.1", shouting.port())) {
            stream.write("EHLO x\r\nSTARTTLS\r\nRCPT TO:<mallory>\r\n");
            assertEquals(
                List.of("the peer sent 19 bytes of plaintext ahead of the TLS handshake"),
                shouting.ends(1));
          }
        });
  }

  @Test
  void aServerRefusesWhatLooksLikeAHandshakeAndIsNone() throws Exception {
    Shouting.serve(
        engine,
        StartTlsTest::goOver,
        shouting -> {
          try (var stream = Tcp.connect("127.0.0.1", shouting.port())) {
            stream.write("EHLO x\r\nSTARTTLS\r\n\u0016\u0003\u0003\u0000\u0004ever");
            assertTrue(
                shouting.ends(1).getFirst().contains("handshake"), shouting.ends(1)::toString);
          }
        });
  }

  @Test
  void aClientRefusesWhatWasPutAheadOfTheHandshake() throws Exception {
    Tulip.run(
        LoopOptions.DEFAULT.withEngine(engine),
        () -> {
          try (var peer =
                  ScriptedPeer.listen(mallory -> {
                    mallory.expect("STARTTLS\r\n");
                    mallory.send("220 go ahead\r\n250 you are mallory\r\n");
                    mallory.expectEnd();
                  });
              var stream = Tcp.connect(peer.address(), TcpOptions.DEFAULT)) {
            stream.write("STARTTLS\r\n");
            assertEquals("220 go ahead", stream.readLine());
            var e = assertThrows(SSLException.class, () -> stream.startTls(client, "localhost"));
            assertTrue(String.valueOf(e.getMessage()).contains("plaintext"), e::toString);
            assertTrue(stream.isClosed());
          }
        });
  }
}
