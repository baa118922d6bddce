// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.nio.file.Path;
import tulip.net.ByteStream;
import tulip.net.StreamLimits;
import tulip.net.Tcp;
import tulip.net.TcpOptions;
import tulip.net.Unix;

/// How connections are opened; TLS and proxies come on top.
@FunctionalInterface
public interface Dialer {
  /// Opens a connection. In a task of its own; it may wait, for as long as [ClientTimeouts#connect]
  /// says, and leaves nothing open if it is cancelled.
  ///
  /// @param host the server's or the proxy's; IPv6 without brackets
  ByteStream dial(String host, int port) throws IOException;

  /// TCP, with Happy Eyeballs (RFC 8305) and the loop's [tulip.net.spi.NameResolver].
  static Dialer tcp(TcpOptions options) {
    return (host, port) -> Tcp.connect(host, port, options);
  }

  /// A Unix socket, whatever the URL's host.
  static Dialer unix(Path path) {
    return (host, port) -> Unix.connect(path, StreamLimits.DEFAULT);
  }
}
