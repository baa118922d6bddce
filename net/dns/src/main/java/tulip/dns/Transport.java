// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import tulip.dns.protocol.Message;

/// How a query reaches one server, and its answer comes back. In a task; whoever asks sets the
/// limit of time.
interface Transport extends AutoCloseable {
  /// Asks over UDP.
  ///
  /// @return the answer; with [tulip.dns.protocol.Flag#TC] if TCP would give a better one
  /// @throws java.net.ProtocolException if the answer cannot be read
  Message udp(InetSocketAddress server, Message query) throws IOException;

  /// Asks over TCP.
  ///
  /// @throws java.net.ProtocolException if the answer cannot be read
  Message tcp(InetSocketAddress server, Message query) throws IOException;

  @Override
  void close();
}
