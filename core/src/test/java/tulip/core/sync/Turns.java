// SPDX-License-Identifier: Apache-2.0
package tulip.core.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.Action;
import tulip.core.EventLoop;
import tulip.core.Task;
import tulip.core.Tulip;

/// What the tests of this package do all the time.
final class Turns {
  private Turns() {}

  /// Lets all others run until they wait for something that does not come by itself: only then the
  /// virtual clock jumps.
  static void settle() {
    Tulip.sleep(Duration.ofMillis(1));
  }

  static Task<@Nullable Void> start(String name, Action<?> code) {
    return EventLoop.current()
        .createTask(
            name,
            () -> {
              code.run();
              return null;
            });
  }

  static void join(List<? extends Task<?>> tasks) {
    tasks.forEach(Task::await);
  }

  static List<String> names(List<? extends Task<?>> tasks) {
    var names = new ArrayList<String>();
    tasks.forEach(task -> names.add(task.name()));
    return names;
  }

  static void assertContains(String part, @Nullable String text) {
    if (text == null || !text.contains(part)) {
      throw new AssertionError("\"" + part + "\" is not in \"" + text + "\"");
    }
  }
}
