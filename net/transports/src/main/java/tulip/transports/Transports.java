// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tulip.net.ByteStream;
import tulip.net.Listener;
import tulip.net.StreamLimits;
import tulip.net.Tcp;
import tulip.net.TlsContext;
import tulip.net.UdpSocket;
import tulip.net.Unix;
import tulip.net.spi.Wire;

/// Connects protocols: what asyncio has as methods of its loop.
///
/// ```java
/// var connection = Transports.createConnection(Client::new, "localhost", 8080);
/// connection.transport().write(Bytes.ofAscii("hello\n"));
/// ```
///
/// A factory is called when the connection stands, and when the TLS handshake is done if there is
/// one; `connectionMade` has returned when these methods do. The transports belong to the loop, not
/// to the task that asked for them, and end with the loop at the latest.
///
/// All methods are for tasks. Who is cancelled in one leaves nothing open.
public final class Transports {
  private Transports() {}

  // Connecting.

  /// Connects to a host, as [Tcp#connect(String, int, tulip.net.TcpOptions)] does, with the usual
  /// options.
  ///
  /// @throws IOException if none of its addresses answers as it should
  public static <P extends StreamProtocol> Connection<P> createConnection(
      Supplier<P> factory, String host, int port) throws IOException {
    return createConnection(factory, host, port, ConnectOptions.DEFAULT);
  }

  /// Connects to a host, as [Tcp#connect(String, int, tulip.net.TcpOptions)] does, perhaps in TLS.
  ///
  /// @throws IOException if none of its addresses answers as it should, or the handshake fails
  public static <P extends StreamProtocol> Connection<P> createConnection(
      Supplier<P> factory, String host, int port, ConnectOptions options) throws IOException {
    var name = options.serverHostname();
    var stream = Tcp.connect(host, port, options.tcp());
    return converse(factory, stream, options.tls(), name == null ? host : name);
  }

  /// Goes on with a connected socket, TCP or Unix, which becomes the transport's.
  ///
  /// @throws IllegalArgumentException if TLS is wanted, and not said with whom
  /// @throws IOException if the socket is closed, or the handshake fails
  public static <P extends StreamProtocol> Connection<P> createConnection(
      Supplier<P> factory, SocketChannel socket, ConnectOptions options) throws IOException {
    checkHostname(options);
    var stream = ByteStream.over(socket, options.tcp().limits());
    return converse(factory, stream, options.tls(), options.serverHostname());
  }

  /// Connects to the process that listens at a path.
  ///
  /// @throws IllegalArgumentException if TLS is wanted, and not said with whom
  /// @throws IOException if nobody listens there, or the handshake fails
  public static <P extends StreamProtocol> Connection<P> createUnixConnection(
      Supplier<P> factory, Path path, ConnectOptions options) throws IOException {
    checkHostname(options);
    var stream = Unix.connect(path, options.tcp().limits());
    return converse(factory, stream, options.tls(), options.serverHostname());
  }

  private static void checkHostname(ConnectOptions options) {
    if (options.tls() != null && options.serverHostname() == null) {
      throw new IllegalArgumentException(
          "TLS over a socket needs the server's name: options.withTls(context, name)");
    }
  }

  /// Goes on with a socket that was accepted elsewhere, which becomes the transport's.
  ///
  /// @param tls to shake hands as the server; `null` for none
  /// @throws IOException if the socket is closed, or the handshake fails
  public static <P extends StreamProtocol> Connection<P> connectAcceptedSocket(
      Supplier<P> factory, SocketChannel socket, @Nullable TlsContext tls) throws IOException {
    if (tls != null) {
      Tls.check(tls, null);
    }
    return converse(factory, ByteStream.over(socket, StreamLimits.DEFAULT), tls, null);
  }

