// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.util.Set;
import tulip.http.fields.Credentials;
import tulip.http.protocol.Authority;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.RequestHead;
import tulip.http.protocol.RequestTarget;
import tulip.http.protocol.Version;

/// Makes the head of a request for HTTP/1.1: what belongs to the connection and to the body's
/// framing comes in here, whatever the program has said.
final class RequestHeads {
  private static final Set<HeaderName> FRAMING =
      Set.of(HeaderName.CONTENT_LENGTH, HeaderName.TRANSFER_ENCODING);

  private RequestHeads() {}

  /// @param framed whether the head is to say how long the body is; else whoever sends it does
  static RequestHead of(ClientRequest request, Route route, boolean keepsAlive, boolean framed) {
    var url = request.url();
    var fields = Headers.builder();
    if (!request.headers().contains(HeaderName.HOST)) {
      fields.add(HeaderName.HOST, host(url));
    }
    long length = request.payload().length();
    request
        .headers()
        .forEach((name, value) -> {
          boolean pointless = length == 0 && name.equals(HeaderName.EXPECT);
          if (!value.isEmpty() && !pointless && !FRAMING.contains(name)) {
            fields.add(name, value);
          }
        });
    describeBody(request, framed, fields);
    if (!keepsAlive && !request.headers().contains(HeaderName.CONNECTION)) {
      fields.add(HeaderName.CONNECTION, "close");
    }
    return new RequestHead(
        request.method(), target(url, route, fields), Version.HTTP_1_1, fields.build());
  }

  /// The usual port is not named, as browsers do.
  private static String host(Url url) {
    return url.authority().port() == (url.isSecure() ? 443 : 80)
        ? url.host()
        : url.authority().toString();
  }

  private static void describeBody(ClientRequest request, boolean framed, Headers.Builder fields) {
    var payload = request.payload();
    var type = payload.contentType();
    if (type != null && !request.headers().contains(HeaderName.CONTENT_TYPE)) {
      fields.add(HeaderName.CONTENT_TYPE, type);
    }
    if (framed && payload.length() >= 0) {
      fields.add(HeaderName.CONTENT_LENGTH, Long.toString(payload.length()));
    } else if (framed) {
      fields.add(HeaderName.TRANSFER_ENCODING, "chunked");
    }
  }

  private static RequestTarget target(Url url, Route route, Headers.Builder fields) {
    var proxy = route.proxy();
    if (proxy == null || !route.isForwarded()) {
      return new RequestTarget.Origin(url.path(), url.query());
    }
    var login = proxy.login();
    if (login != null) {
      fields.set(HeaderName.PROXY_AUTHORIZATION, Credentials.basic(login).format());
    }
    var authority = new Authority(url.host(), url.authority().port());
    return new RequestTarget.Absolute("http", authority, url.path(), url.query());
  }
}
