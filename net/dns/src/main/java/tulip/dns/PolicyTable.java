// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.net.InetAddress;
import java.util.List;
import tulip.bytes.Bytes;

/// The default policies of RFC 6724, 2.1: which kinds of addresses are preferred, and which belong
/// together.
final class PolicyTable {
  /// One line of it.
  private record Policy(Bytes prefix, int bits, int precedence, int label) {
    boolean covers(Bytes address) {
      return AddressOrder.commonBits(prefix, address) >= bits;
    }
  }

  /// The longest prefixes first.
  private static final List<Policy> POLICIES =
      List.of(
          policy("::1", 128, 50, 0),
          new Policy(AddressOrder.mapped(InetAddress.ofLiteral("0.0.0.0")), 96, 35, 4),
          policy("::", 96, 1, 3),
          policy("2001::", 32, 5, 5),
          policy("2002::", 16, 30, 2),
          policy("3ffe::", 16, 1, 12),
          policy("fec0::", 10, 1, 11),
          policy("fc00::", 7, 3, 13),
          policy("::", 0, 40, 1));

  private PolicyTable() {}

  private static Policy policy(String prefix, int bits, int precedence, int label) {
    return new Policy(
        Bytes.wrap(InetAddress.ofLiteral(prefix).getAddress()), bits, precedence, label);
  }

  static int precedence(Bytes address) {
    return of(address).precedence();
  }

  static int label(Bytes address) {
    return of(address).label();
  }

  private static Policy of(Bytes address) {
    return POLICIES.stream().filter(policy -> policy.covers(address)).findFirst().orElseThrow();
  }
}
