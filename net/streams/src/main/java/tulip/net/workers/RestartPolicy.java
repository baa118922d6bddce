// SPDX-License-Identifier: Apache-2.0
package tulip.net.workers;

import java.time.Duration;

/// How often a worker is started again, and after which pause.
///
/// @param limit how many restarts of one worker within the window; the next one fails the
///   [Workers]. Also how many loops of one worker may stand still at once. 5 if nothing else is
///   said
/// @param window of time; 1 minute
/// @param backOff the pause before the first restart within the window, doubled for each one more;
///   100 ms
/// @param maxBackOff the longest pause; 10 s
public record RestartPolicy(int limit, Duration window, Duration backOff, Duration maxBackOff) {
  /// What applies if nothing else is said.
  public static final RestartPolicy DEFAULT =
      new RestartPolicy(5, Duration.ofMinutes(1), Duration.ofMillis(100), Duration.ofSeconds(10));

  /// The first failure of a worker fails all.
  public static final RestartPolicy NEVER = DEFAULT.withLimit(0);

  /// Checks it.
  public RestartPolicy {
    if (limit < 0) {
      throw new IllegalArgumentException("a limit of " + limit + " restarts");
    }
    if (!window.isPositive() || backOff.isNegative() || maxBackOff.compareTo(backOff) < 0) {
      throw new IllegalArgumentException(
          "restarts within " + window + ", back-off from " + backOff + " to " + maxBackOff);
    }
  }

  /// The same with another limit.
  public RestartPolicy withLimit(int limit) {
    return new RestartPolicy(limit, window, backOff, maxBackOff);
  }

  /// The same with another window.
  public RestartPolicy withWindow(Duration window) {
    return new RestartPolicy(limit, window, backOff, maxBackOff);
  }

  /// The same with other pauses.
  public RestartPolicy withBackOff(Duration backOff, Duration maxBackOff) {
    return new RestartPolicy(limit, window, backOff, maxBackOff);
  }
}
