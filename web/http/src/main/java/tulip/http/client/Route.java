// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import org.jspecify.annotations.Nullable;
import tulip.http.fields.Origin;
import tulip.http.protocol.HeaderName;

/// What requests must have in common to share a connection.
///
/// @param origin whom they are for; if they are forwarded, the proxy
/// @param proxy or null
/// @param tls how the origin is spoken to; null if it is not secure
/// @param isForwarded whether requests name a whole URI, as an HTTP proxy wants it; else it opens a
///   tunnel
record Route(
    Origin origin, @Nullable ProxyServer proxy, @Nullable ClientTls tls, boolean isForwarded) {
  /// What is to become another protocol, WebSocket for instance, takes a tunnel: a proxy would not
  /// pass it on (RFC 6455, section 4.1).
  static Route of(ClientRequest request, @Nullable ProxyServer proxy, ClientTls tls) {
    var url = request.url();
    if (url.isSecure()) {
      return new Route(url.origin(), proxy, tls, false);
    }
    return proxy == null || proxy.kind().isSocks() || request.headers().contains(HeaderName.UPGRADE)
        ? new Route(url.origin(), proxy, null, false)
        : new Route(new Origin(false, proxy.host(), proxy.port()), proxy, null, true);
  }

  @Override
  public String toString() {
    return proxy == null ? origin.toString() : origin + " by " + proxy;
  }
}
