// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.spi.ResourceTracker;
import tulip.net.spi.ChannelWatch;

/// A listening socket: TCP or Unix.
final class SocketListener implements Listener {
  private final ServerSocketChannel socket;
  private final SocketAddress address;
  private final ChannelWatch watch;
  private final ListenOptions options;

  /// What is to be removed with the socket.
  private final @Nullable SocketFile file;

  private final ResourceTracker tracker = EventLoop.currentTracker();
  private boolean closed;

  private SocketListener(
      EventLoop loop, ServerSocketChannel socket, ListenOptions options, @Nullable Path path)
      throws IOException {
    this.file = path == null ? null : SocketFile.madeAt(path);
    this.socket = socket;
    this.address = socket.getLocalAddress();
    this.watch = new ChannelWatch(loop, socket);
    this.options = options;
    tracker.opened(this);
  }

  static SocketListener tcp(EventLoop loop, InetSocketAddress address, ListenOptions options)
      throws IOException {
    var socket = ServerSocketChannel.open();
    try {
      socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      if (options.reusePort()) {
        socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      return listen(loop, socket, address, options, null);
    } catch (BindException e) {
      Sockets.close(socket);
      throw Sockets.located(new BindException(e.getMessage() + ": " + address), e);
    } catch (Throwable t) {
      Sockets.close(socket);
      throw t;
    }
  }

  static SocketListener unix(EventLoop loop, Path path, ListenOptions options) throws IOException {
    SocketFile.removeStale(path);
    var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      return listen(loop, socket, UnixDomainSocketAddress.of(path), options, path);
    } catch (Throwable t) {
      Sockets.close(socket);
      throw t;
    }
  }

  private static SocketListener listen(
      EventLoop loop,
      ServerSocketChannel socket,
      SocketAddress address,
      ListenOptions options,
      @Nullable Path path)
      throws IOException {
    socket.configureBlocking(false);
    socket.bind(address, options.backlog());
    return new SocketListener(loop, socket, options, path);
  }

  @Override
  public ByteStream accept() throws IOException {
    SocketChannel accepted;
    while ((accepted = socket.accept()) == null) {
      watch.awaitReadable();
    }
    var connections = options.connections();
    try {
      if (address instanceof InetSocketAddress) {
        connections.applyTo(accepted);
      }
    } catch (Throwable t) {
      Sockets.close(accepted);
      throw t;
    }
    return new ByteStream(SocketWire.of(watch.loop(), accepted), connections.limits());
  }

  @Override
  public SocketAddress address() {
    return address;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (file != null) {
        file.remove();
      }
      Sockets.close(socket);
      watch.close();
      tracker.closed(this);
    }
  }

  /// Whether the loop has closed it, or another thread has freed its port.
  boolean isClosed() {
    return !socket.isOpen();
  }

  EventLoop loop() {
    return watch.loop();
  }

  /// Frees the port while the loop stands still; the rest is for the loop's [#close]. Any thread.
  void freePort() {
    Sockets.close(socket);
    watch.loop().poller().release(socket);
  }

  @Override
  public String toString() {
    return "listener at " + address;
  }
}
