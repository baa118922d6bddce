// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Task;

/// The loop that a queue or channel belongs to: the one that used it first.
final class Home {
  private final String what;
  private @Nullable EventLoop loop;

  Home(String what) {
    this.what = what;
  }

  /// Fails if the calling code does not have the turn of the loop.
  void check() {
    var own = loop;
    if (own == null) {
      own = EventLoop.current();
      loop = own;
    }
    check(own);
  }

  /// As [#check], but for what may also be done before any loop runs.
  void checkIfUsed() {
    if (loop != null) {
      check(loop);
    }
  }

  private void check(EventLoop own) {
    if (!own.inLoop() && own.isRunning()) {
      throw new IllegalStateException(
          Thread.currentThread()
              + " does not run on "
              + own
              + ", to which this "
              + what
              + " belongs: use callSoonThreadSafe or submit");
    }
  }

  /// The running task, which is about to wait.
  Task<?> task() {
    var task = Task.current();
    if (task.loop() != loop) {
      throw new IllegalStateException(
          "this " + what + " belongs to " + loop + ", not to " + task.loop());
    }
    return task;
  }
}
