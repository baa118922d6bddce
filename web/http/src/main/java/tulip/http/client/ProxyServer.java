// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tulip.http.fields.Credentials.Login;

/// A server that connects to others.
///
/// @param kind how it is spoken to
/// @param host IPv6 in brackets
/// @param port always named
/// @param login user and password for it, or null
public record ProxyServer(Kind kind, String host, int port, @Nullable Login login) {
  /// How a proxy is spoken to.
  public enum Kind {
    /// HTTP: whole URIs for http, tunnels by CONNECT for https.
    HTTP(80),
    /// HTTP within TLS.
    HTTPS(443),
    /// SOCKS 5 (RFC 1928); names are looked up here.
    SOCKS5(1080),
    /// SOCKS 5; the proxy looks names up.
    SOCKS5H(1080);

    private final int usualPort;

    Kind(int usualPort) {
      this.usualPort = usualPort;
    }

    /// Whether it speaks SOCKS.
    public boolean isSocks() {
      return this == SOCKS5 || this == SOCKS5H;
    }
  }

  /// Reads `http://user:password@host:8080`, or the same with another kind's name ahead; what has
  /// none is http. Without a port, it is 80, 443 or 1080.
  ///
  /// @throws IllegalArgumentException if it is something else
  public static ProxyServer parse(String text) {
    int end = text.indexOf("://");
    var scheme = end < 0 ? "http" : text.substring(0, end).toLowerCase(Locale.ROOT);
    var rest = end < 0 ? text : text.substring(end + 3);
    var kind =
        switch (scheme) {
          case "http" -> Kind.HTTP;
          case "https" -> Kind.HTTPS;
          case "socks5" -> Kind.SOCKS5;
          case "socks5h", "socks" -> Kind.SOCKS5H;
          default -> throw new IllegalArgumentException("not a kind of proxy: " + scheme);
        };
    var url = Url.parse("http://" + rest);
    int port = url.authority().port();
    return new ProxyServer(kind, url.host(), port < 0 ? kind.usualPort : port, url.login());
  }

  /// {@return kind, host and port, without the password}
  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + "://" + host + ":" + port;
  }
}
