// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

/// A flag of a message's header, by its name in the standards (RFC 1035, 4.1.1; RFC 4035, 3).
public enum Flag {
  /// It is a response.
  QR(0x8000),
  /// Authoritative answer: by a server of the zone itself.
  AA(0x0400),
  /// Truncated: ask over TCP for all of it.
  TC(0x0200),
  /// Recursion desired: ask others if you must.
  RD(0x0100),
  /// Recursion available.
  RA(0x0080),
  /// Authentic data: the server has checked the signatures.
  AD(0x0020),
  /// Checking disabled: the server need not.
  CD(0x0010);

  final int bit;

  Flag(int bit) {
    this.bit = bit;
  }
}
