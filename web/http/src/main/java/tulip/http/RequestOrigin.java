// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import tulip.http.protocol.Authority;
import tulip.http.protocol.RequestHead;
import tulip.net.Attribute;
import tulip.net.ByteStream;
import tulip.net.ProxyHeader;
import tulip.net.TlsAttributes;

/// Who asks, how, and for whom: by the connection, and by what trusted proxies say.
///
/// @param address null if it is not known
record RequestOrigin(
    @Nullable SocketAddress address, boolean secure, @Nullable Authority authority) {
  static RequestOrigin of(RequestHead head, ByteStream stream, TrustedProxies proxies) {
    var header = stream.attribute(ProxyHeader.ATTRIBUTE);
    boolean secure =
        stream.attribute(TlsAttributes.SESSION) != null || (header != null && header.secure());
    var address = stream.attribute(Attribute.REMOTE_ADDRESS);
    var origin = new RequestOrigin(address, secure, head.authority());
    if (proxies.trusts(address)) {
      for (var hop : Hop.read(head.headers(), proxies.fields()).reversed()) {
        origin = origin.before(hop);
        if (!proxies.trusts(origin.address)) {
          break;
        }
      }
    }
    return origin;
  }

  /// As the proxy says from which this comes.
  private RequestOrigin before(Hop hop) {
    var name = hop.host() == null ? null : Authority.parse(hop.host());
    return new RequestOrigin(
        hop.client(),
        hop.scheme() == null ? secure : hop.scheme().matches("(?i)https|wss"),
        name == null ? authority : name);
  }
}
