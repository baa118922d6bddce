// SPDX-License-Identifier: Apache-2.0
package tulip.it.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/// An address of this machine that answers no connection: its backlog is full.
final class SilentAddress implements AutoCloseable {
  private static final int MORE_THAN_THE_BACKLOG = 6;

  private final ServerSocket listener;
  private final List<SocketChannel> waiting = new ArrayList<>();

  /// @param port 0 for one that is free
  SilentAddress(InetAddress address, int port) throws IOException {
    listener = new ServerSocket(port, 1, address);
    for (int i = 0; i < MORE_THAN_THE_BACKLOG; i++) {
      var socket = SocketChannel.open();
      socket.configureBlocking(false);
      socket.connect(address());
      waiting.add(socket);
    }
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  @Override
  public void close() throws IOException {
    for (var socket : waiting) {
      socket.close();
    }
    listener.close();
  }
}
