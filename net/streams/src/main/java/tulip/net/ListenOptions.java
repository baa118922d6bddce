// SPDX-License-Identifier: Apache-2.0
package tulip.net;

/// How a socket listens.
///
/// @param backlog how many connections the system keeps until they are accepted; it may have a
///   lower limit of its own. 1,024 if nothing else is said
/// @param reusePort whether other sockets may listen at the same port, each of which gets a share
///   of the connections: for several loops or processes (`SO_REUSEPORT`)
/// @param connections how the accepted connections are; their local address means nothing here
public record ListenOptions(int backlog, boolean reusePort, TcpOptions connections) {
  /// The options of a listener for which nothing else is said.
  public static final ListenOptions DEFAULT = new ListenOptions(1024, false, TcpOptions.DEFAULT);

  /// Checks them.
  public ListenOptions {
    if (backlog < 1) {
      throw new IllegalArgumentException("a backlog of " + backlog);
    }
  }

  /// The same with another backlog.
  public ListenOptions withBacklog(int backlog) {
    return new ListenOptions(backlog, reusePort, connections);
  }

  /// The same with the port shared or not.
  public ListenOptions withReusePort(boolean reusePort) {
    return new ListenOptions(backlog, reusePort, connections);
  }

  /// The same with other options for the connections.
  public ListenOptions withConnections(TcpOptions connections) {
    return new ListenOptions(backlog, reusePort, connections);
  }

  /// The same with other limits for the connections' streams.
  public ListenOptions withLimits(StreamLimits limits) {
    return withConnections(connections.withLimits(limits));
  }
}
