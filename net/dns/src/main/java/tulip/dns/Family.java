// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.net.Inet4Address;
import java.net.InetAddress;

/// Which addresses of a host are wanted.
public enum Family {
  /// All.
  ANY,
  /// Those of IPv4.
  IPV4,
  /// Those of IPv6.
  IPV6;

  boolean has(InetAddress address) {
    return this == ANY || this == (address instanceof Inet4Address ? IPV4 : IPV6);
  }
}
