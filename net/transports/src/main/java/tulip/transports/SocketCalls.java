// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import tulip.net.Tcp;

/// The system's socket calls on channels of one's own, that suspend the task where they would
/// block: asyncio's `sock_*`.
///
/// A channel must be in non-blocking mode, must not be a stream's or a transport's, and has no
/// reader or writer of [tulip.core.EventLoop#addReader] while one of these calls waits. One task
/// reads from it and one writes to it at a time. Who closes a channel that a task waits for cancels
/// the task first: the JDK tells nobody.
///
/// All methods are for tasks. They throw [IllegalArgumentException] for a channel in blocking mode,
/// and if a call is cancelled nothing that was received is lost.
public final class SocketCalls {
  private SocketCalls() {}

  /// Receives what is there, at least one byte.
  ///
  /// @param target has room; its position moves on
  /// @return how many bytes; -1 at the end
  /// @throws IOException if the connection is broken
  public static int sockRecv(SocketChannel socket, ByteBuffer target) throws IOException {
    checkMode(socket);
    if (!target.hasRemaining()) {
      throw new IllegalArgumentException("receiving into a full buffer");
    }
    int n;
    while ((n = socket.read(target)) == 0) {
      ChannelWait.readable(socket);
    }
    return n;
  }

  /// Receives a datagram; what the buffer has no room for is lost.
  ///
  /// @return where it came from
  /// @throws IOException if the socket is broken
  public static SocketAddress sockRecvFrom(DatagramChannel socket, ByteBuffer target)
      throws IOException {
    checkMode(socket);
    SocketAddress from;
    while ((from = socket.receive(target)) == null) {
      ChannelWait.readable(socket);
    }
    return from;
  }

  /// Sends all that remains in a buffer. If this is cancelled midway, the buffer's position tells
  /// what was sent.
  ///
  /// @throws IOException if the connection is broken
  public static void sockSendAll(SocketChannel socket, ByteBuffer source) throws IOException {
    checkMode(socket);
    while (source.hasRemaining()) {
      if (socket.write(source) == 0) {
        ChannelWait.writable(socket);
      }
    }
  }

  /// Sends a datagram: all that remains in a buffer.
  ///
  /// @throws IOException if it is too large, or there is no way to the address
  public static void sockSendTo(DatagramChannel socket, ByteBuffer source, SocketAddress to)
      throws IOException {
    checkMode(socket);
    boolean empty = !source.hasRemaining();
    while (socket.send(source, to) == 0 && !empty) {
      ChannelWait.writable(socket);
    }
  }

  /// Connects a socket. An unresolved address is looked up, and the first that is found is taken.
  ///
  /// @throws java.net.ConnectException if nobody answers there
  /// @throws IOException if the connection fails otherwise
  public static void sockConnect(SocketChannel socket, SocketAddress address) throws IOException {
    checkMode(socket);
    if (!socket.connect(resolved(address))) {
      while (!socket.finishConnect()) {
        ChannelWait.writable(socket);
      }
    }
  }

  private static SocketAddress resolved(SocketAddress address) throws IOException {
    return address instanceof InetSocketAddress internet && internet.isUnresolved()
        ? new InetSocketAddress(Tcp.lookUp(internet.getHostString()).getFirst(), internet.getPort())
        : address;
  }

  /// Accepts a connection.
  ///
  /// @return a socket in non-blocking mode
  /// @throws IOException if the system has no room for one more
  public static SocketChannel sockAccept(ServerSocketChannel socket) throws IOException {
    checkMode(socket);
    SocketChannel accepted;
    while ((accepted = socket.accept()) == null) {
      ChannelWait.readable(socket);
    }
    try {
      accepted.configureBlocking(false);
      return accepted;
    } catch (Throwable t) {
      accepted.close();
      throw t;
    }
  }

  /// Sends a part of a file, without a copy where the system can do that.
  ///
  /// @param count how many bytes at most
  /// @return how many were sent: fewer only if the file ends
  /// @throws IOException if the connection is broken, or the file cannot be read
  public static long sockSendFile(SocketChannel socket, FileChannel file, long offset, long count)
      throws IOException {
    checkMode(socket);
    long sent = 0;
    while (sent < count && offset + sent < file.size()) {
      long n = file.transferTo(offset + sent, count - sent, socket);
      sent += n;
      if (n == 0) {
        ChannelWait.writable(socket);
      }
    }
    return sent;
  }

  private static void checkMode(SelectableChannel channel) {
    if (channel.isBlocking()) {
      throw new IllegalArgumentException(
          channel + " is in blocking mode: channel.configureBlocking(false)");
    }
  }
}
