// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import java.net.InetSocketAddress;
import tulip.bytes.Bytes;

/// A socket that carries datagrams, for a protocol.
///
/// **Sending** never waits. What the system has no room for is kept, and the protocol is told when
/// that is too much. Sending with a transport that is closing does nothing; the fifth such call is
/// logged. What cannot be sent is told to [DatagramProtocol#errorReceived].
public interface DatagramTransport extends BaseTransport {
  /// Sends a datagram.
  ///
  /// @param to a resolved address; if the socket is connected, the one that it is connected to
  /// @throws IllegalArgumentException if it is another one
  void sendTo(Bytes data, InetSocketAddress to);

  /// Sends a datagram to the address that the socket is connected to.
  ///
  /// @throws IllegalStateException if it is not connected
  void sendTo(Bytes data);

  /// Who is called from now on.
  void setProtocol(DatagramProtocol protocol);

  /// Who is called.
  DatagramProtocol getProtocol();
}
