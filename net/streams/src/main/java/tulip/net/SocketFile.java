// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The file that a listening Unix socket has made.
///
/// @param path where it was made
/// @param key what the file system knows it by; no other file has it while the socket is open
record SocketFile(Path path, @Nullable Object key) {
  private static final System.Logger LOG = System.getLogger("tulip.net");

  /// The file that was made at a path just now.
  static SocketFile madeAt(Path path) throws IOException {
    return new SocketFile(path, attributes(path).fileKey());
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class);
  }

  /// Removes what a process that was killed has left behind.
  ///
  /// @throws BindException if somebody listens there, or it is no socket
  static void removeStale(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    if (!attributes(path).isOther()) {
      throw new BindException(path + " exists and is no socket");
    }
    try (var _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      throw new BindException("another process listens at " + path);
    } catch (ConnectException e) {
      Files.delete(path);
    }
  }

  /// Removes the file, unless another one has taken its place. While the socket is still open.
  void remove() {
    try {
      if (Objects.equals(key, attributes(path).fileKey())) {
        Files.delete(path);
      }
    } catch (NoSuchFileException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0} is gone already", path);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "removing " + path, e);
    }
  }
}
