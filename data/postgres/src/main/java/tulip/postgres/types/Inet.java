// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

import java.net.InetAddress;

/// An address with the length of its network's prefix: `inet` and `cidr`.
///
/// @param address of IPv4 or IPv6
/// @param prefix how many bits of it are the network: up to 32, or 128
public record Inet(InetAddress address, int prefix) {
  /// Checks it.
  public Inet {
    if (prefix < 0 || prefix > 8 * address.getAddress().length) {
      throw new IllegalArgumentException(
          "a prefix of " + prefix + " bits for " + address.getHostAddress());
    }
  }

  /// A host: all bits count.
  public static Inet of(InetAddress address) {
    return new Inet(address, 8 * address.getAddress().length);
  }

  /// `192.0.2.1/24`, or without `/` for a host.
  @Override
  public String toString() {
    var text = address.getHostAddress();
    return prefix == 8 * address.getAddress().length ? text : text + "/" + prefix;
  }
}
