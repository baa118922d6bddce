// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tulip.core.Action;
import tulip.core.EventLoop;
import tulip.core.Task;
import tulip.core.Tulip;

/// The pool of a loop in tests: it makes calls at once, or when told, and cancels who asked for
/// one.
final class Hops implements Executor {
  /// What is the case after an operation.
  interface Check {
    void check(boolean cancelled) throws Exception;
  }

  private final ArrayDeque<Runnable> held = new ArrayDeque<>();
  private boolean holding;
  private int left = -1;
  private @Nullable Task<?> victim;

  private Hops() {}

  /// Replaces the pool of the running loop.
  static Hops install() {
    var hops = new Hops();
    EventLoop.current().setDefaultExecutor(hops);
    return hops;
  }

  /// Runs an operation again and again: its task is cancelled during its first call, its second,
  /// and so on, until it has no more. What it needs is made anew each time.
  static void cancelAtEach(Action<Exception> before, Action<Exception> operation, Check after)
      throws Exception {
    var hops = install();
    boolean cancelled = true;
    int hop = 0;
    while (cancelled) {
      before.run();
      var task = Tulip.createTask(operation);
      hops.cancel(task, ++hop);
      task.awaitDone();
      hops.cancel(null, -1);
      cancelled = task.isCancelled();
      if (!cancelled && task.exception() instanceof Exception e) {
        throw e;
      }
      after.check(cancelled);
    }
    assertTrue(hop > 1, "the operation made no call");
  }

  private void cancel(@Nullable Task<?> task, int hop) {
    victim = task;
    left = hop;
  }

  @Override
  public void execute(Runnable call) {
    if (--left == 0 && victim != null) {
      victim.taskScope().cancel();
    }
    if (holding) {
      held.add(call);
    } else {
      call.run();
    }
  }

  /// Holds calls back from now on.
  void hold() {
    holding = true;
  }

  /// How many calls are held back.
  int held() {
    return held.size();
  }

  /// Makes the calls that were held back, and from now on each at once.
  void release() {
    holding = false;
    while (!held.isEmpty()) {
      held.remove().run();
    }
  }
}
