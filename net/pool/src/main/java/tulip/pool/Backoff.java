// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tulip.core.Block;

/// How long to wait before the next attempt, and when to give up: exponential back-off with jitter.
///
/// ```java
/// for (var attempt : Backoff.DEFAULT.attempts()) {
///   try {
///     return Tcp.connect(host, port);
///   } catch (ConnectException e) {
///     attempt.failed(e);                            // throws it if there is to be no other attempt
///   }
/// }
/// ```
///
/// Jitter keeps clients that lost their server at the same time from coming back at the same time.
///
/// @param first the delay after the first attempt, before jitter
/// @param cap the longest delay
/// @param factor by how much each delay is longer than the one before; 1 for equal ones
/// @param jitter what chance does to the delays
/// @param maxAttempts how many attempts there are at most
/// @param maxElapsed no attempt begins when so much time has passed since the first
/// @param stableAfter when an attempt has succeeded for so long, the next one begins anew
/// @param random where chance comes from; with a seed the delays are the same each time
public record Backoff(
    Duration first,
    Duration cap,
    double factor,
    Jitter jitter,
    int maxAttempts,
    Duration maxElapsed,
    Duration stableAfter,
    RandomGenerator random) {
  /// What chance does to a delay.
  public enum Jitter {
    /// Nothing.
    NONE,
    /// Anything between zero and the delay.
    FULL,
    /// Anything between the first delay and three times the one before.
    DECORRELATED
  }

  /// From 100 ms to 30 s, doubling, with full jitter, for ever; anew after a minute of success.
  public static final Backoff DEFAULT =
      new Backoff(
          Duration.ofMillis(100),
          Duration.ofSeconds(30),
          2,
          Jitter.FULL,
          Integer.MAX_VALUE,
          PoolOptions.FOREVER,
          Duration.ofMinutes(1),
          RandomGenerator.getDefault());

  /// Checks the limits.
  public Backoff {
    if (!first.isPositive() || cap.compareTo(first) < 0 || cap.compareTo(PoolOptions.FOREVER) > 0) {
      throw new IllegalArgumentException(
          "the first delay is positive and the cap not below it: " + first + ", " + cap);
    }
    if (!(factor >= 1)) {
      throw new IllegalArgumentException("delays do not get shorter: factor " + factor);
    }
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("there is one attempt at least, not " + maxAttempts);
    }
    if (maxElapsed.isNegative() || stableAfter.isNegative()) {
      throw new IllegalArgumentException(
          "times are not negative: " + maxElapsed + ", " + stableAfter);
    }
  }

  /// The same with other delays.
  public Backoff withDelays(Duration first, Duration cap, double factor) {
    return new Backoff(first, cap, factor, jitter, maxAttempts, maxElapsed, stableAfter, random);
  }

  /// The same with another jitter.
  public Backoff withJitter(Jitter jitter) {
    return new Backoff(first, cap, factor, jitter, maxAttempts, maxElapsed, stableAfter, random);
  }

  /// The same with another limit of attempts.
  public Backoff withMaxAttempts(int maxAttempts) {
    return new Backoff(first, cap, factor, jitter, maxAttempts, maxElapsed, stableAfter, random);
  }

  /// The same giving up after another time.
  public Backoff withMaxElapsed(Duration maxElapsed) {
    return new Backoff(first, cap, factor, jitter, maxAttempts, maxElapsed, stableAfter, random);
  }

  /// The same beginning anew after another time of success.
  public Backoff withStableAfter(Duration stableAfter) {
    return new Backoff(first, cap, factor, jitter, maxAttempts, maxElapsed, stableAfter, random);
  }

  /// The same with chance from somewhere else.
  public Backoff withRandom(RandomGenerator random) {
    return new Backoff(first, cap, factor, jitter, maxAttempts, maxElapsed, stableAfter, random);
  }

  /// Attempts to iterate over, in a task: the iteration waits before each but the first.
  public Attempts attempts() {
    return new Attempts(this);
  }

  /// Runs a block until it succeeds.
  ///
  /// @param again for which failures it is worth it
  /// @throws X the block's last failure; up to five that came before it are suppressed in it
  public <T extends @Nullable Object, X extends Exception> T retry(
      Predicate<? super Exception> again, Block<T, X> block) throws X {
    for (var attempts = attempts(); ; ) {
      var attempt = attempts.begin();
      try {
        return block.run();
      } catch (Exception e) {
        if (!again.test(e) || attempt.isLast(e)) {
          throw e;
        }
      }
    }
  }

  /// The delays alone, for who counts and waits by other means.
  public Delays delays() {
    return new Delays(this);
  }

  /// The delays after attempt after attempt.
  public static final class Delays {
    private final Backoff backoff;

    /// The last one, without jitter if that is full.
    private double last;

    private Delays(Backoff backoff) {
      this.backoff = backoff;
    }

    /// The next delay.
    public Duration next() {
      return Duration.ofNanos((long) nextNanos());
    }

    private double nextNanos() {
      double first = backoff.first.toNanos();
      double cap = backoff.cap.toNanos();
      if (backoff.jitter == Jitter.DECORRELATED) {
        double bound = Math.min(cap, 3 * Math.max(first, last));
        last = bound > first ? backoff.random.nextDouble(first, bound) : first;
        return last;
      }
      last = last == 0 ? first : Math.min(cap, last * backoff.factor);
      return backoff.jitter == Jitter.FULL ? backoff.random.nextDouble(last) : last;
    }

    /// Begins anew with the first one.
    public void reset() {
      last = 0;
    }
  }
}
