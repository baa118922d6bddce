// SPDX-License-Identifier: Apache-2.0
package tulip.http.testing;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import tulip.core.queue.Queue;
import tulip.core.queue.QueueShutDown;
import tulip.net.Attribute;
import tulip.net.ByteStream;
import tulip.net.Listener;

/// Where connections within memory come in.
final class MemoryListener implements Listener {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final int PORT = 80;
  private static final int FIRST_CLIENT_PORT = 49152;
  private static final int BACKLOG = 128;

  private final Queue<ByteStream> waiting = new Queue<>(BACKLOG);
  private int connections;

  /// Connects to it. Waits while too many wait already.
  ///
  /// @throws ClosedChannelException if it is closed
  ByteStream connect() throws ClosedChannelException {
    var pair = ByteStream.pair();
    var client = new InetSocketAddress(HERE, FIRST_CLIENT_PORT + connections++ % 10_000);
    pair.far().set(Attribute.REMOTE_ADDRESS, client);
    pair.far().set(Attribute.LOCAL_ADDRESS, address());
    boolean done = false;
    try {
      waiting.put(pair.far());
      done = true;
    } catch (QueueShutDown _) {
      throw new ClosedChannelException();
    } finally {
      if (!done) {
        pair.near().abort();
        pair.far().abort();
      }
    }
    return pair.near();
  }

  @Override
  public ByteStream accept() throws ClosedChannelException {
    try {
      return waiting.get();
    } catch (QueueShutDown _) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public SocketAddress address() {
    return new InetSocketAddress(HERE, PORT);
  }

  @Override
  public void close() {
    waiting.shutdown();
    while (!waiting.isEmpty()) {
      waiting.get().abort();
    }
  }
}
