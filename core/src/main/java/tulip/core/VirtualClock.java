// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import tulip.core.spi.LoopClock;

/// Time that passes only when nothing else happens, for tests: an hour of timers takes no time.
///
/// When nothing is ready the clock jumps to the next timer. It does not jump while a job runs in an
/// executor or a task waits in foreign code, and while channels are watched it first waits a few
/// real milliseconds for them to be quiet. A task that calls a timed wait of the JDK fails with
/// [ForeignWaitError].
///
/// A clock serves one loop.
public final class VirtualClock implements LoopClock {
  private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(5);

  private final boolean autojump;
  private final long quiet;
  private long now;

  private VirtualClock(boolean autojump, long quiet) {
    this.autojump = autojump;
    this.quiet = quiet;
  }

  /// A clock that jumps by itself.
  public static VirtualClock autojump() {
    return new VirtualClock(true, QUIET);
  }

  /// A clock that jumps by itself, while channels are watched after this much real silence.
  public static VirtualClock autojump(Duration quiet) {
    return new VirtualClock(true, quiet.toNanos());
  }

  /// A clock that stands still until [#advance].
  public static VirtualClock manual() {
    return new VirtualClock(false, 0);
  }

  /// Lets time pass: what is due by then runs in the loop's next iteration. On the loop.
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("time does not go back: " + duration);
    }
    now += duration.toNanos();
  }

  @Override
  public long time() {
    return now;
  }

  @Override
  public long waitFor(long deadline, Outside outside) {
    if (!autojump || deadline == Long.MAX_VALUE || outside == Outside.WORK) {
      return deadline <= now ? 0 : Long.MAX_VALUE;
    }
    if (outside == Outside.CHANNELS) {
      return quiet;
    }
    jump(deadline);
    return 0;
  }

  @Override
  public void waited(long deadline, Outside outside) {
    if (autojump && deadline != Long.MAX_VALUE && outside == Outside.CHANNELS) {
      jump(deadline);
    }
  }

  @Override
  public boolean isReal() {
    return false;
  }

  private void jump(long deadline) {
    now = Math.max(now, deadline);
  }
}
