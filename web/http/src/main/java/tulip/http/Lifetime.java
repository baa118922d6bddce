// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.util.ArrayList;
import java.util.List;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.Tulip;

/// What was started for an application, to be ended in the reverse order. Each end gets its chance,
/// whatever the others do and also if the task was cancelled.
final class Lifetime {
  private final List<AutoCloseable> ends = new ArrayList<>();

  private Lifetime() {}

  /// Starts one after the other.
  ///
  /// @throws Exception what one of them throws; those before have ended then
  static Lifetime begin(List<Startup> startups) throws Exception {
    var lifetime = new Lifetime();
    try {
      for (var startup : startups) {
        var end = startup.start();
        if (end != null) {
          lifetime.ends.add(end);
        }
      }
      return lifetime;
    } catch (Throwable t) {
      lifetime.end();
      throw t;
    }
  }

  /// Ends what has not ended.
  void end() {
    Tulip.shield(() -> {
      while (!ends.isEmpty()) {
        end(ends.removeLast());
      }
    });
  }

  private void end(AutoCloseable what) {
    try {
      what.close();
    } catch (Throwable t) {
      EventLoop.current()
          .callExceptionHandler(new ErrorContext("a cleanup of the application failed", t, what));
    }
  }
}
