// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import org.jspecify.annotations.Nullable;
import tulip.core.diagnostics.Waker;
import tulip.core.spi.Waitable;

/// A callback, or a sleeping task, and the time it is for. It knows its place in the heap of
/// [Timers].
final class Timer extends ScheduledCall implements TimerHandle, Waitable {
  final long when;
  long order;
  int index = -1;
  private final @Nullable Task<?> sleeper;

  Timer(EventLoop loop, long when, Runnable action) {
    super(loop, action, loop.contextHere());
    this.when = when;
    this.sleeper = null;
  }

  Timer(EventLoop loop, long when, Task<?> sleeper) {
    super(loop, null, Context.EMPTY);
    this.when = when;
    this.sleeper = sleeper;
  }

  @Override
  public long when() {
    return when;
  }

  @Override
  public void cancel() {
    super.cancel();
    loop.timers.remove(this);
  }

  /// The time has come.
  void expire() {
    if (sleeper != null) {
      sleeper.resume();
    } else {
      loop.queue.submit(this);
    }
  }

  @Override
  public Waker waker() {
    return Waker.CLOCK;
  }

  @Override
  public void abort(Task<?> task) {
    loop.timers.remove(this);
  }

  @Override
  public String toString() {
    return sleeper == null ? super.toString() : "sleep";
  }
}
