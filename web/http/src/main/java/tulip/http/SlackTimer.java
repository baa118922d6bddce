// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.TimerHandle;

/// A deadline that is moved with every request and hardly ever reached: moving it later only writes
/// a number, and the loop's timer finds out about it when it goes off too early.
final class SlackTimer {
  private static final long NEVER = Long.MAX_VALUE;

  private final EventLoop loop;
  private final Runnable action;
  private long deadline = NEVER;
  private long armed = NEVER;
  private @Nullable TimerHandle timer;

  /// @param action what happens at the deadline, as a callback of the loop
  SlackTimer(EventLoop loop, Runnable action) {
    this.loop = loop;
    this.action = action;
  }

  /// Sets the deadline, in place of the one before.
  ///
  /// @param nanos from now
  void start(long nanos) {
    deadline = loop.time() + nanos;
    if (deadline < armed) {
      disarm();
      arm();
    }
  }

  /// Takes the deadline away.
  void clear() {
    deadline = NEVER;
  }

  /// Takes the deadline away for good.
  void stop() {
    clear();
    disarm();
  }

  private void arm() {
    armed = deadline;
    timer = loop.callAt(deadline, this::ring);
  }

  private void disarm() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    armed = NEVER;
  }

  private void ring() {
    timer = null;
    armed = NEVER;
    if (loop.time() >= deadline) {
      clear();
      action.run();
    } else if (deadline != NEVER) {
      arm();
    }
  }
}
