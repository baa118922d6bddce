// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.net.InetAddress;
import tulip.dns.protocol.DomainName;

/// The name under which an address stands in the domain name system (RFC 1035, 3.5; RFC 3596, 2.5).
final class ReverseName {
  private ReverseName() {}

  static DomainName of(InetAddress address) {
    byte[] bytes = address.getAddress();
    var text = new StringBuilder();
    for (int i = bytes.length - 1; i >= 0; i--) {
      int b = bytes[i] & 0xFF;
      if (bytes.length == 4) {
        text.append(b).append('.');
      } else {
        text.append(Integer.toHexString(b & 0xF)).append('.');
        text.append(Integer.toHexString(b >> 4)).append('.');
      }
    }
    return DomainName.of(text + (bytes.length == 4 ? "in-addr.arpa" : "ip6.arpa"));
  }
}
