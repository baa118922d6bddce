// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

/// Whether a login by password is bound to its TLS connection: `channel_binding`.
public enum ChannelBinding {
  /// Never.
  DISABLE,
  /// If the server can.
  PREFER,
  /// Always: there is no login without it.
  REQUIRE
}
