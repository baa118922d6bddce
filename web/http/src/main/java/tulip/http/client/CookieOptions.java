// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.time.InstantSource;
import java.util.function.Predicate;
import tulip.http.fields.Origin;

/// Which cookies a jar keeps and sends.
///
/// @param suffixes domains for which no host may set cookies, since others' hosts are below them
/// @param trustworthy origins that get and may set `Secure` cookies though they are not encrypted
/// @param clock what time it is
public record CookieOptions(
    PublicSuffixes suffixes, Predicate<Origin> trustworthy, InstantSource clock) {
  /// What is public by a short list, encryption for what is secure, and the system's clock.
  public static final CookieOptions DEFAULT =
      new CookieOptions(PublicSuffixes.USUAL, origin -> false, InstantSource.system());

  /// The same with other public suffixes.
  public CookieOptions withSuffixes(PublicSuffixes suffixes) {
    return new CookieOptions(suffixes, trustworthy, clock);
  }

  /// The same with other origins that count as encrypted.
  public CookieOptions withTrustworthy(Predicate<Origin> trustworthy) {
    return new CookieOptions(suffixes, trustworthy, clock);
  }

  /// The same with another clock.
  public CookieOptions withClock(InstantSource clock) {
    return new CookieOptions(suffixes, trustworthy, clock);
  }
}
