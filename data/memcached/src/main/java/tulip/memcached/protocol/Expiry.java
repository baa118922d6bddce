// SPDX-License-Identifier: Apache-2.0
package tulip.memcached.protocol;

import java.time.Duration;
import java.time.Instant;

/// When an item expires, as the server wants it: in seconds, or, for more than thirty days, as a
/// date.
public final class Expiry {
  /// An item does not expire by itself.
  public static final int NEVER = 0;

  /// More seconds than this the server takes for seconds since 1970.
  private static final long LONGEST_RELATIVE = Duration.ofDays(30).toSeconds();

  /// What is surely beyond the last date, and could overflow.
  private static final Duration LONGEST = Duration.ofSeconds(Integer.MAX_VALUE);

  private Expiry() {}

  /// The number for a time to live.
  ///
  /// @param life is rounded up to whole seconds; what would end after January 2038, the last date
  ///   that the server knows, never ends
  /// @param now the date
  /// @return for the `T` flag
  /// @throws IllegalArgumentException if it is not positive
  public static int of(Duration life, Instant now) {
    if (!life.isPositive()) {
      throw new IllegalArgumentException("an item lives for a positive time, not " + life);
    }
    if (life.compareTo(LONGEST) > 0) {
      return NEVER;
    }
    long seconds = life.plusNanos(999_999_999).toSeconds();
    if (seconds <= LONGEST_RELATIVE) {
      return (int) seconds;
    }
    long left = Integer.MAX_VALUE - now.getEpochSecond();
    return seconds > left ? NEVER : (int) (now.getEpochSecond() + seconds);
  }
}
