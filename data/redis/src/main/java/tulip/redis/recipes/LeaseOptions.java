// SPDX-License-Identifier: Apache-2.0
package tulip.redis.recipes;

import java.time.Duration;

/// How long something is held, and how those who want it wait.
///
/// @param lease after which time it is free again if its holder is heard of no more; the holder
///   renews it three times in that time
/// @param poll how long those who wait sleep at most before they ask again
public record LeaseOptions(Duration lease, Duration poll) {
  /// 30 s; those who wait ask four times a second.
  public static final LeaseOptions DEFAULT =
      new LeaseOptions(Duration.ofSeconds(30), Duration.ofMillis(250));

  /// Checks them.
  public LeaseOptions {
    if (lease.toMillis() < 3 || !poll.isPositive()) {
      throw new IllegalArgumentException("a lease of " + lease + ", asked for every " + poll);
    }
  }

  /// The same with another time until it is free.
  public LeaseOptions withLease(Duration lease) {
    return new LeaseOptions(lease, poll);
  }

  /// The same with another pause between two questions.
  public LeaseOptions withPoll(Duration poll) {
    return new LeaseOptions(lease, poll);
  }
}
