// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import org.jspecify.annotations.Nullable;
import tulip.net.ListenOptions;
import tulip.net.TlsContext;

/// How a server of transports listens and treats its connections.
///
/// @param listen backlog, shared port, and limits of the connections
/// @param tls for every connection; `null` for none
/// @param maxConnections how many are served at a time; the others wait in the system's backlog.
///   10,000 if nothing else is said
/// @param startServing whether connections are accepted at once, or from
///   [TransportServer#startServing] on
public record ServeOptions(
    ListenOptions listen, @Nullable TlsContext tls, int maxConnections, boolean startServing) {
  /// The options of a server for which nothing else is said: no TLS, and serving at once.
  public static final ServeOptions DEFAULT =
      new ServeOptions(ListenOptions.DEFAULT, null, 10_000, true);

  /// Checks them.
  public ServeOptions {
    if (tls != null && !tls.isServer()) {
      throw new IllegalArgumentException("a context for clients cannot serve");
    }
    if (maxConnections < 1) {
      throw new IllegalArgumentException("at most " + maxConnections + " connections");
    }
  }

  /// The same listening in another way.
  public ServeOptions withListen(ListenOptions listen) {
    return new ServeOptions(listen, tls, maxConnections, startServing);
  }

  /// The same with TLS.
  public ServeOptions withTls(TlsContext tls) {
    return new ServeOptions(listen, tls, maxConnections, startServing);
  }

  /// The same with another limit of connections.
  public ServeOptions withMaxConnections(int maxConnections) {
    return new ServeOptions(listen, tls, maxConnections, startServing);
  }

  /// The same serving at once or later.
  public ServeOptions withStartServing(boolean startServing) {
    return new ServeOptions(listen, tls, maxConnections, startServing);
  }
}
