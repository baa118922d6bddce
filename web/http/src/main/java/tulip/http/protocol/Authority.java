// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import java.net.Inet6Address;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Ascii;

/// A host and perhaps a port, as in a `Host` field (RFC 3986, section 3.2 without the user).
///
/// @param host a name, an IPv4 address, or an IPv6 address in brackets; as it was written
/// @param port 0 to 65535, or -1 if none is named
public record Authority(String host, int port) {
  private static final String NAME_MARKS = "-._~!$&'()*+,;=";

  /// Checks both.
  ///
  /// @throws IllegalArgumentException if there is no such host or port
  public Authority {
    if (!isHost(host)) {
      throw new IllegalArgumentException("not a host: " + Shown.quote(host));
    }
    if (port < -1 || port > 0xFFFF) {
      throw new IllegalArgumentException("not a port: " + port);
    }
  }

  /// Reads `host` or `host:port`.
  ///
  /// @return it, or null if the text is something else; a user's name ahead of it included
  public static @Nullable Authority parse(String text) {
    int colon = text.lastIndexOf(':');
    boolean noPort = colon < 0 || text.endsWith("]");
    int port = noPort ? -1 : parsePort(text, colon + 1);
    var host = noPort ? text : text.substring(0, colon);
    return port >= -1 && isHost(host) ? new Authority(host, port) : null;
  }

  /// Reads the digits of a port.
  ///
  /// @return -1 if there are none, as a colon alone means no port; -2 if it is none
  private static int parsePort(String text, int from) {
    int port = 0;
    for (int i = from; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9 || port > 0xFFFF) {
        return -2;
      }
      port = 10 * port + digit;
    }
    return from == text.length() ? -1 : port > 0xFFFF ? -2 : port;
  }

  private static boolean isHost(String text) {
    if (text.startsWith("[")) {
      return text.endsWith("]") && isIpv6(text.substring(1, text.length() - 1));
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        if (!isPercentEncoded(text, i)) {
          return false;
        }
      } else if (!isLetterOrDigit(c) && NAME_MARKS.indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isPercentEncoded(String text, int at) {
    return at + 2 < text.length() && isHex(text.charAt(at + 1)) && isHex(text.charAt(at + 2));
  }

  private static boolean isHex(char c) {
    return c < 0x80 && Ascii.hexValue((byte) c) >= 0;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isIpv6(String text) {
    if (text.indexOf(':') < 0
        || !text.chars().allMatch(c -> c == ':' || c == '.' || isHex((char) c))) {
      return false;
    }
    try {
      return Inet6Address.ofLiteral(text) != null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /// {@return `host` or `host:port`}
  @Override
  public String toString() {
    return port < 0 ? host : host + ":" + port;
  }
}