  /// Goes on with a stream: TCP, Unix, TLS, a pair in memory, a pipe of a process. What it has
  /// received and nobody has taken is the protocol's. The stream itself is closed.
  ///
  /// @throws IOException if it is closed or broken
  public static <P extends StreamProtocol> Connection<P> connect(
      Supplier<P> factory, ByteStream stream) throws IOException {
    return converse(factory, stream, null, null);
  }

  private static <P extends StreamProtocol> Connection<P> converse(
      Supplier<P> factory, ByteStream stream, @Nullable TlsContext tls, @Nullable String peer)
      throws IOException {
    boolean begun = false;
    try {
      if (tls != null) {
        Tls.shakeHands(stream, tls, peer);
      }
      stream.flush();
      var protocol = factory.get();
      var transport = new StreamTransport(stream, protocol);
      begun = true;
      transport.start();
      return new Connection<>(transport, protocol);
    } finally {
      if (!begun) {
        stream.abort();
      }
    }
  }

  // Serving.

  /// Listens at a port of all of the machine's addresses, with the usual options.
  ///
  /// @param port 0 for one that is free
  /// @throws java.net.BindException if the port is taken
  public static TransportServer createServer(Supplier<? extends StreamProtocol> factory, int port)
      throws IOException {
    return createServer(factory, List.of(new InetSocketAddress(port)), ServeOptions.DEFAULT);
  }

