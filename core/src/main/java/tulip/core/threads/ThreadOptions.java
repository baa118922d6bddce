// SPDX-License-Identifier: Apache-2.0
package tulip.core.threads;

import org.jspecify.annotations.Nullable;
import tulip.core.sync.CapacityLimiter;

/// How [ToThread] makes a call.
///
/// @param limiter how many such calls run at once; `null` for the loop's [ToThread#defaultLimiter].
///   The call is the borrower, not the task
/// @param onCancel what becomes of the call when its task is cancelled
public record ThreadOptions(@Nullable CapacityLimiter limiter, OnCancel onCancel) {
  /// The loop's limiter, and a task that waits for its call.
  public static final ThreadOptions DEFAULT = new ThreadOptions(null, OnCancel.WAIT);

  /// The same with another limiter.
  public ThreadOptions withLimiter(CapacityLimiter limiter) {
    return new ThreadOptions(limiter, onCancel);
  }

  /// The same with something else done on cancellation.
  public ThreadOptions withOnCancel(OnCancel onCancel) {
    return new ThreadOptions(limiter, onCancel);
  }
}
