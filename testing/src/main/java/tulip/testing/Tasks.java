// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import java.time.Duration;
import tulip.core.EventLoop;

/// Waits that only tests need.
public final class Tasks {
  private Tasks() {}

  /// Waits until all other tasks of the loop wait: trio's `wait_all_tasks_blocked`. In a task.
  ///
  /// ```java
  /// var receiving = group.start(() -> channel.receiver().receive());
  /// Tasks.awaitAllBlocked();
  /// assertEquals(1, channel.receiver().statistics().waitingReceivers());
  /// ```
  ///
  /// A task is blocked while it waits for anything at all: another task, a timer, a thread, a
  /// socket. So a timer that is due at this moment still comes first, and no virtual time passes.
  /// While channels of the network are watched, a loop in virtual time gives them a few real
  /// milliseconds.
  ///
  /// Several tasks may do this at the same time: they go on together.
  ///
  /// @throws tulip.core.Cancelled if the task was cancelled
  public static void awaitAllBlocked() {
    awaitAllBlocked(Duration.ZERO);
  }

  /// Waits until all other tasks of the loop have waited for some time. In a task.
  ///
  /// Who has the shorter cushion goes first, and interrupts the others' rest by that.
  ///
  /// @param cushion how long, of the loop's own time; virtual time passes for it. A
  ///   [tulip.core.VirtualClock#manual] clock moves for nobody: there it has to be none
  /// @throws tulip.core.Cancelled if the task was cancelled
  public static void awaitAllBlocked(Duration cushion) {
    EventLoop.current().awaitIdle(cushion);
  }
}
