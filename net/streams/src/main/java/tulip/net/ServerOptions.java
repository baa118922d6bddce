// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.time.Duration;

/// How a server treats its connections.
///
/// @param maxConnections how many are served at a time; the others wait unaccepted in the system's
///   backlog. 10,000 if nothing else is said
/// @param grace how long [Server#close] lets connections end by themselves; 10 s
/// @param backOff how long nothing is accepted after the system had no room for a connection: too
///   many open files; 1 s
public record ServerOptions(int maxConnections, Duration grace, Duration backOff) {
  /// The options of a server for which nothing else is said.
  public static final ServerOptions DEFAULT =
      new ServerOptions(10_000, Duration.ofSeconds(10), Duration.ofSeconds(1));

  /// Checks them.
  public ServerOptions {
    if (maxConnections < 1) {
      throw new IllegalArgumentException("at most " + maxConnections + " connections");
    }
    if (grace.isNegative() || !backOff.isPositive()) {
      throw new IllegalArgumentException("grace " + grace + ", back-off " + backOff);
    }
  }

  /// The same with another limit of connections.
  public ServerOptions withMaxConnections(int maxConnections) {
    return new ServerOptions(maxConnections, grace, backOff);
  }

  /// The same with another time for closing.
  public ServerOptions withGrace(Duration grace) {
    return new ServerOptions(maxConnections, grace, backOff);
  }

  /// The same with another pause after the system had no room.
  public ServerOptions withBackOff(Duration backOff) {
    return new ServerOptions(maxConnections, grace, backOff);
  }
}
