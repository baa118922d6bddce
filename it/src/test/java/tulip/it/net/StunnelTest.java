// SPDX-License-Identifier: Apache-2.0
package tulip.it.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.net.ByteStream;
import tulip.net.Tcp;
import tulip.net.TcpOptions;
import tulip.net.TlsContext;
import tulip.net.testing.RealServer;

/// TLS with stunnel at the other end, and ourselves behind it.
@Timeout(60)
@ParameterizedClass(name = "{0}")
@EnumSource(
    value = Engine.class,
    names = {"CARRIER", "BATON"})
class StunnelTest {
  @TempDir private static Path folder;
  private static Authority authority;
  private static Authority.Issued local;

  @Parameter private Engine engine = Engine.AUTO;

  @BeforeAll
  static void issue() throws Exception {
    authority = new Authority(folder, "authority");
    local = authority.issue("localhost");
  }

  /// A tunnel from its port to one of ours. In a task.
  private static RealServer tunnel(Shouting to, String... options) throws IOException {
    return Tulip.blocking(() ->
        RealServer.start(
            place -> {
              var lines =
                  """
                  foreground = yes
                  pid =
                  debug = info
                  [tunnel]
                  accept = 127.0.0.1:%d
                  connect = 127.0.0.1:%d
                  %s
                  """
                      .formatted(place.port(), to.port(), String.join("\n", options));
              var file = Files.writeString(place.folder().resolve("stunnel.conf"), lines);
              return List.of("stunnel4", file.toString());
            },
            server -> server.output().contains("bound to 127.0.0.1"),
            Peer.LIMIT));
  }

  /// Lines, much in both directions at once, and the end.
  private static void converse(ByteStream stream) throws IOException {
    stream.write("hello\n");
    assertEquals("HELLO", stream.readLine());
    var much = Bytes.ofAscii(("x".repeat(999) + "\n").repeat(2000));
    TaskGroup.run(group -> {
      group.start(() -> stream.write(much));
      assertEquals(
          Bytes.ofAscii(("X".repeat(999) + "\n").repeat(2000)), stream.readExactly(much.length()));
    });
    stream.closeOutput();
    assertNull(stream.read());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void ourClientGoesThroughItsServer(String version) throws Exception {
    var context = TlsContext.client().trusting(authority.certificate());
    Shouting.serve(
        engine,
        ByteStream::flush,
        server -> {
          try (var tunnel =
                  tunnel(
                      server,
                      "cert = " + local.certificate(),
                      "key = " + local.key(),
                      "sslVersion = " + version);
              var stream = Tcp.connect(tunnel.address(), TcpOptions.DEFAULT)) {
            stream.startTls(context, "localhost");
            converse(stream);
            assertEquals(List.of("end"), server.ends(1));
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void itsClientComesToOurServer(String version) throws Exception {
    var context = TlsContext.server(local.identity());
    Shouting.serve(
        engine,
        stream -> stream.startTls(context),
        server -> {
          try (var tunnel = tunnel(server, client("localhost", version));
              var stream = Tcp.connect(tunnel.address(), TcpOptions.DEFAULT)) {
            converse(stream);
            assertEquals(List.of("end"), server.ends(1));
          }
        });
  }

  @Test
  void itsClientRefusesAnotherName() throws Exception {
    var context = TlsContext.server(local.identity());
    Shouting.serve(
        engine,
        stream -> stream.startTls(context),
        server -> {
          try (var tunnel = tunnel(server, client("elsewhere", "TLSv1.3"));
              var stream = Tcp.connect(tunnel.address(), TcpOptions.DEFAULT)) {
            assertThrows(IOException.class, stream::read);
            Tulip.blocking(() -> tunnel.process().awaitOutput("Subject checks failed", Peer.LIMIT));
          }
        });
  }

  private static String[] client(String name, String version) {
    return new String[] {
      "client = yes",
      "CAfile = " + authority.certificate(),
      "verifyChain = yes",
      "checkHost = " + name,
      "sslVersion = " + version
    };
  }
}
