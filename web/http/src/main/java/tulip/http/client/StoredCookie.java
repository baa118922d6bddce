// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tulip.http.fields.Cookie;

/// A cookie in a jar (RFC 6265, section 5.3).
///
/// @param cookie name and value
/// @param domain the host that set it, or the domain that it is for; small letters
/// @param hostOnly whether it is for that host alone, and not for those below
/// @param path below which it is sent
/// @param secure whether it is sent in TLS alone
/// @param httpOnly whether pages must not see it; here it only goes to files
/// @param created when it was set first
/// @param expires when it ends, or null for the end of the session
public record StoredCookie(
    Cookie cookie,
    String domain,
    boolean hostOnly,
    String path,
    boolean secure,
    boolean httpOnly,
    Instant created,
    @Nullable Instant expires) {

  /// Whether two are the same cookie with another value.
  boolean replaces(StoredCookie other) {
    return cookie.name().equals(other.cookie.name())
        && domain.equals(other.domain)
        && hostOnly == other.hostOnly
        && path.equals(other.path);
  }

  StoredCookie createdAt(Instant first) {
    return new StoredCookie(cookie, domain, hostOnly, path, secure, httpOnly, first, expires);
  }

  /// Whether it has ended.
  public boolean isExpired(Instant now) {
    return expires != null && !expires.isAfter(now);
  }

  /// Whether it is for this host.
  boolean isForHost(String host) {
    return domain.equals(host) || (!hostOnly && CookieRules.isBelow(host, domain));
  }

  /// Whether it is for this path (section 5.1.4).
  boolean isForPath(String asked) {
    return asked.startsWith(path)
        && (asked.length() == path.length()
            || path.endsWith("/")
            || asked.charAt(path.length()) == '/');
  }

  /// {@return the name and whose it is, without the value}
  @Override
  public String toString() {
    return cookie.name() + " of " + domain + path;
  }
}
