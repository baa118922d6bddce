// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.net.spi.Buffers;
import tulip.net.spi.ChannelWatch;
import tulip.net.spi.Wire;

/// A connected socket: TCP or Unix.
final class SocketWire implements Wire {
  private static final System.Logger LOG = System.getLogger("tulip.net");

  /// A peer that sends more than this without an end is not waited for.
  private static final int MOST_DROPPED = 16 * Buffers.SIZE;

  private final SocketChannel socket;
  private final ChannelWatch watch;
  private final SocketAddress remote;
  private boolean broken;

  private SocketWire(SocketChannel socket, ChannelWatch watch) throws IOException {
    this.socket = socket;
    this.watch = watch;
    if (!socket.isConnected()) {
      throw new NotYetConnectedException();
    }
    this.remote = socket.getRemoteAddress();
  }

  /// A wire on a connected socket, which it closes if anything goes wrong.
  static SocketWire of(EventLoop loop, SocketChannel socket) throws IOException {
    return make(loop, socket, null);
  }

  /// Connects a socket, which it closes if anything goes wrong. In a task.
  static SocketWire connect(EventLoop loop, SocketChannel socket, SocketAddress address)
      throws IOException {
    return make(loop, socket, address);
  }

  private static SocketWire make(
      EventLoop loop, SocketChannel socket, @Nullable SocketAddress address) throws IOException {
    var watch = new ChannelWatch(loop, socket);
    try {
      socket.configureBlocking(false);
      if (address != null) {
        connect(socket, watch, address);
      }
      return new SocketWire(socket, watch);
    } catch (Throwable t) {
      watch.close();
      Sockets.close(socket);
      throw t;
    }
  }

  private static void connect(SocketChannel socket, ChannelWatch watch, SocketAddress address)
      throws IOException {
    try {
      if (!socket.connect(address)) {
        while (!socket.finishConnect()) {
          watch.awaitWritable();
        }
      }
    } catch (ConnectException e) {
      throw Sockets.located(new ConnectException(e.getMessage() + ": " + address), e);
    }
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    try {
      return socket.read(target);
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  @Override
  public void awaitReadable() throws IOException {
    watch.awaitReadable();
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    try {
      return socket.write(source);
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  @Override
  public long sendFile(FileChannel file, long position, long count) throws IOException {
    return file.transferTo(position, count, socket);
  }

  @Override
  public void whenWritable(Runnable callback) {
    watch.whenWritable(callback);
  }

  @Override
  public boolean shutdownOutput() throws IOException {
    socket.shutdownOutput();
    return true;
  }

  /// Drops what nobody has read: otherwise the system resets the connection when it is closed, and
  /// drops what it has not sent yet.
  @Override
  public boolean sayGoodbye() {
    try {
      int dropped = 0;
      int n = 1;
      while (n > 0 && dropped < MOST_DROPPED) {
        n = socket.read(Buffers.scratch());
        dropped += n;
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0} is broken already", this);
    }
    return true;
  }

  @Override
  public void close() {
    watch.close();
    if (broken && !isUnix()) {
      forgetPeer();
    }
    Sockets.close(socket);
  }

  /// Spares the JDK a goodbye to a peer that is gone: it would cost an exception that nobody sees.
  private void forgetPeer() {
    try {
      socket.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0} is closed already", this);
    }
  }

  @Override
  public <T> @Nullable T attribute(Attribute<T> which) {
    return which.type().cast(find(which));
  }

  private @Nullable Object find(Attribute<?> which) {
    try {
      if (which.equals(Attribute.REMOTE_ADDRESS)) {
        return remote;
      } else if (which.equals(Attribute.LOCAL_ADDRESS)) {
        return socket.isOpen() ? socket.getLocalAddress() : null;
      } else if (which.equals(Attribute.SOCKET)) {
        return socket;
      } else if (which.equals(Attribute.PEER_USER) && isUnix()) {
        return socket.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
      }
      return null;
    } catch (IOException e) {
      return null; // closed just now
    }
  }

  private boolean isUnix() {
    return remote instanceof UnixDomainSocketAddress;
  }

  @Override
  public String toString() {
    return (isUnix() ? "unix socket " : "tcp socket ") + remote;
  }
}
