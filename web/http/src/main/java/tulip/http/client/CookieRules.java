// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tulip.http.fields.SetCookie;

/// Which cookies a host may set (RFC 6265, section 5.3, and the prefixes of RFC 6265bis).
final class CookieRules {
  private static final int LARGEST = 4096;

  private final CookieOptions policy;

  CookieRules(CookieOptions policy) {
    this.policy = policy;
  }

  /// Whether a host is in a domain and not the domain itself.
  static boolean isBelow(String host, String domain) {
    return host.length() > domain.length()
        && host.endsWith(domain)
        && host.charAt(host.length() - domain.length() - 1) == '.'
        && !isAddress(host);
  }

  private static boolean isAddress(String host) {
    try {
      return host.startsWith("[") || InetAddress.ofLiteral(host) != null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /// The host, as cookies know it.
  static String host(Url url) {
    var host = url.host();
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  boolean isSecure(Url url) {
    return url.isSecure() || policy.trustworthy().test(url.origin());
  }

  /// The cookie that is to be kept, or null if it is refused.
  @Nullable StoredCookie accept(Url from, SetCookie set, Instant now) {
    var host = host(from);
    var named = set.domain();
    var domain = named == null ? host : named;
    boolean hostOnly = named == null || (named.equals(host) && isAlone(host));
    boolean inside = domain.equals(host) || isBelow(host, domain);
    boolean open = !hostOnly && policy.suffixes().isPublicSuffix(domain);
    if (!inside || open || isTooLarge(set)) {
      return null;
    }
    var path = set.path() == null ? folder(from.path()) : set.path();
    boolean secure = set.has("Secure");
    if ((secure && !isSecure(from)) || !keepsPrefix(set, secure, named, path)) {
      return null;
    }
    return new StoredCookie(
        set.cookie(), domain, hostOnly, path, secure, set.has("HttpOnly"), now, set.expires(now));
  }

  /// An address has nothing below, and a public suffix nothing that is its own.
  private boolean isAlone(String host) {
    return isAddress(host) || policy.suffixes().isPublicSuffix(host);
  }

  private static boolean isTooLarge(SetCookie set) {
    return set.cookie().name().length() + set.cookie().value().length() > LARGEST;
  }

  /// A name that begins so promises how the cookie was set.
  private static boolean keepsPrefix(
      SetCookie set, boolean secure, @Nullable String domain, String path) {
    var name = set.cookie().name().toLowerCase(Locale.ROOT);
    return name.startsWith("__host-")
        ? secure && domain == null && path.equals("/")
        : !name.startsWith("__secure-") || secure;
  }

  /// The folder of a page (section 5.1.4).
  private static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }
}
