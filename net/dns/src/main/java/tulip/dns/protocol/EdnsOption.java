// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import tulip.bytes.Bytes;

/// An option of EDNS (RFC 6891, 6.1.2).
///
/// @param code 0 to 65535, as assigned by IANA
/// @param data what the option says it is
public record EdnsOption(int code, Bytes data) {
  /// The server's name for itself (RFC 5001).
  public static final int NSID = 3;

  /// A cookie against forged answers (RFC 7873).
  public static final int COOKIE = 10;

  /// More about an error (RFC 8914).
  public static final int EXTENDED_ERROR = 15;

  /// Checks the ranges.
  public EdnsOption {
    Unsigned.check16(code, "option code");
    Unsigned.check16(data.length(), "length of an option");
  }
}
