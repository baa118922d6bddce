// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

/// What protocols of byte streams have in common: a [Protocol] is given what was received, a
/// [BufferedProtocol] gives the memory for it.
public sealed interface StreamProtocol extends BaseProtocol permits Protocol, BufferedProtocol {
  /// The connection stands. With TLS: the handshake is done.
  ///
  /// @param transport to write to
  /// @throws Exception to have the transport aborted
  default void connectionMade(Transport transport) throws Exception {}

  /// The peer has ended its side: nothing more is received.
  ///
  /// @return whether this side goes on writing; if not, the transport is closed
  /// @throws Exception to have the transport aborted
  default boolean eofReceived() throws Exception {
    return false;
  }
}
