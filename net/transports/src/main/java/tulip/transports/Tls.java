// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.net.ByteStream;
import tulip.net.TlsContext;

/// TLS for either side.
final class Tls {
  private Tls() {}

  /// Shakes hands, as the client or as the server, whichever the context is for.
  ///
  /// @param peer the server's name; `null` for a server
  static void shakeHands(ByteStream stream, TlsContext context, @Nullable String peer)
      throws IOException {
    if (peer == null) {
      stream.startTls(context);
    } else {
      stream.startTls(context, peer);
    }
  }

  /// Whether a context and what is said of the peer go together.
  ///
  /// @throws IllegalArgumentException if not
  static void check(TlsContext context, @Nullable String peer) {
    if (context.isServer() != (peer == null)) {
      throw new IllegalArgumentException(
          context.isServer()
              ? "a context for servers cannot name its peer"
              : "a client must say whose certificate it expects");
    }
  }
}
