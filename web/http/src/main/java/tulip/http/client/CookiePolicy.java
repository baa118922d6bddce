// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.time.InstantSource;
import java.util.function.Predicate;

/// Which cookies a jar keeps and sends.
///
/// @param suffixes domains for which no host may set cookies, since others' hosts are below them
/// @param trustworthy origins that get and may set `Secure` cookies though they are not encrypted
/// @param clock what time it is
public record CookiePolicy(
    PublicSuffixes suffixes, Predicate<Origin> trustworthy, InstantSource clock) {
  /// What is public by a short list, encryption for what is secure, and the system's clock.
  public static final CookiePolicy DEFAULT =
      new CookiePolicy(PublicSuffixes.USUAL, origin -> false, InstantSource.system());

  /// The same with other public suffixes.
  public CookiePolicy withSuffixes(PublicSuffixes suffixes) {
    return new CookiePolicy(suffixes, trustworthy, clock);
  }

  /// The same with other origins that count as encrypted.
  public CookiePolicy withTrustworthy(Predicate<Origin> trustworthy) {
    return new CookiePolicy(suffixes, trustworthy, clock);
  }

  /// The same with another clock.
  public CookiePolicy withClock(InstantSource clock) {
    return new CookiePolicy(suffixes, trustworthy, clock);
  }
}
