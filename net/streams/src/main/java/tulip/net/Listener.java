// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/// Where connections come in. [Server] runs one; who wants to do it alone calls [#accept].
public interface Listener extends AutoCloseable {
  /// Waits for a connection. One task at a time.
  ///
  /// @throws java.nio.channels.ClosedChannelException if the listener is closed, or is closed
  ///   meanwhile
  /// @throws IOException if the system has no room for one more: it may have later
  /// @throws tulip.core.Cancelled if the task was cancelled; no connection is lost
  ByteStream accept() throws IOException;

  /// Where it listens.
  SocketAddress address();

  /// The port it listens at.
  ///
  /// @throws IllegalStateException if it listens at no port
  default int port() {
    if (address() instanceof InetSocketAddress address) {
      return address.getPort();
    }
    throw new IllegalStateException(this + " has no port");
  }

  /// Stops listening; connections that were not accepted are refused. Does nothing the second time.
  @Override
  void close();
}
