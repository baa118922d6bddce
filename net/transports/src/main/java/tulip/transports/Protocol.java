// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import tulip.bytes.Bytes;

/// One side of a conversation over a byte stream, in callbacks.
///
/// ```java
/// final class Echo implements Protocol {
///   private Transport transport;
///
///   public void connectionMade(Transport transport) {
///     this.transport = transport;
///   }
///
///   public void dataReceived(Bytes data) {
///     transport.write(data);
///   }
/// }
/// ```
///
/// How the calls come and whether they may wait: [BaseProtocol].
public non-sealed interface Protocol extends StreamProtocol {
  /// Bytes have come, cut where the network has cut them.
  ///
  /// @param data at least one byte, and no more than was there
  /// @throws Exception to have the transport aborted
  void dataReceived(Bytes data) throws Exception;
}
