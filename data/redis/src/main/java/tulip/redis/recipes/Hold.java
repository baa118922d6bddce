// SPDX-License-Identifier: Apache-2.0
package tulip.redis.recipes;

import java.time.Duration;
import tulip.core.EventLoop;
import tulip.core.Scope;

/// That somebody holds a [RedisLock] or a place of a [RedisSemaphore], until a time that is moved
/// on again and again.
public final class Hold {
  private final EventLoop loop = EventLoop.current();
  private final Scope scope;
  private final long fence;
  private long end;
  private boolean lost;

  Hold(Scope scope, long fence, long end) {
    this.scope = scope;
    this.fence = fence;
    this.end = end;
  }

  /// The fencing token: a number that is greater with each holder.
  ///
  /// Who writes somewhere under a lock gives it along, and that place refuses what comes with a
  /// smaller number than it has seen. Without that no lease keeps a holder from writing that has
  /// stood still for so long that it holds nothing any more.
  public long fence() {
    return fence;
  }

  /// How long it is held for sure, if nothing moves its end; not negative.
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, end - loop.time()));
  }

  /// Whether it is lost.
  public boolean isLost() {
    return lost || loop.time() >= end;
  }

  long end() {
    return end;
  }

  void extend(long end) {
    this.end = end;
  }

  /// Has the holder's block end.
  void lose(String why) {
    lost = true;
    scope.cancel(why);
  }
}
