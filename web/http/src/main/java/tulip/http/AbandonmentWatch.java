// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.IOException;
import tulip.core.Action;
import tulip.core.Scope;
import tulip.core.TaskGroup;

/// Cancels an exchange when its client goes away: while nothing of the request is to come, a task
/// of its own reads ahead and finds out. What it has read ahead are later requests.
final class AbandonmentWatch {
  private final TimedStream stream;
  private final Scope scope = new Scope();
  private final TaskGroup group = TaskGroup.open();
  private boolean started;

  AbandonmentWatch(TimedStream stream) {
    this.stream = stream;
  }

  /// Runs the exchange.
  ///
  /// @param received whether the request has come whole; else [#start] is called when it has
  void run(boolean received, Action<Exception> exchange) throws Exception {
    try (group) {
      if (received) {
        start();
      }
      try {
        scope.run(exchange);
      } finally {
        group.cancel();
      }
    }
    if (scope.wasCancelled()) {
      stream.abort();
    }
  }

  /// Begins to watch, if that has not begun: all of the request has been received.
  void start() {
    if (started) {
      return;
    }
    started = true;
    group.start("watch for the client's leaving", this::watch);
  }

  private void watch() {
    try {
      while (!stream.isFull()) {
        if (!stream.fill()) {
          scope.cancel("the client has gone");
          return;
        }
      }
    } catch (IOException _) {
      scope.cancel("the client has gone");
    }
  }
}
