// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import java.util.List;
import tulip.core.EventLoop;
import tulip.core.Task;

/// When tasks get their turns.
final class Tasks extends Scenarios {
  @Scenario
  void tasksStartInOrderAndNotInline() {
    var tasks = each(List.of("a", "b", "c"), name -> trace(name + " runs"));
    trace("all are created");
    join(tasks);
  }

  @Scenario
  void tasksTakeTurns() {
    join(
        each(
            List.of("a", "b", "c"),
            name -> {
              for (int step = 1; step <= 3; step++) {
                trace(name + step);
                tick();
              }
            }));
  }

  @Scenario
  void whatATaskStartsRunsBehindWhatIsReady() {
    for (var name : List.of("a", "b")) {
      start(() -> work(name, 1));
    }
    settle();
  }

  private void work(String name, int depth) {
    trace(name + " at depth " + depth);
    if (depth < 3) {
      start(() -> work(name, depth + 1));
    }
  }

  @Scenario
  void sleepersWakeInTheOrderOfTheirTimes() {
    var loop = EventLoop.current();
    long begin = loop.time();
    join(
        each(
            List.of(3, 1, 2),
            seconds -> {
              sleep(seconds);
              long slept = (loop.time() - begin) / SECOND;
              trace(seconds + " s: woke after " + slept + " s");
            }));
  }

  @Scenario
  void whoAwaitsATaskGoesOnInTheOrderOfComing() {
    var task =
        start(() -> {
          sleep(1);
          return 42;
        });
    join(each(List.of("a", "b", "c"), name -> trace(name + " got " + task.await())));
  }

  @Scenario
  void awaitingADoneTaskKeepsTheTurn() {
    var task = start(() -> 42);
    settle();
    EventLoop.current().callSoon(tracing("callback"));
    trace(task.await());
    trace("still my turn");
    tick();
  }

  @Scenario
  void aFailureIsThrownToEachWhoAwaits() {
    var task =
        start(() -> {
          tick();
          fail();
        });
    join(
        each(
            List.of("a", "b"),
            name -> {
              try {
                task.await();
              } catch (Boom e) {
                trace(name + " caught " + e.getMessage());
              }
            }));
    trace(outcome(task));
  }

  private static void fail() {
    throw new Boom("boom");
  }

  @Scenario
  void aTaskCannotAwaitItself() {
    var task =
        start(() -> {
          try {
            Task.current().await();
          } catch (IllegalStateException e) {
            trace("refused");
          }
        });
    join(task);
  }

  @Scenario
  void aTaskKnowsItself() {
    var loop = EventLoop.current();
    var task =
        start(
            "worker",
            () -> {
              trace("I am " + Task.current().name());
              return null;
            });
    trace("in main: " + (loop.currentTask() != null));
    loop.callSoon(() -> trace("in a callback: " + (loop.currentTask() != null)));
    join(task);
    trace("all tasks: " + loop.allTasks().size());
  }

  @Scenario(
      unjudged = "eager tasks came with Python 3.12",
      trace = {"the first step", "created", "callback", "the second step", "done"})
  void anEagerTaskRunsToItsFirstWaitAtOnce() {
    var loop = EventLoop.current();
    loop.callSoon(tracing("callback"));
    var task =
        loop.createEagerTask(() -> {
          trace("the first step");
          tick();
          trace("the second step");
          return null;
        });
    trace("created");
    join(task);
    trace(outcome(task));
  }

  @Scenario(
      unjudged = "eager tasks came with Python 3.12",
      trace = {"result 42", "still my turn", "callback"})
  void anEagerTaskThatNeverWaitsIsDoneAtOnce() {
    var loop = EventLoop.current();
    loop.callSoon(tracing("callback"));
    trace(outcome(loop.createEagerTask(() -> 42)));
    trace("still my turn");
    tick();
  }
}
