// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import java.util.List;

/// The extension mechanism (RFC 6891): what the pseudo-record OPT of a message says.
///
/// @param udpSize how many bytes over UDP its sender can take
/// @param version 0 is all there is
/// @param dnssecOk whether DNSSEC's records are wanted
/// @param options in order
public record Edns(int udpSize, int version, boolean dnssecOk, List<EdnsOption> options) {
  /// Checks the ranges.
  public Edns {
    Unsigned.check16(udpSize, "size over UDP");
    Unsigned.check8(version, "version of EDNS");
    options = List.copyOf(options);
  }

  /// Version 0 without options.
  public static Edns of(int udpSize) {
    return new Edns(udpSize, 0, false, List.of());
  }
}
