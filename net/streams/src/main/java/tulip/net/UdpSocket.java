// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.core.EventLoop;
import tulip.core.spi.ResourceTracker;
import tulip.net.spi.Buffers;
import tulip.net.spi.ChannelWatch;

/// Sends and receives UDP datagrams.
///
/// ```java
/// try (var socket = UdpSocket.bind(new InetSocketAddress(9999))) {
///   while (true) {
///     var datagram = socket.receive();
///     socket.send(datagram.data(), datagram.address());
///   }
/// }
/// ```
///
/// What the system has no room for it drops, as the network may: nothing is repeated, and nothing
/// tells. One task at a time receives, and one sends. A socket belongs to the loop that it was made
/// on.
public final class UdpSocket implements AutoCloseable {
  private final DatagramChannel channel;
  private final ChannelWatch watch;
  private final ResourceTracker tracker = EventLoop.currentTracker();

  private UdpSocket(DatagramChannel channel) {
    this.channel = channel;
    watch = new ChannelWatch(EventLoop.current(), channel);
    tracker.opened(this);
  }

  /// A socket at a free port, for IPv4 and IPv6. On a loop.
  public static UdpSocket open() throws IOException {
    return new UdpSocket(prepared(DatagramChannel.open(), null));
  }

  /// A socket at an address. On a loop.
  ///
  /// @param local with port 0 for one that is free
  /// @throws java.net.BindException if the port is taken or the address is not this machine's
  public static UdpSocket bind(InetSocketAddress local) throws IOException {
    return new UdpSocket(prepared(DatagramChannel.open(), local));
  }

  /// A socket for multicast groups of one family: several sockets may share the port. On a loop.
  public static UdpSocket bindShared(InetSocketAddress local, StandardProtocolFamily family)
      throws IOException {
    var channel = DatagramChannel.open(family);
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    return new UdpSocket(prepared(channel, local));
  }

  /// A socket that sends to one address, and receives from that alone. On a loop.
  public static UdpSocket connect(InetSocketAddress remote) throws IOException {
    var channel = prepared(DatagramChannel.open(), null);
    try {
      channel.connect(remote);
    } catch (Throwable t) {
      Sockets.close(channel);
      throw t;
    }
    return new UdpSocket(channel);
  }

  /// A socket over a channel that somebody else has made, with options and addresses. The channel
  /// becomes the socket's, and non-blocking; it is closed if that fails. On a loop.
  public static UdpSocket over(DatagramChannel channel) throws IOException {
    return new UdpSocket(prepared(channel, null));
  }

  private static DatagramChannel prepared(
      DatagramChannel channel, @Nullable InetSocketAddress local) throws IOException {
    try {
      channel.configureBlocking(false);
      if (local != null) {
        channel.bind(local);
      }
      return channel;
    } catch (Throwable t) {
      Sockets.close(channel);
      throw t;
    }
  }

  // Receiving and sending.

  /// Waits for a datagram.
  ///
  /// @throws java.net.PortUnreachableException if the socket is connected and an earlier datagram
  ///   found nobody
  /// @throws ClosedChannelException if the socket is closed, or is closed meanwhile
  /// @throws tulip.core.Cancelled if the task was cancelled; no datagram is lost
  public Datagram receive() throws IOException {
    var received = tryReceive();
    while (received == null) {
      awaitReadable();
      received = tryReceive();
    }
    return received;
  }

  /// Waits until [#tryReceive] may have something. One task at a time.
  ///
  /// @throws ClosedChannelException if the socket is closed, or is closed meanwhile
  /// @throws tulip.core.Cancelled if the task was cancelled
  public void awaitReadable() throws IOException {
    watch.awaitReadable();
  }

  /// Takes a datagram if one is there; else `null`.
  ///
  /// @throws IOException as [#receive]
  public @Nullable Datagram tryReceive() throws IOException {
    var target = Buffers.scratch();
    var from = (InetSocketAddress) channel.receive(target);
    return from == null ? null : new Datagram(Bytes.copyOf(target.flip()), from);
  }

  /// Sends a datagram, and waits while the system has no room for it.
  ///
  /// @throws IOException if it is too large, or there is no way to the address
  /// @throws tulip.core.Cancelled if the task was cancelled; the datagram was not sent
  public void send(Bytes data, InetSocketAddress to) throws IOException {
    while (!trySend(data, to)) {
      watch.awaitWritable();
    }
  }

  /// Sends a datagram if the system has room for it.
  ///
  /// @return whether it was sent
  /// @throws IOException as [#send(Bytes, InetSocketAddress)]
  public boolean trySend(Bytes data, InetSocketAddress to) throws IOException {
    return channel.send(data.asByteBuffer(), to) > 0 || data.isEmpty();
  }

  /// Sends a datagram to the address that the socket is connected to.
  ///
  /// @throws java.nio.channels.NotYetConnectedException if it is not connected
  /// @throws IOException as [#send(Bytes, InetSocketAddress)]
  public void send(Bytes data) throws IOException {
    while (!trySend(data)) {
      watch.awaitWritable();
    }
  }

  /// Sends a datagram to the address that the socket is connected to, if the system has room for
  /// it.
  ///
  /// @return whether it was sent
  /// @throws IOException as [#send(Bytes)]
  public boolean trySend(Bytes data) throws IOException {
    return channel.write(data.asByteBuffer()) > 0 || data.isEmpty();
  }

  // Settings.

  /// Allows datagrams to broadcast addresses, or forbids them again.
  public UdpSocket broadcast(boolean on) throws IOException {
    channel.setOption(StandardSocketOptions.SO_BROADCAST, on);
    return this;
  }

  /// Sets any option of datagram sockets: [StandardSocketOptions].
  public <T> UdpSocket option(SocketOption<T> which, T value) throws IOException {
    channel.setOption(which, value);
    return this;
  }

  /// Receives what is sent to a multicast group, until the key is dropped.
  ///
  /// @param through the interface that the group is joined at
  public MembershipKey join(InetAddress group, NetworkInterface through) throws IOException {
    return channel.join(group, through);
  }

  /// Where this end is.
  ///
  /// @throws ClosedChannelException if the socket is closed
  public InetSocketAddress address() throws IOException {
    return (InetSocketAddress) channel.getLocalAddress();
  }

  /// A fact about the socket: [Attribute#LOCAL_ADDRESS], [Attribute#REMOTE_ADDRESS] if it is
  /// connected; `null` if it is not known or the socket is closed.
  public <T> @Nullable T attribute(Attribute<T> which) {
    return which.type().cast(find(which));
  }

  private @Nullable Object find(Attribute<?> which) {
    try {
      if (which.equals(Attribute.LOCAL_ADDRESS)) {
        return channel.getLocalAddress();
      }
      return which.equals(Attribute.REMOTE_ADDRESS) ? channel.getRemoteAddress() : null;
    } catch (IOException e) {
      return null; // closed
    }
  }

  /// Closes; tasks that wait here fail. The port is free when the loop has looked at its channels
  /// again: after the next wait. Does nothing the second time.
  @Override
  public void close() {
    watch.close();
    Sockets.close(channel);
    tracker.closed(this);
  }

  @Override
  public String toString() {
    return "udp socket " + channel;
  }
}
