// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.net.InetAddress;

/// The addresses that begin with the same bits (RFC 4632): `10.0.0.0/8`, `2001:db8::/32`.
///
/// @param base any of them
/// @param prefix how many bits they have in common
public record IpNetwork(InetAddress base, int prefix) {
  /// Checks the number of bits.
  ///
  /// @throws IllegalArgumentException if an address has not so many
  public IpNetwork {
    if (prefix < 0 || prefix > 8 * base.getAddress().length) {
      throw new IllegalArgumentException("/" + prefix + " behind " + base.getHostAddress());
    }
  }

  /// Reads an address with a slash and a number behind it, or a single address.
  ///
  /// @throws IllegalArgumentException if it is something else; names are not looked up
  public static IpNetwork parse(String text) {
    int slash = text.indexOf('/');
    var base = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    int prefix =
        slash < 0 ? 8 * base.getAddress().length : Integer.parseInt(text.substring(slash + 1));
    return new IpNetwork(base, prefix);
  }

  /// Whether an address is one of them. One of IPv4 is never one of IPv6, however it was written.
  public boolean contains(InetAddress address) {
    byte[] mine = base.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit += 8) {
      int differing = (mine[bit / 8] ^ other[bit / 8]) & 0xFF;
      if (differing >> Math.max(0, 8 - (prefix - bit)) != 0) {
        return false;
      }
    }
    return true;
  }

  /// {@return the base, a slash and the number of bits}
  @Override
  public String toString() {
    return base.getHostAddress() + "/" + prefix;
  }
}
