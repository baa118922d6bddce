// SPDX-License-Identifier: Apache-2.0
package tulip.net.workers;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.LoopClosedException;

/// Asks a worker's loop for a sign of life, one question at a time: a callback that it makes.
final class Heartbeat {
  private final EventLoop loop;
  private CompletableFuture<@Nullable Void> sign;
  private long asked;

  /// @param loop the worker's
  /// @param sign the first that is expected
  /// @param now in nanoseconds, of any clock that goes on
  Heartbeat(EventLoop loop, CompletableFuture<@Nullable Void> sign, long now) {
    this.loop = loop;
    this.sign = sign;
    asked = now;
  }

  /// Asks, if the last question was answered.
  ///
  /// @return how long the loop has been silent: since when the present question is open
  Duration look(long now) {
    if (sign.isDone()) {
      sign = ask();
      asked = now;
    }
    return Duration.ofNanos(now - asked);
  }

  /// Done when the last question is answered; perhaps never.
  CompletableFuture<@Nullable Void> sign() {
    return sign;
  }

  private CompletableFuture<@Nullable Void> ask() {
    var answer = new CompletableFuture<@Nullable Void>();
    try {
      loop.callSoonThreadSafe(() -> answer.complete(null));
    } catch (LoopClosedException e) {
      answer.complete(null); // its end is told elsewhere
    }
    return answer;
  }
}
