// SPDX-License-Identifier: Apache-2.0
package tulip.core.sync;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Task;
import tulip.core.diagnostics.Waker;

/// The tasks that wait for one primitive, in the order in which they came, and the loop that it
/// belongs to.
final class WaitList {
  private static final int NAMED = 10;

  private final Object subject;
  private @Nullable EventLoop loop;
  private @Nullable Waiter first;
  private @Nullable Waiter last;
  private int size;

  /// @param subject the primitive, for messages
  WaitList(Object subject) {
    this.subject = subject;
  }

  // Who calls.

  /// The running task.
  ///
  /// @throws IllegalStateException if there is none, or it is one of another loop
  Task<?> caller() {
    var here = EventLoop.current();
    var task = here.currentTask();
    if (task == null) {
      if (here.inLoop()) {
        throw new IllegalStateException(
            "a callback neither waits for nor holds a " + kind() + ": start a task that does");
      }
      task = Task.current(); // throws, and says why
    }
    if (loop != null && loop != here) {
      throw wrongLoop(here);
    }
    return task;
  }

  /// Fails if the calling code does not have the turn of the loop.
  void checkTurn() {
    var home = loop;
    if (home != null && !home.inLoop() && home.isRunning()) {
      throw new IllegalStateException(
          Thread.currentThread()
              + " does not run on "
              + home
              + ", which this "
              + kind()
              + " belongs to: go there with its callSoonThreadSafe or submit");
    }
  }

  private IllegalStateException wrongLoop(EventLoop here) {
    return new IllegalStateException(
        "this "
            + kind()
            + " belongs to "
            + loop
            + " and cannot be used on "
            + here
            + ": make one for each loop, or go there with submit");
  }

  private String kind() {
    return subject.getClass().getSimpleName();
  }

  // The queue.

  /// From now on the primitive belongs to this loop, if it did not to any.
  void bind(EventLoop home) {
    if (loop == null) {
      loop = home;
    }
  }

  /// Queues the running task.
  Waiter add(Task<?> task) {
    return add(task, null);
  }

  Waiter add(Task<?> task, @Nullable Object borrower) {
    bind(task.loop());
    if (loop != task.loop()) {
      throw wrongLoop(task.loop());
    }
    var waiter = new Waiter(this, task, borrower);
    append(waiter);
    return waiter;
  }

  /// Queues a waiter that stands in no list, perhaps one that has waited elsewhere.
  void append(Waiter waiter) {
    waiter.list = this;
    waiter.listed = true;
    waiter.previous = last;
    if (last == null) {
      first = waiter;
    } else {
      last.next = waiter;
    }
    last = waiter;
    size++;
  }

  void remove(Waiter waiter) {
    var before = waiter.previous;
    var after = waiter.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    waiter.previous = null;
    waiter.next = null;
    waiter.listed = false;
    size--;
  }

  /// Takes the first one out, or returns `null`. The caller decides it or queues it elsewhere.
  @Nullable Waiter poll() {
    var waiter = first;
    if (waiter != null) {
      remove(waiter);
    }
    return waiter;
  }

  /// Decides all of them.
  void wakeAll(Waiter.State how) {
    for (var waiter = poll(); waiter != null; waiter = poll()) {
      waiter.wake(how);
    }
  }

  boolean isEmpty() {
    return first == null;
  }

  int size() {
    return size;
  }

  // Reports.

  /// Who has to act before those in this list can go on.
  List<Task<?>> holders() {
    return switch (subject) {
      case Lock lock -> lock.holders();
      case RwLock lock -> lock.holders();
      case CapacityLimiter limiter -> limiter.holders();
      default -> List.of();
    };
  }

  Waker waker() {
    return switch (subject) {
      case Lock _, RwLock _ -> Waker.EVERY_HOLDER;
      case CapacityLimiter limiter when limiter.isHeldByTasks() -> Waker.ANY_HOLDER;
      default -> Waker.ANYONE;
    };
  }

  /// Who waits, in order.
  List<Task<?>> tasks() {
    var tasks = new ArrayList<Task<?>>(size);
    for (var waiter = first; waiter != null; waiter = waiter.next) {
      tasks.add(waiter.task);
    }
    return List.copyOf(tasks);
  }

  /// The end of a sentence about the primitive: how many wait, and who.
  String describe() {
    return describe("waiting");
  }

  String describe(String what) {
    if (first == null) {
      return "";
    }
    return ", " + size + " " + what + ": " + names(tasks());
  }

  /// The names of some tasks, or of the first of many.
  static String names(List<? extends Task<?>> tasks) {
    var text = new StringBuilder();
    for (var task : tasks.subList(0, Math.min(NAMED, tasks.size()))) {
      text.append(text.isEmpty() ? "" : ", ").append(task.name());
    }
    return text.append(tasks.size() > NAMED ? ", ..." : "").toString();
  }

  @Override
  public String toString() {
    return subject.toString();
  }
}
