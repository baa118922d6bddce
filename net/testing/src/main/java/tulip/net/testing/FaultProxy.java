// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tulip.net.ByteStream;
import tulip.net.ListenOptions;
import tulip.net.Server;
import tulip.net.ServerOptions;
import tulip.net.Tcp;
import tulip.net.TcpOptions;

/// A bad network between a client and a real server: forwards TCP connections, and delays, splits,
/// stalls, cuts or resets them, at a chosen byte or on command.
///
/// ```java
/// try (var proxy = FaultProxy.open(server)) {
///   proxy.toClient().after(100, Faults.Fault.RESET);
///   client.connect(proxy.address());
/// }
/// ```
///
/// A proxy without faults is transparent: it forwards ends and resets. It is a block, and no
/// connection outlives it. All methods are for the task that opened it.
public final class FaultProxy implements AutoCloseable {
  private final InetSocketAddress target;
  private final Server server;
  private final Faults toServer = new Faults();
  private final Faults toClient = new Faults();
  private final Set<ForwardedConnection> connections = new LinkedHashSet<>();

  private FaultProxy(InetSocketAddress target) throws IOException {
    this.target = target;
    var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server =
        Server.open(
            List.of(Tcp.listen(here, ListenOptions.DEFAULT)),
            ServerOptions.DEFAULT.withGrace(Duration.ZERO),
            this::forward);
  }

  /// Begins to forward what connects to a free port of the loopback address. In a task.
  ///
  /// @param target where the real server is
  /// @throws IOException if it cannot listen
  public static FaultProxy open(InetSocketAddress target) throws IOException {
    return new FaultProxy(target);
  }

  private void forward(ByteStream client) throws IOException {
    try (var server = Tcp.connect(target, TcpOptions.DEFAULT)) {
      var connection = new ForwardedConnection(client, server);
      connections.add(connection);
      try {
        connection.run(toServer, toClient);
      } finally {
        connections.remove(connection);
      }
    } catch (IOException e) {
      ForwardedConnection.reset(client);
      throw e;
    }
  }

  /// Where clients connect.
  public InetSocketAddress address() {
    return (InetSocketAddress) server.listeners().getFirst().address();
  }

  /// What happens to the bytes of clients.
  public Faults toServer() {
    return toServer;
  }

  /// What happens to the bytes of the server.
  public Faults toClient() {
    return toClient;
  }

  /// How many connections it forwards at this moment.
  public int connections() {
    return connections.size();
  }

  /// Cuts all connections that exist, now.
  public void cut() {
    List.copyOf(connections).forEach(ForwardedConnection::cut);
  }

  /// Resets all connections that exist, now.
  public void reset() {
    List.copyOf(connections).forEach(ForwardedConnection::reset);
  }

  /// Refuses new connections; those that exist go on.
  public void refuse() {
    server.stopAccepting();
  }

  /// Ends everything.
  @Override
  public void close() {
    server.close();
  }

  @Override
  public String toString() {
    return "fault proxy at " + address() + " to " + target;
  }
}
