// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.Cancelled;
import tulip.core.Task;

/// Cancelling tasks: requests, when they are seen, and what comes of them.
final class Cancellation extends Scenarios {
  @Scenario
  void cancelledInAWait() {
    var task =
        start(() -> {
          try {
            sleep(1);
          } catch (Cancelled e) {
            trace("cancelled: " + e.reason());
            throw e;
          }
        });
    tick();
    trace("cancel: " + task.cancel("enough"));
    trace(outcome(task));
    join(task);
    trace(outcome(task));
    trace("cancel: " + task.cancel());
  }

  @Scenario(
      difference =
          "asyncio never starts the task; in Tulip the first step always runs, so that"
              + " what was handed to the task is cleaned up",
      trace = {"the first step", "cancelled"})
  void cancelledBeforeTheStart() {
    var task =
        start(() -> {
          trace("the first step");
          tick();
          trace("the second step");
        });
    task.cancel();
    join(task);
    trace(outcome(task));
  }

  @Scenario
  void aSwallowedRequestComesOnce() {
    var task =
        start(() -> {
          try {
            sleep(1);
          } catch (Cancelled e) {
            trace("swallowed");
          }
          sleep(1);
          return "slept again";
        });
    tick();
    task.cancel();
    join(task);
    trace(outcome(task));
    trace("requests: " + task.cancelling());
  }

  @Scenario(
      difference = "both end one wait; Tulip tells the last reason, asyncio the first",
      trace = {"cancelled: two", "slept", "requests: 2"})
  void twoRequestsBeforeTheTurnEndOneWait() {
    var task =
        start(() -> {
          for (int i = 0; i < 2; i++) {
            try {
              sleep(1);
              trace("slept");
            } catch (Cancelled e) {
              trace("cancelled: " + e.reason());
            }
          }
        });
    tick();
    task.cancel("one");
    task.cancel("two");
    join(task);
    trace("requests: " + task.cancelling());
  }

  @Scenario
  void aSecondRequestCutsTheCleanUp() {
    var task =
        start(() -> {
          try {
            sleep(1);
          } finally {
            trace("cleaning up");
            sleep(1);
            trace("never");
          }
        });
    tick();
    task.cancel();
    tick();
    task.cancel();
    join(task);
    trace(outcome(task));
  }

  @Scenario
  void aCleanUpMayWait() {
    var task =
        start(() -> {
          try {
            sleep(1);
          } finally {
            sleep(1);
            trace("cleaned up");
          }
        });
    tick();
    task.cancel();
    join(task);
    trace(outcome(task));
  }

  @Scenario
  void requestsAreCountedAndTakenBack() {
    var task = start(() -> sleep(1));
    tick();
    trace(task.cancelling());
    task.cancel();
    task.cancel();
    trace(task.cancelling());
    for (int i = 0; i < 3; i++) {
      trace(task.uncancel());
    }
    join(task);
    trace(outcome(task));
  }

  @Scenario(
      difference = "from Python 3.13 on asyncio too takes back what was not delivered yet",
      trace = {"result went on"})
  void aRequestTakenBackBeforeTheWait() {
    var task =
        start(() -> {
          Task.current().cancel();
          Task.current().uncancel();
          tick();
          return "went on";
        });
    join(task);
    trace(outcome(task));
  }

  @Scenario(
      difference =
          "asyncio throws the result away; in Tulip a task that does not wait again is done",
      trace = {"result 42"})
  void aRequestWithoutAWaitBehindIt() {
    var task =
        start(() -> {
          Task.current().cancel();
          return 42;
        });
    join(task);
    trace(outcome(task));
  }

  @Scenario
  void aTaskCancelsItself() {
    var task =
        start(() -> {
          Task.current().cancel();
          trace("goes on up to its next wait");
          tick();
          trace("never");
        });
    join(task);
    trace(outcome(task));
  }

  @Scenario
  void aFailureInTheCleanUpIsTheOutcome() {
    var task =
        start(() -> {
          try {
            sleep(1);
          } catch (Cancelled e) {
            throw new Boom("boom");
          }
        });
    tick();
    task.cancel();
    join(task);
    trace(outcome(task));
  }

  @Scenario
  void aResultInSpiteOfARequestIsTheOutcome() {
    var task =
        start(() -> {
          try {
            sleep(1);
            return null;
          } catch (Cancelled e) {
            return "done anyway";
          }
        });
    tick();
    task.cancel();
    join(task);
    trace(outcome(task));
  }

  @Scenario(
      difference = "asyncio cancels the awaited task as well; in Tulip waiting is observing",
      trace = {"outer: cancelled", "inner: result inner result"})
  void cancellingWhoAwaitsATask() {
    var task =
        start(() -> {
          sleep(1);
          return "inner result";
        });
    var waiter = start(() -> task.await());
    tick();
    waiter.cancel();
    join(waiter, task);
    trace("outer: " + outcome(waiter));
    trace("inner: " + outcome(task));
  }

  @Scenario(
      difference = "asyncio takes it for a cancellation of the waiter; in Tulip the waiter fails",
      trace = {"inner: cancelled", "outer: failed by task inner: "})
  void awaitingACancelledTask() {
    Task<@Nullable Void> task =
        start(
            "inner",
            () -> {
              sleep(1);
              return null;
            });
    var waiter = start(() -> task.await());
    tick();
    task.cancel();
    join(waiter, task);
    trace("inner: " + outcome(task));
    trace("outer: " + outcome(waiter));
  }

  @Scenario
  void catchingExceptionsDoesNotCatchCancellation() {
    var task =
        start(() -> {
          try {
            sleep(1);
          } catch (Exception e) {
            trace("never");
          }
        });
    tick();
    task.cancel();
    join(task);
    trace(outcome(task));
  }

  @Scenario
  void tasksAreCancelledInTheOrderOfTheRequests() {
    var a = ending("a");
    var b = ending("b");
    var c = ending("c");
    tick();
    List.of(b, c, a).forEach(Task::cancel);
    join(a, b, c);
  }

  private Task<@Nullable Void> ending(String name) {
    return start(() -> {
      try {
        sleep(1);
      } finally {
        trace(name + " ends");
      }
    });
  }
}
