// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import tulip.bytes.ByteReader;
import tulip.bytes.MalformedException;

/// Addresses as the wire has them.
final class Addresses {
  private Addresses() {}

  static Inet4Address takeIpv4(ByteReader in) throws MalformedException {
    try {
      return (Inet4Address) InetAddress.getByAddress(in.take(4).toByteArray());
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // four bytes are an address
    }
  }

  /// Also an IPv4 address that is mapped into IPv6 stays one of IPv6.
  static Inet6Address takeIpv6(ByteReader in) throws MalformedException {
    try {
      return Inet6Address.getByAddress(null, in.take(16).toByteArray(), -1);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // sixteen bytes are an address
    }
  }
}