  /// Listens at all of these addresses, or at none.
  ///
  /// @param addresses those that are unresolved are looked up, and all that is found is listened at
  /// @throws java.net.BindException if one is taken or not this machine's
  /// @throws java.net.UnknownHostException if one has a name that is not known
  public static TransportServer createServer(
      Supplier<? extends StreamProtocol> factory,
      List<InetSocketAddress> addresses,
      ServeOptions options)
      throws IOException {
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("a server needs an address to listen at");
    }
    var listeners = new ArrayList<Listener>();
    try {
      for (var address : resolve(addresses)) {
        listeners.add(Tcp.listen(address, options.listen()));
      }
      return new TransportServer(List.copyOf(listeners), options, factory);
    } catch (Throwable t) {
      listeners.forEach(Listener::close);
      throw t;
    }
  }

  private static List<InetSocketAddress> resolve(List<InetSocketAddress> addresses)
      throws IOException {
    var resolved = new ArrayList<InetSocketAddress>();
    for (var address : addresses) {
      if (address.isUnresolved()) {
        for (var found : Tcp.lookUp(address.getHostString())) {
          resolved.add(new InetSocketAddress(found, address.getPort()));
        }
      } else {
        resolved.add(address);
      }
    }
    return resolved.stream().distinct().toList();
  }

  /// Listens at a path, which is removed at the end. One that a killed process has left behind is
  /// taken over.
  ///
  /// @throws java.net.BindException if another process listens there, or it is no socket
  public static TransportServer createUnixServer(
      Supplier<? extends StreamProtocol> factory, Path path, ServeOptions options)
      throws IOException {
    var listener = Unix.listen(path, options.listen());
    return new TransportServer(List.of(listener), options, factory);
  }

  // Datagrams.

  /// Makes a UDP socket.
  ///
  /// @param local where it receives; `null` for a free port of all addresses
  /// @param remote the one whom it sends to and receives from; `null` for anybody
  /// @throws java.net.BindException if the port is taken or the address is not this machine's
  public static <P extends DatagramProtocol> Endpoint<P> createDatagramEndpoint(
      Supplier<P> factory,
      @Nullable InetSocketAddress local,
      @Nullable InetSocketAddress remote,
      DatagramOptions options)
      throws IOException {
    var channel = DatagramChannel.open();
    try {
      options.applyTo(channel);
      channel.bind(local);
      if (remote != null) {
        channel.connect(remote);
      }
    } catch (Throwable t) {
      channel.close();
      throw t;
    }
    return createDatagramEndpoint(factory, channel);
  }

  /// Goes on with a UDP channel, which becomes the transport's.
  ///
  /// @throws IOException if it is closed
  public static <P extends DatagramProtocol> Endpoint<P> createDatagramEndpoint(
      Supplier<P> factory, DatagramChannel channel) throws IOException {
    var socket = UdpSocket.over(channel);
    boolean begun = false;
    try {
      var remote = (InetSocketAddress) channel.getRemoteAddress();
      var protocol = factory.get();
      var transport = new UdpTransport(socket, remote, protocol);
      begun = true;
      transport.start();
      return new Endpoint<>(transport, protocol);
    } finally {
      if (!begun) {
        socket.close();
      }
    }
  }

  // Pipes.

  /// Reads from a pipe. The transport cannot be written to.
  ///
  /// Other pipes are streams: see [#connect].
  ///
  /// @throws IOException if the channel is closed
  public static <P extends StreamProtocol> Connection<P> connectReadPipe(
      Supplier<P> factory, Pipe.SourceChannel source) throws IOException {
    var stream = over(ChannelWire.reading(source));
    var connection = connect(factory, stream);
    connection.transport().writeEof();
    return connection;
  }

  /// Writes to a pipe. The protocol receives nothing; that the reader has gone is found out by
  /// writing alone.
  ///
  /// @throws IOException if the channel is closed
  public static <P extends StreamProtocol> Connection<P> connectWritePipe(
      Supplier<P> factory, Pipe.SinkChannel sink) throws IOException {
    return connect(factory, over(ChannelWire.writing(sink)));
  }

  private static ByteStream over(Wire wire) {
    return new ByteStream(wire);
  }

  // With a transport.

  /// Goes on in TLS: the transport stays the same, and what is read and written from now on is
  /// encrypted; writing fails until then. May be called in the midst of the protocol's own
  /// `dataReceived`, which receives nothing else meanwhile.
  ///
  /// @param protocol who is called from now on, without a `connectionMade`; perhaps the same
  /// @param context a client's
  /// @param peer the server's name, for which its certificate must be
  /// @throws IOException if the handshake fails; the connection is lost then
  /// @throws tulip.core.Cancelled if the task was cancelled; the connection is lost
  public static void startTls(
      Transport transport, StreamProtocol protocol, TlsContext context, String peer)
      throws IOException {
    Tls.check(context, peer);
    ours(transport).startTls(protocol, context, peer);
  }

  /// Goes on in TLS, as the server.
  ///
  /// @throws IOException as [#startTls(Transport, StreamProtocol, TlsContext, String)]
  public static void startTls(Transport transport, StreamProtocol protocol, TlsContext context)
      throws IOException {
    Tls.check(context, null);
    ours(transport).startTls(protocol, context, null);
  }

  /// Sends a part of a file behind what was written, and waits until the system has it: without a
  /// copy where it can do that, and else through memory. Writing fails meanwhile.
  ///
  /// Reading a file that is not in the system's cache holds up the loop for as long as the disk
  /// takes. If this fails or is cancelled midway the connection is lost.
  ///
  /// @param count how many bytes at most
  /// @return how many were sent: fewer only if the file ends
  /// @throws java.nio.channels.ClosedChannelException if the transport is closing
  /// @throws IOException if the connection breaks, or the file cannot be read
  public static long sendFile(Transport transport, FileChannel file, long offset, long count)
      throws IOException {
    return ours(transport).send(new FileSending(file, offset, count, true));
  }

  /// As [#sendFile], and never through memory: asyncio's `fallback=False`.
  ///
  /// @throws UnsupportedOperationException if it would have to; nothing was sent
  /// @throws IOException as [#sendFile]
  public static long sendFileUncopied(
      Transport transport, FileChannel file, long offset, long count) throws IOException {
    return ours(transport).send(new FileSending(file, offset, count, false));
  }

  private static StreamTransport ours(Transport transport) {
    if (transport instanceof StreamTransport ours) {
      return ours;
    }
    throw new IllegalArgumentException(transport + " was not made by this library");
  }
}
