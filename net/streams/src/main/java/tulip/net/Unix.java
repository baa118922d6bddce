// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import tulip.core.EventLoop;

/// Unix sockets: streams between processes of one machine, named by a path.
public final class Unix {
  private Unix() {}

  /// Connects to the process that listens at a path, with the usual limits. In a task.
  ///
  /// @throws IOException as [#connect(Path, StreamLimits)]
  public static ByteStream connect(Path path) throws IOException {
    return connect(path, StreamLimits.DEFAULT);
  }

  /// Connects to the process that listens at a path. In a task.
  ///
  /// @throws java.net.ConnectException if nobody does
  /// @throws IOException if there is no such path, or no right to use it
  public static ByteStream connect(Path path, StreamLimits limits) throws IOException {
    var socket = SocketChannel.open(StandardProtocolFamily.UNIX);
    var wire = SocketWire.connect(EventLoop.current(), socket, UnixDomainSocketAddress.of(path));
    return new ByteStream(wire, limits);
  }

  /// Listens at a path, with the usual limits. On a loop.
  ///
  /// @throws IOException as [#listen(Path, ListenOptions)]
  public static Listener listen(Path path) throws IOException {
    return listen(path, ListenOptions.DEFAULT);
  }

  /// Listens at a path, which is removed when the listener is closed. One that a killed process has
  /// left behind is taken over. On a loop.
  ///
  /// @throws java.net.BindException if another process listens there, or it is no socket
  /// @throws IOException if it cannot be made
  public static Listener listen(Path path, ListenOptions options) throws IOException {
    return SocketListener.unix(EventLoop.current(), path, options);
  }
}
