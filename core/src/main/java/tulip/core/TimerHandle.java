// SPDX-License-Identifier: Apache-2.0
package tulip.core;

/// A callback that a loop makes at a certain time.
public sealed interface TimerHandle extends Handle permits Timer {
  /// When, in nanoseconds on the clock of [EventLoop#time].
  long when();
}
