// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import org.jspecify.annotations.Nullable;
import tulip.http.fields.Origin;

/// What requests must have in common to share a connection.
///
/// @param origin whom they are for; for plain http through an HTTP proxy, that proxy
/// @param proxy or null
/// @param tls how the origin is spoken to; null if it is not secure
record Route(Origin origin, @Nullable ProxyServer proxy, @Nullable ClientTls tls) {
  static Route of(Url url, @Nullable ProxyServer proxy, ClientTls tls) {
    if (url.isSecure()) {
      return new Route(url.origin(), proxy, tls);
    }
    return proxy == null || proxy.kind().isSocks()
        ? new Route(url.origin(), proxy, null)
        : new Route(new Origin(false, proxy.host(), proxy.port()), proxy, null);
  }

  /// Whether requests name a whole URI, as an HTTP proxy wants it.
  boolean isForwarded() {
    return proxy != null && !proxy.kind().isSocks() && !origin.secure();
  }

  @Override
  public String toString() {
    return proxy == null ? origin.toString() : origin + " by " + proxy;
  }
}
