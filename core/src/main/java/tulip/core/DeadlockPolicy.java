// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.time.Duration;
import tulip.core.spi.LoopClock;

/// What a loop does when its main task waits and nothing on the loop can ever wake it.
///
/// It is sure of that only as far as it can see: another thread that knows the loop may call it at
/// any time. So it waits for so long, of real time, and does nothing by itself if any thread has
/// used [EventLoop#callSoonThreadSafe] or [EventLoop#submit] since the main task began. In guest
/// mode and when pumped the loop cannot see what its host is up to, and does nothing either.
/// [EventLoop#snapshot()] tells at any time.
///
/// @param reaction what to do, once a main task
/// @param patience how long to wait for other threads first
public record DeadlockPolicy(Reaction reaction, Duration patience) {
  /// What to do about a deadlock.
  public enum Reaction {
    /// Nothing.
    IGNORE,
    /// Tell the exception handler.
    REPORT,
    /// Have [Tulip#run] throw a [DeadlockError], and cancel the main task.
    FAIL
  }

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /// Says nothing.
  public static final DeadlockPolicy IGNORE = new DeadlockPolicy(Reaction.IGNORE, Duration.ZERO);

  /// Reports after two seconds: what a loop does that goes by real time.
  public static final DeadlockPolicy REPORT = new DeadlockPolicy(Reaction.REPORT, PATIENCE);

  /// Fails after two seconds: what a loop does whose time is virtual, since it would never pass.
  public static final DeadlockPolicy FAIL = new DeadlockPolicy(Reaction.FAIL, PATIENCE);

  /// Checks the duration.
  public DeadlockPolicy {
    if (patience.isNegative()) {
      throw new IllegalArgumentException("patience must not be negative: " + patience);
    }
  }

  /// The same with another patience.
  public DeadlockPolicy after(Duration patience) {
    return new DeadlockPolicy(reaction, patience);
  }

  static DeadlockPolicy fitting(LoopClock clock) {
    return clock.isReal() ? REPORT : FAIL;
  }
}
