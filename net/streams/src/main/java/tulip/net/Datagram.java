// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.net.InetSocketAddress;
import tulip.bytes.Bytes;

/// One UDP datagram.
///
/// @param data its bytes; 65,507 at most over IPv4
/// @param address where it came from or goes to
public record Datagram(Bytes data, InetSocketAddress address) {}
