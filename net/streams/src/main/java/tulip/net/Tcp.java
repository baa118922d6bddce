// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import tulip.core.EventLoop;
import tulip.net.spi.NameResolver;

/// TCP: connecting and listening.
public final class Tcp {
  private Tcp() {}

  /// Connects to a host, with the usual options. In a task.
  ///
  /// @throws IOException as [#connect(String, int, TcpOptions)]
  public static ByteStream connect(String host, int port) throws IOException {
    return connect(host, port, TcpOptions.DEFAULT);
  }

  /// Connects to a host: looks its addresses up, and tries them in turn, IPv6 and IPv4 alternating,
  /// without waiting for one that keeps silent (Happy Eyeballs, RFC 8305). Nothing but the system
  /// limits how long that may take: see [tulip.core.Tulip#timeout]. In a task.
  ///
  /// @throws UnknownHostException if the host has no address
  /// @throws java.net.ConnectException if none of them answers as it should; with several, it
  ///   suppresses the failure of each
  /// @throws IOException if the connection fails otherwise
  public static ByteStream connect(String host, int port, TcpOptions options) throws IOException {
    var addresses =
        lookUp(host).stream().map(address -> new InetSocketAddress(address, port)).toList();
    return connect(host + ":" + port, addresses, options);
  }

  /// Connects to one address. In a task.
  ///
  /// @throws java.net.ConnectException if it does not answer as it should
  /// @throws IOException if the connection fails otherwise
  public static ByteStream connect(InetSocketAddress address, TcpOptions options)
      throws IOException {
    if (address.isUnresolved()) {
      return connect(address.getHostString(), address.getPort(), options);
    }
    return connect(address.toString(), List.of(address), options);
  }

  private static ByteStream connect(
      String target, List<InetSocketAddress> addresses, TcpOptions options) throws IOException {
    var wire = new HappyEyeballs(target, addresses, options).connect();
    return new ByteStream(wire, options.limits());
  }

  /// The addresses of a host, in the order in which the resolver would try them. A literal address
  /// is its own. In a task.
  ///
  /// @throws UnknownHostException if there is none
  public static List<InetAddress> lookUp(String host) throws UnknownHostException {
    try {
      return List.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      var addresses = NameResolver.current().resolve(host);
      if (addresses.isEmpty()) {
        throw new UnknownHostException(host + " has no address");
      }
      return addresses;
    }
  }

  /// Listens at a port of all of the machine's addresses, IPv4 and IPv6. On a loop.
  ///
  /// @param port 0 for one that is free
  /// @throws java.net.BindException if the port is taken
  public static Listener listen(int port) throws IOException {
    return listen(new InetSocketAddress(port), ListenOptions.DEFAULT);
  }

  /// Listens at an address. On a loop.
  ///
  /// @throws java.net.BindException if the port is taken or the address is not this machine's
  public static Listener listen(InetSocketAddress address, ListenOptions options)
      throws IOException {
    return SocketListener.tcp(EventLoop.current(), address, options);
  }
}
