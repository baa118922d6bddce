// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tulip.net.Attribute;
import tulip.net.Unix;
import tulip.testing.TulipTest;

/// The path of a Unix socket: who makes it, who may take it over, who removes it.
@TulipTest
class UnixListenerTest {
  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void name() {
    path = folder.resolve("socket");
  }

  /// A socket that another process has made and left.
  private void leave() throws IOException {
    try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(path));
    }
    assertTrue(Files.exists(path));
  }

  @TulipTest
  void thePathGoesWithTheListener() throws Exception {
    try (var listener = Unix.listen(path)) {
      assertTrue(Files.exists(path));
      assertEquals(UnixDomainSocketAddress.of(path), listener.address());
      try (var client = Unix.connect(path);
          var server = listener.accept()) {
        assertEquals(listener.address(), client.attribute(Attribute.REMOTE_ADDRESS));
        assertEquals(
            System.getProperty("user.name"),
            requireNonNull(server.attribute(Attribute.PEER_USER)).getName());
      }
    }
    assertFalse(Files.exists(path));
  }

  @TulipTest
  void aPathThatIsGoneAlreadyIsFine() throws Exception {
    try (var _ = Unix.listen(path)) {
      Files.delete(path);
    }
    assertFalse(Files.exists(path));
  }

  @TulipTest
  void whatAnotherHasPutInItsPlaceStays() throws Exception {
    var first = Unix.listen(path);
    Files.delete(path);
    try (var second = Unix.listen(path)) {
      first.close();
      assertTrue(Files.exists(path));
      try (var client = Unix.connect(path);
          var server = second.accept()) {
        client.write("hello\n");
        assertEquals("hello", server.readLine());
      }
    }
  }

  @TulipTest
  void aSocketThatNobodyListensAtIsTakenOver() throws Exception {
    leave();
    try (var listener = Unix.listen(path);
        var client = Unix.connect(path);
        var server = listener.accept()) {
      client.write("x");
      assertEquals("x", server.readExactly(1).ascii());
    }
  }

  @TulipTest
  void aSocketThatIsListenedAtIsNot() throws Exception {
    try (var _ = Unix.listen(path)) {
      var e = assertThrows(BindException.class, () -> Unix.listen(path));
      assertTrue(String.valueOf(e.getMessage()).contains(path.toString()), e::toString);
      assertTrue(Files.exists(path));
    }
  }

  @TulipTest
  void aFileIsNotReplaced() throws Exception {
    Files.writeString(path, "precious");
    assertThrows(BindException.class, () -> Unix.listen(path));
    assertEquals("precious", Files.readString(path));
  }

  @TulipTest
  void aPathThatCannotBeMadeIsRefused() {
    assertThrows(IOException.class, () -> Unix.listen(folder.resolve("none/socket")));
    assertThrows(IOException.class, () -> Unix.listen(folder.resolve("x".repeat(200))));
  }

  @TulipTest
  void connectingToNobodyFails() throws Exception {
    assertThrows(IOException.class, () -> Unix.connect(path));
    leave();
    assertThrows(ConnectException.class, () -> Unix.connect(path));
    Files.delete(path);
    Files.writeString(path, "no socket");
    assertThrows(IOException.class, () -> Unix.connect(path));
  }
}
