// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tulip.net.ByteStream;
import tulip.net.StreamLimits;
import tulip.net.Tcp;
import tulip.net.TcpOptions;
import tulip.net.TlsContext;
import tulip.net.Unix;

/// Where a server is.
public sealed interface Endpoint {
  /// The port of a server that says nothing else.
  int DEFAULT_PORT = 6379;

  /// At a port of a host.
  ///
  /// @param tls `null` for a connection in plain text
  record Host(String host, int port, @Nullable TlsContext tls) implements Endpoint {
    /// An endpoint of which others are told: it has to be a host.
    static Host of(Endpoint endpoint) {
      if (endpoint instanceof Host host) {
        return host;
      }
      throw new IllegalArgumentException(
          "servers that know each other are hosts, " + endpoint + " is none");
    }

    @Override
    public String toString() {
      return (tls == null ? "redis://" : "rediss://") + host + ":" + port;
    }
  }

  /// At a path of this machine.
  record Socket(Path path) implements Endpoint {
    @Override
    public String toString() {
      return "unix:" + path;
    }
  }

  /// Opens a stream to it. In a task.
  ///
  /// @throws IOException if that fails
  default ByteStream connect(StreamLimits limits) throws IOException {
    return switch (this) {
      case Socket(Path path) -> Unix.connect(path, limits);
      case Host(String host, int port, var tls) -> {
        var stream = Tcp.connect(host, port, TcpOptions.DEFAULT.withLimits(limits));
        if (tls != null) {
          stream.startTls(tls, host);
        }
        yield stream;
      }
    };
  }
}
