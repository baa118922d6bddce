// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.transports.Loopback.end;

import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions.Engine;
import tulip.net.Attribute;
import tulip.net.Unix;
import tulip.testing.TulipTest;

/// Transports over Unix sockets.
@TulipTest(
    clock = TulipTest.Clock.REAL,
    engine = {Engine.CARRIER, Engine.BATON})
@Timeout(20)
class UnixTransportTest {
  @TempDir private Path folder;

  private TransportServer serve(Path path) throws IOException {
    return Transports.createUnixServer(Echo::new, path, ServeOptions.DEFAULT);
  }

  private static Recorder connect(Path path) throws IOException {
    return Transports.createUnixConnection(Recorder::new, path, ConnectOptions.DEFAULT).protocol();
  }

  private static void assertEchoes(Recorder client) {
    client.transport().write(Bytes.ofAscii("over a path"));
    client.awaitText("over a path");
    assertEquals("over a path", client.text());
  }

  @TulipTest
  void aServerAndAClientMeetAtAPath() throws Exception {
    var path = folder.resolve("socket");
    var server = serve(path);
    var client = connect(path);
    assertEchoes(client);
    assertEquals(
        UnixDomainSocketAddress.of(path), client.transport().attribute(Attribute.REMOTE_ADDRESS));
    assertNotNull(client.transport().attribute(Attribute.PEER_USER));
    client.transport().close();
    client.await("lost");
    server.close();
    server.waitClosed();
    assertFalse(Files.exists(path));
  }

  @TulipTest
  void aPathThatWasLeftBehindIsTakenOver() throws Exception {
    var path = folder.resolve("left");
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(path))
        .close();
    assertTrue(Files.exists(path));
    var server = serve(path);
    var client = connect(path);
    assertEchoes(client);
    end(client);
    server.close();
    server.waitClosed();
  }

  @TulipTest
  void aPathThatIsTakenIsRefused() throws Exception {
    var path = folder.resolve("socket");
    try (var _ = serve(path)) {
      assertThrows(BindException.class, () -> serve(path));
    }
    var file = Files.writeString(folder.resolve("file"), "no socket");
    assertThrows(BindException.class, () -> serve(file));
    assertEquals("no socket", Files.readString(file));
    assertThrows(IOException.class, () -> serve(folder.resolve("no/such/folder")));
  }

  @TulipTest
  void nobodyIsAtThePath() {
    assertThrows(IOException.class, () -> connect(folder.resolve("nothing")));
  }

  @TulipTest
  void aReadySocketBecomesTheTransports() throws Exception {
    var path = folder.resolve("socket");
    try (var listener = Unix.listen(path)) {
      var socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
      var client =
          Transports.createConnection(Recorder::new, socket, ConnectOptions.DEFAULT).protocol();
      try (var peer = listener.accept()) {
        peer.write("hello");
        client.awaitText("hello");
      }
      end(client);
    }
  }

  @TulipTest
  void tlsOverAPathNeedsTheServersName() throws Exception {
    var path = folder.resolve("socket");
    var server =
        Transports.createUnixServer(
            Echo::new, path, ServeOptions.DEFAULT.withTls(Certificates.SERVER));
    var nameless = ConnectOptions.DEFAULT.withTls(Certificates.CLIENT);
    assertThrows(
        IllegalArgumentException.class,
        () -> Transports.createUnixConnection(Recorder::new, path, nameless));
    var named = ConnectOptions.DEFAULT.withTls(Certificates.CLIENT, "localhost");
    var client = Transports.createUnixConnection(Recorder::new, path, named).protocol();
    assertEchoes(client);
    end(client);
    server.close();
    server.waitClosed();
  }
}
