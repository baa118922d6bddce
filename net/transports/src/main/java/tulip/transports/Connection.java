// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

/// A transport and the protocol that was made for it.
///
/// @param transport which has called `connectionMade` already
/// @param protocol what the factory has made
/// @param <P> its type
public record Connection<P extends StreamProtocol>(Transport transport, P protocol) {}
