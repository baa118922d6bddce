// SPDX-License-Identifier: Apache-2.0
package tulip.redis.recipes;

import java.io.IOException;
import java.time.Duration;
import tulip.core.Tulip;

/// How often something may be done, as counted by the server: for all programs together, and by the
/// server's clock. One limiter is for any number of keys, each of which is counted by itself.
public sealed interface RateLimiter permits TokenBucket, SlidingWindow {
  /// Asks for some at once; counts them if they are allowed. In a task.
  ///
  /// @param key whom it is about
  /// @param permits how many, all or none of which are allowed
  /// @throws IllegalArgumentException if so many can never be allowed
  /// @throws IOException if the server cannot be asked; they may have been counted
  RateDecision tryAcquire(String key, int permits) throws IOException;

  /// Asks for one.
  ///
  /// @throws IOException as [#tryAcquire(String, int)]
  default RateDecision tryAcquire(String key) throws IOException {
    return tryAcquire(key, 1);
  }

  /// Waits until so many are allowed. Not fair: who asks for few may come before who waits for
  /// many.
  ///
  /// @throws IOException as [#tryAcquire(String, int)]
  default void acquire(String key, int permits) throws IOException {
    for (var decision = tryAcquire(key, permits);
        !decision.allowed();
        decision = tryAcquire(key, permits)) {
      Tulip.sleep(decision.retryAfter());
    }
  }

  /// Checks the numbers that all of them have.
  static void check(int limit, Duration time) {
    if (limit < 1 || time.toMillis() < 1) {
      throw new IllegalArgumentException("a rate of " + limit + " in " + time);
    }
  }

  /// Checks how many somebody asks for.
  static void checkPermits(int permits, int limit) {
    if (permits < 1 || permits > limit) {
      throw new IllegalArgumentException("asked for " + permits + " of at most " + limit);
    }
  }
}
