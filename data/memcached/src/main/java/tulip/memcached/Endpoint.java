// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import java.io.IOException;
import java.nio.file.Path;
import tulip.net.ByteStream;
import tulip.net.StreamLimits;
import tulip.net.Tcp;
import tulip.net.TcpOptions;
import tulip.net.Unix;

/// Where a server is.
///
/// @param host its name or address; of a Unix socket, the path
/// @param port 0 for a Unix socket
/// @param weight its share of the keys, compared to the other servers; 1 if nothing else is said
public record Endpoint(String host, int port, int weight) {
  /// The port of a server for which nothing else is said.
  public static final int DEFAULT_PORT = 11211;

  private static final int UNIX = 0;

  /// Checks it.
  public Endpoint {
    if (host.isEmpty() || port < 0 || port > 0xFFFF || weight < 1) {
      throw new IllegalArgumentException(
          "no server: host '" + host + "', port " + port + ", weight " + weight);
    }
  }

  /// A server at a port. The host's spelling matters: with several servers, keys are spread by it.
  public static Endpoint of(String host, int port) {
    if (port == UNIX) {
      throw new IllegalArgumentException("port 0 of " + host);
    }
    return new Endpoint(host, port, 1);
  }

  /// A server at a Unix socket.
  public static Endpoint of(Path socket) {
    return new Endpoint(socket.toString(), UNIX, 1);
  }

  /// The same with another weight.
  public Endpoint withWeight(int weight) {
    return new Endpoint(host, port, weight);
  }

  ByteStream connect(StreamLimits limits) throws IOException {
    return port == UNIX
        ? Unix.connect(Path.of(host), limits)
        : Tcp.connect(host, port, TcpOptions.DEFAULT.withLimits(limits));
  }

  /// Its name on the ring, as other clients have it.
  String label() {
    return port == DEFAULT_PORT ? host : host + ":" + port;
  }

  /// {@return host and port, or the path}
  @Override
  public String toString() {
    return port == UNIX ? host : host + ":" + port;
  }
}
