// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

/// Whom one talks to: what may know the same secrets (RFC 6454).
///
/// @param secure whether in TLS
/// @param host in small letters; IPv6 in brackets
/// @param port always named
public record Origin(boolean secure, String host, int port) {
  /// {@return as a URL without a path}
  @Override
  public String toString() {
    boolean usual = port == (secure ? 443 : 80);
    return (secure ? "https://" : "http://") + host + (usual ? "" : ":" + port);
  }
}
