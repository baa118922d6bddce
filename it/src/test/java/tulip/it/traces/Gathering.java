// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import static java.time.Duration.ofSeconds;
import static java.util.stream.Collectors.joining;
import static tulip.core.ReturnWhen.ALL_COMPLETED;
import static tulip.core.ReturnWhen.FIRST_COMPLETED;
import static tulip.core.ReturnWhen.FIRST_EXCEPTION;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tulip.core.Cancelled;
import tulip.core.Future;
import tulip.core.ReturnWhen;
import tulip.core.Task;
import tulip.core.Tulip;

/// Doing several things at once, and waiting for some of them.
final class Gathering extends Scenarios {
  private String after(int seconds, String result) {
    try {
      sleep(seconds);
    } catch (Cancelled e) {
      trace(result + " is cancelled");
      throw e;
    }
    trace(result + " is done");
    return result;
  }

  private static String failAfter(int seconds) {
    sleep(seconds);
    throw new Boom("boom");
  }

  private Task<String> starting(int seconds, String name) {
    return start(name, () -> after(seconds, name));
  }

  private static String names(Collection<? extends Future<?>> tasks) {
    return tasks.stream().map(task -> ((Task<?>) task).name()).sorted().collect(joining(" "));
  }

  private void traceWait(List<Task<String>> tasks, @Nullable Integer limit, ReturnWhen when) {
    var found = Tulip.wait(tasks, limit == null ? null : ofSeconds(limit), when);
    trace("done: " + names(found.done()));
    trace("pending: " + names(found.pending()));
    join(tasks);
  }

  @Scenario
  void gatherGivesTheResultsInTheOrderOfTheCalls() {
    var results = Tulip.gather(() -> after(3, "a"), () -> after(1, "b"), () -> after(2, "c"));
    trace(String.join(" ", results));
  }

  @Scenario(
      difference =
          "asyncio lets the other calls go on unseen; Tulip cancels them, and throws when"
              + " they have ended",
      trace = {"a is done", "c is cancelled", "caught boom", "much later"})
  void gatherThrowsTheFirstFailure() {
    try {
      Tulip.gather(() -> after(1, "a"), () -> failAfter(2), () -> after(3, "c"));
    } catch (Boom e) {
      trace("caught " + e.getMessage());
    }
    sleep(5);
    trace("much later");
  }

  @Scenario(
      difference =
          "asyncio cancels the first call first; Tulip cancels what was started last first,"
              + " as blocks that are left in reverse",
      trace = {"b is cancelled", "a is cancelled", "cancelled"})
  void cancellingAGatherCancelsItsCalls() {
    var task = start(() -> Tulip.gather(() -> after(1, "a"), () -> after(2, "b")));
    settle();
    task.cancel();
    join(task);
    trace(outcome(task));
  }

  @Scenario
  void waitingForTheFirst() {
    traceWait(List.of(starting(3, "a"), starting(1, "b"), starting(2, "c")), null, FIRST_COMPLETED);
  }

  @Scenario
  void waitingForTheFirstFailure() {
    var failing = start("failing", () -> failAfter(2));
    traceWait(List.of(starting(1, "a"), failing, starting(3, "c")), null, FIRST_EXCEPTION);
    trace(outcome(failing));
  }

  @Scenario
  void waitingForAllWithALimit() {
    traceWait(List.of(starting(1, "a"), starting(3, "b")), 2, ALL_COMPLETED);
  }

  @Scenario
  void aCancelledWaitLeavesTheTasksAlone() {
    var task = starting(1, "a");
    var waiter = start(() -> join(task));
    settle();
    waiter.cancel();
    join(waiter);
    trace("the waiter: " + outcome(waiter));
    join(task);
  }

  @Scenario
  void asCompletedGivesTheFirstThatIsDoneFirst() {
    var tasks = List.of(starting(3, "a"), starting(1, "b"), starting(2, "c"));
    for (var done : Tulip.asCompleted(tasks, null)) {
      trace("got " + done.await());
    }
  }

  @Scenario
  void asCompletedWithALimit() {
    var tasks = List.of(starting(1, "a"), starting(3, "b"));
    try {
      for (var done : Tulip.asCompleted(tasks, ofSeconds(2))) {
        trace("got " + done.await());
      }
    } catch (Exception e) {
      trace(e instanceof TimeoutException ? "too late" : e);
    }
    join(tasks);
  }

  @Scenario
  void waitForATaskInTime() throws TimeoutException {
    trace(Tulip.waitFor(starting(1, "a"), ofSeconds(2)));
  }

  @Scenario
  void waitForATaskThatIsLate() {
    var task = starting(3, "a");
    try {
      Tulip.waitFor(task, ofSeconds(2));
    } catch (TimeoutException e) {
      trace("too late");
    }
    trace(outcome(task));
  }

  @Scenario
  void waitForReturnsWhenALateTaskHasCleanedUp() {
    var task =
        start(() -> {
          try {
            sleep(3);
          } finally {
            Tulip.shield(() -> sleep(1));
            trace("cleaned up");
          }
        });
    try {
      Tulip.waitFor(task, ofSeconds(2));
    } catch (TimeoutException e) {
      trace("too late");
    }
  }

  @Scenario
  void waitForATaskThatFinishesWhenItIsCancelled() throws TimeoutException {
    var task =
        start(() -> {
          try {
            sleep(3);
            return null;
          } catch (Cancelled e) {
            return "done all the same";
          }
        });
    trace(Tulip.waitFor(task, ofSeconds(2)));
  }

  @Scenario
  void waitForATaskThatFailsWhenItIsCancelled() throws TimeoutException {
    var task =
        start(() -> {
          try {
            sleep(3);
          } catch (Cancelled e) {
            throw new Boom("boom");
          }
        });
    try {
      Tulip.waitFor(task, ofSeconds(2));
    } catch (Boom e) {
      trace("caught " + e.getMessage());
    }
  }

  @Scenario
  void cancellingWhoWaitsForATask() {
    var task = starting(3, "a");
    var waiter = start(() -> Tulip.waitFor(task, ofSeconds(2)));
    settle();
    waiter.cancel();
    join(waiter);
    trace("the waiter: " + outcome(waiter));
    trace("the task: " + outcome(task));
  }

  /// Waiting is observing: what asyncio shields is safe anyway.
  @Scenario
  void aShieldedTaskOutlivesWhoAwaitsIt() {
    var task = starting(1, "a");
    var waiter = start(() -> task.await());
    tick();
    waiter.cancel();
    join(waiter);
    trace("the waiter: " + outcome(waiter));
    trace("the task: " + outcome(task));
    join(task);
    trace("the task: " + outcome(task));
  }
}
