// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tulip.core.EventLoop;
import tulip.core.spi.ResourceTracker;

/// A port at which several loops listen, each with a listener of its own; the system gives each a
/// share of the connections (`SO_REUSEPORT`).
///
/// The port is reserved from [#open] to [#close], also while nobody listens: by a socket that is
/// bound and takes no connections. Other processes of the same user may share it, if they ask for
/// that too. A port that a server has just left which did not share it may be taken for a minute.
///
/// Linux gives a connection to a listener by a hash of its addresses and ports, whatever that
/// listener's loop does at the moment. macOS gives all to the newest. Windows has no shared ports.
public final class SharedPort implements AutoCloseable {
  private final SocketChannel reservation;
  private final InetSocketAddress address;
  private final ListenOptions options;
  private final List<SocketListener> listeners = new CopyOnWriteArrayList<>();
  private final ResourceTracker tracker = EventLoop.currentTracker();

  private SharedPort(SocketChannel reservation, ListenOptions options) throws IOException {
    this.reservation = reservation;
    this.address = (InetSocketAddress) reservation.getLocalAddress();
    this.options = options.withReusePort(true);
    tracker.opened(this);
  }

  /// Reserves a port of all of the machine's addresses, with the usual options. Any thread.
  ///
  /// @param port 0 for one that is free
  /// @throws BindException if somebody else has the port and does not share it
  /// @throws UnsupportedOperationException if this system has no shared ports
  public static SharedPort open(int port) throws IOException {
    return open(new InetSocketAddress(port), ListenOptions.DEFAULT);
  }

  /// Reserves a port. Any thread.
  ///
  /// @param options of the listeners, which share the port whatever these say about that
  /// @throws BindException if somebody else has the port and does not share it, or the address is
  ///   not this machine's
  /// @throws UnsupportedOperationException if this system has no shared ports
  public static SharedPort open(InetSocketAddress address, ListenOptions options)
      throws IOException {
    var socket = SocketChannel.open();
    try {
      if (!socket.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
        throw new UnsupportedOperationException(
            "this system has no SO_REUSEPORT, and several loops cannot listen at one port: serve"
                + " it with one loop");
      }
      socket.setOption(
          StandardSocketOptions.SO_REUSEPORT, true); // SO_REUSEADDR would let others in
      socket.bind(address);
      return new SharedPort(socket, options);
    } catch (BindException e) {
      Sockets.close(socket);
      throw Sockets.located(new BindException(e.getMessage() + ": " + address), e);
    } catch (Throwable t) {
      Sockets.close(socket);
      throw t;
    }
  }

  /// Where the listeners listen.
  public InetSocketAddress address() {
    return address;
  }

  /// The port.
  public int port() {
    return address.getPort();
  }

  /// A listener for the calling loop, which closes it. On a loop.
  public Listener listen() throws IOException {
    listeners.removeIf(SocketListener::isClosed);
    var listener = SocketListener.tcp(EventLoop.current(), address, options);
    listeners.add(listener);
    return listener;
  }

  /// Closes the listeners of a loop that stands still, so that the system gives new connections to
  /// the others; what it had given to that loop and was not accepted yet is reset. When the loop
  /// goes on it finds its listeners closed. Any thread; it may wait until the loop goes on.
  public void withdraw(EventLoop loop) {
    for (var listener : listeners) {
      if (listener.loop().equals(loop)) {
        listener.freePort();
      }
    }
    listeners.removeIf(SocketListener::isClosed);
  }

  /// Ends the reservation; listeners that are open stay. Any thread; does nothing the second time.
  @Override
  public void close() {
    if (reservation.isOpen()) {
      Sockets.close(reservation);
      tracker.closed(this);
    }
  }

  @Override
  public String toString() {
    return "shared port " + port();
  }
}
