// SPDX-License-Identifier: Apache-2.0
package tulip.core;

/// A callback that was given to a loop.
public sealed interface Handle permits TimerHandle, ScheduledCall {
  /// Has the callback not run, if it has not run yet. On the loop.
  void cancel();

  /// Whether [#cancel] was called.
  boolean isCancelled();
}
