// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.nio.file.Path;
import tulip.net.ByteStream;
import tulip.net.StreamLimits;
import tulip.net.Tcp;
import tulip.net.TcpOptions;
import tulip.net.Unix;

/// Where a server is.
public sealed interface Endpoint {
  /// The port of a server that says nothing else.
  int DEFAULT_PORT = 5432;

  /// At a port of a host.
  record Host(String host, int port) implements Endpoint {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /// At a socket in a directory of this machine: `.s.PGSQL.5432`.
  record Socket(Path directory, int port) implements Endpoint {
    @Override
    public String toString() {
      return directory + ":" + port;
    }
  }

  /// Its port.
  int port();

  /// Opens a stream to it. In a task.
  ///
  /// @throws IOException if that fails
  default ByteStream connect(StreamLimits limits) throws IOException {
    return switch (this) {
      case Host(String host, int port) ->
          Tcp.connect(host, port, TcpOptions.DEFAULT.withLimits(limits));
      case Socket(Path directory, int port) ->
          Unix.connect(directory.resolve(".s.PGSQL." + port), limits);
    };
  }
}
