// SPDX-License-Identifier: Apache-2.0
package tulip.redis.recipes;

import java.time.Duration;

/// How long a cache keeps what it has.
///
/// @param prefix how its keys begin
/// @param fresh how long a value is given without a further look
/// @param stale how long after that it is still given, while it is loaded anew in the background;
///   zero for not at all
/// @param jitter by which part the time of a value is shortened at random, 0 to 1: values that were
///   loaded together shall not end together
public record CacheOptions(String prefix, Duration fresh, Duration stale, double jitter) {
  /// Checks them.
  public CacheOptions {
    if (fresh.toMillis() < 1 || stale.isNegative() || !(jitter >= 0 && jitter < 1)) {
      throw new IllegalArgumentException(
          "fresh for %s, stale for %s, jitter %s".formatted(fresh, stale, jitter));
    }
  }

  /// Values that are fresh for a time, shortened by up to a tenth, and gone then.
  public static CacheOptions of(String prefix, Duration fresh) {
    return new CacheOptions(prefix, fresh, Duration.ZERO, 0.1);
  }

  /// The same giving old values for a time while new ones are loaded.
  public CacheOptions withStale(Duration stale) {
    return new CacheOptions(prefix, fresh, stale, jitter);
  }

  /// The same shortening times by another part.
  public CacheOptions withJitter(double jitter) {
    return new CacheOptions(prefix, fresh, stale, jitter);
  }
}
