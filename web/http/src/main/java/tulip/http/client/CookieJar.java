// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tulip.http.fields.Cookie;
import tulip.http.fields.SetCookie;

/// Keeps the cookies that servers set, and has them sent where they belong (RFC 6265).
///
/// A host may set cookies for itself and for domains above it that are not public; an address for
/// itself alone. At most 180 are kept for a domain, and 3000 in all; the oldest make room.
///
/// Sessions of one loop may share a jar; it is not for several threads.
public final class CookieJar {
  private static final int MOST = 3000;
  private static final int MOST_OF_DOMAIN = 180;

  /// Those with longer paths first, then those that were set first (section 5.4).
  private static final Comparator<StoredCookie> ORDER =
      Comparator.comparingInt((StoredCookie cookie) -> -cookie.path().length())
          .thenComparing(StoredCookie::created);

  private final CookiePolicy policy;
  private final CookieRules rules;
  private final List<StoredCookie> cookies = new ArrayList<>();

  /// An empty jar with the usual policy.
  public CookieJar() {
    this(CookiePolicy.DEFAULT);
  }

  /// An empty jar.
  public CookieJar(CookiePolicy policy) {
    this.policy = policy;
    rules = new CookieRules(policy);
  }

  private Instant now() {
    return policy.clock().instant();
  }

  // ---- setting ----

  /// Keeps a cookie that a response from this URL sets, or deletes the one that it wants gone.
  ///
  /// @return whether it was allowed
  public boolean store(Url from, SetCookie cookie) {
    var accepted = rules.accept(from, cookie, now());
    if (accepted == null || shadowsSecure(from, accepted)) {
      return false;
    }
    add(accepted);
    return true;
  }

  /// What is not encrypted must not change what came encrypted.
  private boolean shadowsSecure(Url from, StoredCookie cookie) {
    return !rules.isSecure(from)
        && cookies.stream()
            .anyMatch(old -> old.secure() && old.replaces(cookie) && !old.isExpired(now()));
  }

  /// Keeps a cookie as it is, whoever it is for.
  public void add(StoredCookie cookie) {
    var added = cookie;
    for (int i = cookies.size() - 1; i >= 0; i--) {
      if (cookies.get(i).replaces(cookie)) {
        added = cookie.createdAt(cookies.remove(i).created());
      }
    }
    if (!added.isExpired(now())) {
      makeRoom(added.domain());
      cookies.add(added);
    }
  }

  private void makeRoom(String domain) {
    if (cookies.size() >= MOST) {
      var now = now();
      cookies.removeIf(cookie -> cookie.isExpired(now));
    }
    if (cookies.size() >= MOST) {
      cookies.removeFirst();
    }
    if (count(domain) >= MOST_OF_DOMAIN) {
      cookies.remove(
          cookies.stream()
              .filter(cookie -> cookie.domain().equals(domain))
              .findFirst()
              .orElseThrow());
    }
  }

  private long count(String domain) {
    return cookies.stream().filter(cookie -> cookie.domain().equals(domain)).count();
  }

  // ---- looking ----

  /// The cookies to be sent to a URL, in their order.
  public List<StoredCookie> matching(Url url) {
    if (cookies.isEmpty()) {
      return List.of();
    }
    var host = CookieRules.host(url);
    boolean secure = rules.isSecure(url);
    var now = now();
    return cookies.stream()
        .filter(cookie ->
            cookie.isForHost(host)
                && cookie.isForPath(url.path())
                && (secure || !cookie.secure())
                && !cookie.isExpired(now))
        .sorted(ORDER)
        .toList();
  }

  /// The Cookie field for a URL, or null if there is none.
  @Nullable String header(Url url) {
    var matching = matching(url);
    return matching.isEmpty()
        ? null
        : Cookie.format(matching.stream().map(StoredCookie::cookie).toList());
  }

  /// All cookies that have not ended.
  public List<StoredCookie> all() {
    var now = now();
    return cookies.stream().filter(cookie -> !cookie.isExpired(now)).toList();
  }

  /// Deletes some.
  ///
  /// @return whether there were any
  public boolean removeIf(Predicate<? super StoredCookie> condition) {
    return cookies.removeIf(condition);
  }

  /// Deletes all.
  public void clear() {
    cookies.clear();
  }

  // ---- files ----

  /// Writes all cookies to a file that only its owner can read, in the format of Netscape, which
  /// curl, wget and Python read too. Waits.
  ///
  /// @throws IOException if it cannot be written
  public void save(Path file) throws IOException {
    CookieFile.write(file, all());
  }

  /// Adds the cookies of such a file. Waits.
  ///
  /// @throws IOException if it cannot be read, or is something else
  public void load(Path file) throws IOException {
    CookieFile.read(file, now()).forEach(this::add);
  }

  /// {@return how many there are}
  @Override
  public String toString() {
    return cookies.size() + " cookies";
  }
}
