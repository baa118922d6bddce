// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import tulip.bytes.ByteWriter;
import tulip.http.fields.Credentials;
import tulip.http.fields.Origin;
import tulip.http.protocol.Authority;
import tulip.http.protocol.ClientConnection;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.HttpEvent;
import tulip.http.protocol.HttpLimits;
import tulip.http.protocol.Method;
import tulip.http.protocol.ProtocolException;
import tulip.http.protocol.RequestHead;
import tulip.http.protocol.RequestTarget;
import tulip.http.protocol.ResponseHead;
import tulip.http.protocol.Version;
import tulip.net.ByteStream;

/// Has an HTTP proxy connect to an origin (RFC 9110, section 9.3.6).
final class ProxyTunnel {
  private final ByteStream stream;
  private final ProxyServer proxy;
  private final ClientConnection protocol;
  private final ByteWriter out;

  ProxyTunnel(ByteStream stream, ProxyServer proxy, HttpLimits limits) {
    this.stream = stream;
    this.proxy = proxy;
    protocol = new ClientConnection(limits);
    out = new ByteWriter(limits.head());
  }

  /// What a proxy wants to know about us.
  static Headers.Builder authorized(Headers.Builder headers, ProxyServer proxy) {
    var login = proxy.login();
    return login == null
        ? headers
        : headers.add(HeaderName.PROXY_AUTHORIZATION, Credentials.basic(login).format());
  }

  /// Opens the tunnel: after that the stream is one to the origin.
  ///
  /// @throws ProxyException if the proxy refuses, or does not speak HTTP
  void open(Origin origin) throws IOException {
    var target = new Authority(origin.host(), origin.port());
    var fields = Headers.builder().add(HeaderName.HOST, target.toString());
    protocol.send(
        new RequestHead(
            Method.CONNECT,
            new RequestTarget.Tunnel(target),
            Version.HTTP_1_1,
            authorized(fields, proxy).build()),
        out);
    protocol.sendEnd(out);
    stream.write(out.toBytes());
    try {
      awaitTunnel();
    } catch (ProtocolException e) {
      throw new ProxyException(proxy + ": " + e.getMessage(), e);
    }
  }

  private void awaitTunnel() throws IOException, ProtocolException {
    while (true) {
      var event = protocol.receive(stream.input());
      if (event == HttpEvent.Signal.NEED_DATA) {
        if (!stream.fill()) {
          protocol.inputEnded();
        }
      } else if (event instanceof ResponseHead head && head.status().isSuccess()) {
        return;
      } else if (event instanceof ResponseHead head && !head.status().isInformational()) {
        throw new ProxyException(proxy + " opens no tunnel: " + head.status());
      }
    }
  }
}
