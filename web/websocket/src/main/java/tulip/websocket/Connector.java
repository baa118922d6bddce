// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.http.fields.Credentials;
import tulip.http.protocol.ClientConnection;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.HttpEvent;
import tulip.http.protocol.ProtocolException;
import tulip.http.protocol.ResponseHead;
import tulip.net.ByteStream;
import tulip.net.Tcp;

/// The client's side of the handshake.
final class Connector {
  private static final int LARGEST_HEAD = 64 * 1024;

  private final URI uri;
  private final ConnectOptions options;
  private final boolean secure;
  private final String host;
  private final ClientOpening opening;

  Connector(URI uri, ConnectOptions options) {
    var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    this.secure = scheme.equals("wss");
    if (!secure && !scheme.equals("ws")) {
      throw new IllegalArgumentException("a WebSocket is at ws: or wss:, not at " + uri);
    }
    if (uri.getHost() == null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("a WebSocket has a host and no fragment: " + uri);
    }
    this.uri = URI.create(uri.toASCIIString());
    this.options = options;
    this.host = uri.getHost();
    opening = new ClientOpening(target(), options);
  }

  WebSocket connect() throws IOException {
    return opening.inTime(() -> {
      var stream = Tcp.connect(address(), port(), options.tcp());
      try {
        if (secure) {
          stream.startTls(options.tls(), address());
        }
        return agree(stream);
      } catch (Throwable t) {
        stream.abort();
        throw t;
      }
    });
  }

  WebSocket shakeHands(ByteStream stream) throws IOException {
    try {
      return opening.inTime(() -> agree(stream));
    } catch (Throwable t) {
      stream.abort();
      throw t;
    }
  }

  /// Without the brackets of IPv6.
  private String address() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private int port() {
    return uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
  }

  /// Without a password.
  private String target() {
    return uri.getScheme() + "://" + host + ":" + port() + path();
  }

  private String path() {
    var path = uri.getRawPath();
    return (path == null || path.isEmpty() ? "/" : path)
        + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
  }

  // The handshake.

  private WebSocket agree(ByteStream stream) throws IOException {
    try {
      return opening.finish(exchange(stream), () -> stream);
    } catch (ProtocolException e) {
      throw new IOException("no HTTP from " + target() + ": " + e.getMessage(), e);
    }
  }

  private ResponseHead exchange(ByteStream stream) throws IOException, ProtocolException {
    var http = new ClientConnection();
    var out = new ByteWriter(LARGEST_HEAD);
    http.send(opening.handshake().request(hostField(), path(), fields()), Bytes.EMPTY, out);
    stream.write(out.view());
    while (true) {
      var event = http.receive(stream.input());
      if (event instanceof ResponseHead head && isAnswer(head)) {
        return head;
      }
      if (event == HttpEvent.Signal.NEED_DATA && !stream.fill()) {
        http.inputEnded();
      }
    }
  }

  /// Others of 1xx come ahead of the answer.
  private static boolean isAnswer(ResponseHead head) {
    return head.status().code() == 101 || !head.status().isInformational();
  }

  private String hostField() {
    return uri.getPort() < 0 ? host : host + ":" + uri.getPort();
  }

  private Headers fields() {
    var user = uri.getUserInfo();
    if (user == null || options.headers().contains(HeaderName.AUTHORIZATION)) {
      return options.headers();
    }
    int colon = user.indexOf(':');
    var login =
        new Credentials.Login(
            colon < 0 ? user : user.substring(0, colon),
            colon < 0 ? "" : user.substring(colon + 1));
    var value = Credentials.basic(login).format();
    return options.headers().toBuilder().add(HeaderName.AUTHORIZATION, value).build();
  }
}
