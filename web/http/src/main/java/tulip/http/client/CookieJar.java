// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tulip.http.fields.Cookie;
import tulip.http.fields.SetCookie;

/// Keeps the cookies that servers set, and has them sent where they belong (RFC 6265).
///
/// A host may set cookies for itself and for domains above it that are not public; an address for
/// itself alone. At most 180 are kept for a domain, and 3000 in all; then some of the oldest make
/// room.
///
/// Sessions of one loop may share a jar; it is not for several threads.
public final class CookieJar {
  private static final int MOST = 3000;
  private static final int MOST_OF_DOMAIN = 180;

  /// So much room is made at once, so that it need not be made each time.
  private static final int SPARE = 300;

  /// Those with longer paths first, then those that were set first (section 5.4).
  private static final Comparator<StoredCookie> ORDER =
      Comparator.comparingInt((StoredCookie cookie) -> -cookie.path().length())
          .thenComparing(StoredCookie::created);

  private final CookieOptions policy;
  private final CookieRules rules;
  private final Map<String, List<StoredCookie>> byDomain = new LinkedHashMap<>();
  private int size;

  /// An empty jar with the usual policy.
  public CookieJar() {
    this(CookieOptions.DEFAULT);
  }

  /// An empty jar.
  public CookieJar(CookieOptions policy) {
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
        && of(cookie.domain()).stream()
            .anyMatch(old -> old.secure() && old.replaces(cookie) && !old.isExpired(now()));
  }

  private List<StoredCookie> of(String domain) {
    return byDomain.getOrDefault(domain, List.of());
  }

  /// Keeps a cookie as it is, whoever it is for.
  public void add(StoredCookie cookie) {
    var added = cookie;
    for (var old : List.copyOf(of(cookie.domain()))) {
      if (old.replaces(cookie)) {
        added = cookie.createdAt(old.created());
        remove(old);
      }
    }
    if (!added.isExpired(now())) {
      makeRoom(added.domain());
      byDomain.computeIfAbsent(added.domain(), _ -> new ArrayList<>()).add(added);
      size++;
    }
  }

  private void makeRoom(String domain) {
    if (size >= MOST) {
      var now = now();
      removeIf(cookie -> cookie.isExpired(now));
      while (size > MOST - SPARE) {
        remove(byDomain.values().iterator().next().getFirst());
      }
    }
    if (of(domain).size() >= MOST_OF_DOMAIN) {
      remove(of(domain).getFirst());
    }
  }

  private void remove(StoredCookie cookie) {
    var others = of(cookie.domain());
    if (others.remove(cookie)) {
      size--;
      if (others.isEmpty()) {
        byDomain.remove(cookie.domain());
      }
    }
  }

  // ---- looking ----

  /// The cookies to be sent to a URL, in their order.
  public List<StoredCookie> matching(Url url) {
    if (size == 0) {
      return List.of();
    }
    var host = CookieRules.host(url);
    boolean secure = rules.isSecure(url);
    var now = now();
    var matching = new ArrayList<StoredCookie>();
    for (var domain = host; domain != null; domain = above(domain)) {
      for (var cookie : of(domain)) {
        if (cookie.isForHost(host)
            && cookie.isForPath(url.path())
            && (secure || !cookie.secure())
            && !cookie.isExpired(now)) {
          matching.add(cookie);
        }
      }
    }
    matching.sort(ORDER);
    return matching;
  }

  /// The domain that a domain is in, or null.
  private static @Nullable String above(String domain) {
    int dot = domain.indexOf('.');
    return dot < 0 ? null : domain.substring(dot + 1);
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
    return byDomain.values().stream()
        .flatMap(List::stream)
        .filter(cookie -> !cookie.isExpired(now))
        .toList();
  }

  /// Deletes some.
  ///
  /// @return whether there were any
  public boolean removeIf(Predicate<? super StoredCookie> condition) {
    var gone = byDomain.values().stream().flatMap(List::stream).filter(condition).toList();
    gone.forEach(this::remove);
    return !gone.isEmpty();
  }

  /// Deletes all.
  public void clear() {
    byDomain.clear();
    size = 0;
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
    return size + " cookies";
  }
}
