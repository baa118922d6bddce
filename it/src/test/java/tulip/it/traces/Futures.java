// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Future;
import tulip.core.InvalidStateException;
import tulip.core.Task;

/// Futures: who is told of a result, when, and of what.
final class Futures extends Scenarios {
  private final Future<Integer> future = EventLoop.current().createFuture();

  @Scenario
  void doneCallbacksRunInOrderAndNotInline() {
    for (var name : List.of("a", "b", "c")) {
      future.addDoneCallback(done -> trace(name + " sees " + outcome(done)));
    }
    future.setResult(42);
    trace("the result is set");
    tick();
  }

  @Scenario
  void aDoneCallbackAddedLateIsQueued() {
    future.setResult(42);
    future.addDoneCallback(done -> trace(outcome(done)));
    trace("added");
    tick();
  }

  @Scenario
  void aDoneCallbackAddedTwiceRunsTwice() {
    Consumer<Future<Integer>> callback = done -> trace(outcome(done));
    future.addDoneCallback(callback);
    future.addDoneCallback(callback);
    future.setResult(42);
    tick();
  }

  @Scenario
  void aRemovedDoneCallbackDoesNotRun() {
    Consumer<Future<Integer>> callback = _ -> trace("never");
    future.addDoneCallback(callback);
    future.addDoneCallback(_ -> trace("the other one"));
    future.addDoneCallback(callback);
    trace("removed " + future.removeDoneCallback(callback));
    trace("removed " + future.removeDoneCallback(callback));
    future.setResult(42);
    tick();
  }

  @Scenario
  void aDoneCallbackMayAddAnother() {
    future.addDoneCallback(done -> {
      trace("first");
      done.addDoneCallback(_ -> trace("third"));
    });
    future.addDoneCallback(_ -> trace("second"));
    future.setResult(42);
    tick();
    trace("one iteration has passed");
    tick();
  }

  @Scenario
  void whoWaitsAndWhoIsCalledBackStandInOneLine() {
    var first = waiter("a");
    tick();
    future.addDoneCallback(_ -> trace("callback"));
    var second = waiter("b");
    tick();
    future.setResult(42);
    join(first, second);
  }

  private Task<@Nullable Void> waiter(String name) {
    return start(() -> trace(name + " got " + future.await()));
  }

  @Scenario
  void aFutureIsSetOnce() {
    trace(outcome(future));
    future.setResult(42);
    for (var again :
        List.<Runnable>of(() -> future.setResult(43), () -> future.setException(new Boom("")))) {
      try {
        again.run();
      } catch (InvalidStateException e) {
        trace("refused");
      }
    }
    trace("cancel: " + future.cancel());
    trace(outcome(future));
  }

  @Scenario
  void lookingTooEarlyIsRefused() {
    for (var look : List.<Runnable>of(future::result, future::exception)) {
      try {
        look.run();
      } catch (InvalidStateException e) {
        trace("refused");
      }
    }
  }

  @Scenario(
      difference =
          "asyncio takes a cancelled future for a cancellation of its waiter, who cannot"
              + " tell the two apart; in Tulip the waiter fails",
      trace = {
        "cancel: true",
        "cancel: false",
        "the wait is over",
        "the waiter: failed by future cancelled: "
      })
  void aCancelledFutureTellsWhoWaits() {
    var task =
        start(() -> {
          try {
            future.await();
          } finally {
            trace("the wait is over");
          }
        });
    tick();
    trace("cancel: " + future.cancel());
    trace("cancel: " + future.cancel());
    join(task);
    trace("the waiter: " + outcome(task));
  }

  @Scenario(
      difference = "asyncio cancels what a cancelled task waits for; in Tulip waiting is observing",
      trace = {"the waiter: cancelled", "the future: pending"})
  void cancellingWhoWaitsAndTheFuture() {
    var task = start(() -> future.await());
    tick();
    task.cancel();
    join(task);
    trace("the waiter: " + outcome(task));
    trace("the future: " + outcome(future));
  }

  @Scenario(
      difference = "asyncio throws the result away; Tulip gives it, and cancels the next wait",
      trace = {"got 42", "cancelled"})
  void aResultThatCameBeforeTheCancellation() {
    var task =
        start(() -> {
          trace("got " + future.await());
          settle();
          trace("went on");
        });
    tick();
    future.setResult(42);
    task.cancel();
    join(task);
    trace(outcome(task));
  }
}
