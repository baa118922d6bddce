// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tulip.core.Traces.Reason;

/// The time that a scope has left to finish what it is doing: what is behind
/// [Scope#cancelGracefully(Duration)].
final class Grace {
  private final Scope scope;
  private final Reason why;
  private Duration limit;
  private long end = Long.MAX_VALUE;
  private @Nullable Timer timer;

  Grace(Scope scope, Duration limit, Reason why) {
    this.scope = scope;
    this.limit = limit;
    this.why = why;
  }

  Reason why() {
    return why;
  }

  /// When it is over; `Long.MAX_VALUE` while the scope is not entered.
  long end() {
    return end;
  }

  /// Takes another limit if [#start] would make it end earlier.
  void shorten(Duration other) {
    if (timer != null || other.compareTo(limit) < 0) {
      limit = other;
    }
  }

  /// Counts the limit from now, unless the grace is over earlier already.
  void start(EventLoop loop) {
    long when = loop.after(limit);
    if (when < end) {
      stop();
      end = when;
      timer = loop.addTimer(when, () -> scope.cancel(hardReason()));
    }
  }

  void stop() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private String hardReason() {
    var words = why.words();
    return words.isEmpty() ? "its grace is over" : words + ": its grace is over";
  }
}
