// SPDX-License-Identifier: Apache-2.0
package tulip.net.workers;

import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Counts the restarts of one worker.
final class Restarts {
  private final RestartPolicy policy;
  private final ArrayDeque<Long> recent = new ArrayDeque<>();

  Restarts(RestartPolicy policy) {
    this.policy = policy;
  }

  /// One restart more.
  ///
  /// @param now in nanoseconds
  /// @return how long to wait before it; `null` if there were too many
  @Nullable Duration next(long now) {
    while (!recent.isEmpty() && now - recent.getFirst() >= policy.window().toNanos()) {
      recent.removeFirst();
    }
    if (recent.size() >= policy.limit()) {
      return null;
    }
    var pause = policy.backOff();
    for (int i = 0; i < recent.size() && pause.compareTo(policy.maxBackOff()) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    recent.addLast(now);
    return pause.compareTo(policy.maxBackOff()) < 0 ? pause : policy.maxBackOff();
  }
}
