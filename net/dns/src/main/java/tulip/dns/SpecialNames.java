// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.net.InetAddress;
import java.util.List;
import tulip.dns.protocol.DomainName;

/// Names that are not for name servers (RFC 6761, RFC 6762, RFC 7686).
final class SpecialNames {
  /// What `localhost` and all below it mean.
  static final List<InetAddress> LOOPBACK =
      List.of(InetAddress.ofLiteral("::1"), InetAddress.ofLiteral("127.0.0.1"));

  private static final DomainName LOCALHOST = DomainName.of("localhost");
  private static final DomainName LOCAL = DomainName.of("local");
  private static final DomainName INVALID = DomainName.of("invalid");
  private static final DomainName ONION = DomainName.of("onion");

  private SpecialNames() {}

  static boolean isLocalhost(DomainName name) {
    return name.isWithin(LOCALHOST);
  }

  /// Whether there is no such name, whoever might say so.
  static boolean isNobody(DomainName name) {
    return name.isWithin(INVALID) || name.isWithin(ONION);
  }

  /// Whether the operating system must be asked: it may know multicast DNS.
  static boolean isLinkLocal(DomainName name) {
    return name.isWithin(LOCAL);
  }
}
