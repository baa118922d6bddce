// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.util.Locale;

/// When TLS is used, and what of the server's certificate is verified: `sslmode`.
public enum TlsMode {
  /// Never.
  DISABLE,
  /// Only if the server refuses a connection without it.
  ALLOW,
  /// If the server can. Who sits between may prevent it.
  PREFER,
  /// Always; the certificate is verified only if authorities are named.
  REQUIRE,
  /// Always, with a certificate of a trusted authority, for whatever name.
  VERIFY_CA,
  /// Always, with a certificate of a trusted authority for this host.
  VERIFY_FULL;

  /// The mode of this name: `verify-full`.
  ///
  /// @throws IllegalArgumentException if there is none
  public static TlsMode parse(String name) {
    try {
      return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "sslmode is disable, allow, prefer, require, verify-ca or verify-full, not " + name, e);
    }
  }

  /// Whether there is no connection without TLS.
  boolean isRequired() {
    return compareTo(REQUIRE) >= 0;
  }
}
