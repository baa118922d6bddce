// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import java.io.IOException;
import java.net.InetSocketAddress;
import tulip.bytes.Bytes;

/// A conversation in datagrams, in callbacks.
///
/// How the calls come and whether they may wait: [BaseProtocol].
public non-sealed interface DatagramProtocol extends BaseProtocol {
  /// The socket is open.
  ///
  /// @param transport to send with
  /// @throws Exception to have the transport aborted
  default void connectionMade(DatagramTransport transport) throws Exception {}

  /// A datagram has come.
  ///
  /// @param data perhaps no bytes at all
  /// @throws Exception to have the transport aborted
  void datagramReceived(Bytes data, InetSocketAddress from) throws Exception;

  /// A datagram could not be sent or received: too large, or nobody is there. The transport goes
  /// on. Comes at once, perhaps in the midst of [DatagramTransport#sendTo], and must not wait.
  ///
  /// @throws Exception to have the transport aborted
  default void errorReceived(IOException error) throws Exception {}
}
