// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.core.Tulip;
import tulip.net.Attribute;
import tulip.net.Datagram;
import tulip.net.UdpSocket;

/// A transport over a UDP socket.
final class UdpTransport extends Conversation<DatagramProtocol> implements DatagramTransport {
  private static final int HIGH = 64 * 1024;

  private final UdpSocket socket;
  private final @Nullable InetSocketAddress remote;
  private final DatagramQueue queue;

  /// @param remote what the socket is connected to, if it is
  UdpTransport(UdpSocket socket, @Nullable InetSocketAddress remote, DatagramProtocol protocol) {
    super(protocol, WriteBufferLimits.ofHigh(HIGH));
    this.socket = socket;
    this.remote = remote;
    queue = new DatagramQueue(new SocketPort(), this::tellError, this::updateFlow);
  }

  /// The socket, as the queue sees it.
  private final class SocketPort implements DatagramQueue.Port {
    @Override
    public boolean trySend(DatagramQueue.Packet packet) throws IOException {
      var to = packet.to();
      return to == null ? socket.trySend(packet.data()) : socket.trySend(packet.data(), to);
    }

    @Override
    public void send(DatagramQueue.Packet packet) throws IOException {
      var to = packet.to();
      if (to == null) {
        socket.send(packet.data());
      } else {
        socket.send(packet.data(), to);
      }
    }
  }

  // Receiving.

  @Override
  void greet() throws Exception {
    protocol().connectionMade(this);
  }

  @Override
  void receive() throws IOException {
    var datagram = tryReceive();
    if (datagram == null) {
      awaitReceivable(socket::awaitReadable);
    } else {
      call(
          "datagramReceived",
          () -> protocol().datagramReceived(datagram.data(), datagram.address()));
      Tulip.yield(); // peers that never stop must not keep the turn
    }
  }

  private @Nullable Datagram tryReceive() throws IOException {
    try {
      return socket.tryReceive();
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      tellError(e);
      return null;
    }
  }

  private void tellError(IOException error) {
    if (!isClosing()) {
      call("errorReceived", () -> protocol().errorReceived(error));
    }
  }

  // Sending.

  @Override
  public void sendTo(Bytes data, InetSocketAddress to) {
    if (remote != null && !remote.equals(to)) {
      throw new IllegalArgumentException(
          this + " is connected to " + remote + " and cannot send to " + to);
    }
    if (to.isUnresolved()) {
      throw new IllegalArgumentException(to + " is not resolved: see Tcp.lookUp");
    }
    add(data, remote == null ? to : null);
  }

  @Override
  public void sendTo(Bytes data) {
    if (remote == null) {
      throw new IllegalStateException(this + " is not connected: say where the datagram goes");
    }
    add(data, null);
  }

  private void add(Bytes data, @Nullable InetSocketAddress to) {
    if (isClosing()) {
      ignoreWrite();
    } else {
      queue.add(new DatagramQueue.Packet(data, to));
    }
  }

  private void updateFlow() {
    if (!isClosing()) {
      flow.update(queue.size());
    }
  }

  @Override
  public int getWriteBufferSize() {
    return queue.size();
  }

  @Override
  public void setWriteBufferLimits(WriteBufferLimits changed) {
    flow.limits(changed);
    flow.update(queue.size());
  }

  // The end.

  @Override
  void deliver() {
    queue.flush();
  }

  @Override
  void release() {
    queue.clear();
    socket.close();
  }

  // Looking.

  @Override
  public <T> @Nullable T attribute(Attribute<T> which) {
    return socket.attribute(which);
  }

  @Override
  public void setProtocol(DatagramProtocol protocol) {
    protocol(protocol);
  }

  @Override
  public DatagramProtocol getProtocol() {
    return protocol();
  }

  @Override
  public String toString() {
    return "transport over " + socket;
  }
}
