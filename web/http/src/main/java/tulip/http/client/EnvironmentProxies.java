// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The proxies that environment variables name.
final class EnvironmentProxies implements ProxyRules {
  private final @Nullable ProxyServer plain;
  private final @Nullable ProxyServer secure;
  private final List<Bypass> exceptions = new ArrayList<>();

  /// What goes without a proxy.
  ///
  /// @param host `*`, a name, or an address
  /// @param bits how many bits of an address count, or -1 for a name
  /// @param port or -1 for all
  private record Bypass(String host, int bits, int port) {
    boolean includes(Url url) {
      if (port >= 0 && port != url.port()) {
        return false;
      }
      var asked = bare(url.host());
      if (host.equals("*") || host.equals(asked)) {
        return true;
      }
      return bits < 0 ? asked.endsWith("." + host) : isWithin(asked);
    }

    private boolean isWithin(String asked) {
      try {
        byte[] network = InetAddress.ofLiteral(host).getAddress();
        byte[] address = InetAddress.ofLiteral(asked).getAddress();
        if (network.length != address.length) {
          return false;
        }
        for (int bit = 0; bit < Math.min(bits, 8 * network.length); bit++) {
          int mask = 0x80 >> (bit % 8);
          if (((network[bit / 8] ^ address[bit / 8]) & mask) != 0) {
            return false;
          }
        }
        return true;
      } catch (IllegalArgumentException _) {
        return false; // a name is in no network
      }
    }
  }

  private EnvironmentProxies(@Nullable ProxyServer plain, @Nullable ProxyServer secure) {
    this.plain = plain;
    this.secure = secure;
  }

  static EnvironmentProxies of(Map<String, String> environment) {
    boolean cgi = environment.containsKey("REQUEST_METHOD");
    var all = proxy(environment, "all_proxy", true);
    var plain = proxy(environment, "http_proxy", !cgi);
    var secure = proxy(environment, "https_proxy", true);
    var proxies =
        new EnvironmentProxies(plain == null ? all : plain, secure == null ? all : secure);
    var exceptions = value(environment, "no_proxy", true);
    for (var each : exceptions.split("[,\\s]+", -1)) {
      if (!each.isEmpty()) {
        proxies.exceptions.add(exception(each));
      }
    }
    return proxies;
  }

  private static @Nullable ProxyServer proxy(
      Map<String, String> environment, String name, boolean capitals) {
    var text = value(environment, name, capitals);
    return text.isEmpty() ? null : ProxyServer.parse(text);
  }

  private static String value(Map<String, String> environment, String name, boolean capitals) {
    var text = environment.getOrDefault(name, "").strip();
    return text.isEmpty() && capitals
        ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "").strip()
        : text;
  }

  private static Bypass exception(String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    int slash = lower.indexOf('/');
    if (slash >= 0) {
      return new Bypass(bare(lower.substring(0, slash)), number(lower.substring(slash + 1)), -1);
    }
    int colon = lower.lastIndexOf(':');
    boolean port = colon >= 0 && (colon == lower.indexOf(':') || lower.startsWith("["));
    boolean named = port && !lower.endsWith("]");
    var host = bare(named ? lower.substring(0, colon) : lower);
    return new Bypass(
        host.startsWith("*.") ? host.substring(2) : host.startsWith(".") ? host.substring(1) : host,
        -1,
        named ? number(lower.substring(colon + 1)) : -1);
  }

  private static int number(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("no_proxy has a number that is none: " + digits, e);
    }
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  @Override
  public @Nullable ProxyServer proxyFor(Url url) {
    return exceptions.stream().anyMatch(each -> each.includes(url))
        ? null
        : url.isSecure() ? secure : plain;
  }
}
