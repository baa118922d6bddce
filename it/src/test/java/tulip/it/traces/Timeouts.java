// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;

import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tulip.core.Cancelled;
import tulip.core.EventLoop;
import tulip.core.Scope;
import tulip.core.Task;
import tulip.core.Tulip;

/// Blocks with a limit.
final class Timeouts extends Scenarios {
  private final EventLoop loop = EventLoop.current();
  private final long begin = loop.time();

  private long seconds() {
    return (loop.time() - begin) / SECOND;
  }

  @Scenario
  void aBlockThatIsDoneInTime() throws TimeoutException {
    Tulip.timeout(
        ofSeconds(2),
        () -> {
          sleep(1);
          trace("done");
        });
  }

  @Scenario
  void aBlockThatTakesTooLong() {
    try {
      Tulip.timeout(
          ofSeconds(2),
          () -> {
            sleep(3);
            trace("never");
          });
    } catch (TimeoutException e) {
      trace("too late after " + seconds() + " s");
    }
    trace("requests left: " + Task.current().cancelling());
  }

  @Scenario
  void aLimitOfNothingCutsTheFirstWait() {
    try {
      Tulip.timeout(
          ZERO,
          () -> {
            trace("before the wait");
            Tulip.sleep(ZERO);
            trace("never");
          });
    } catch (TimeoutException e) {
      trace("too late");
    }
  }

  @Scenario
  void aBlockWithoutAWaitIsNeverLate() throws TimeoutException {
    Tulip.timeout(ofSeconds(-1), () -> trace("done"));
  }

  @Scenario
  void aFailureIsNoTimeout() throws TimeoutException {
    try {
      Tulip.timeout(ofSeconds(1), Timeouts::fail);
    } catch (Boom e) {
      trace("caught " + e.getMessage());
    }
  }

  private static void fail() {
    throw new Boom("boom");
  }

  @Scenario
  void aFailureInTheCleanUpOfALateBlock() throws TimeoutException {
    try {
      Tulip.timeout(
          ofSeconds(1),
          () -> {
            try {
              sleep(2);
            } catch (Cancelled e) {
              fail();
            }
          });
    } catch (Boom e) {
      trace("caught " + e.getMessage());
    }
    tick();
    trace("and no cancellation is left");
  }

  @Scenario
  void theInnerLimitComesFirst() {
    try {
      Tulip.timeout(
          ofSeconds(2),
          () -> {
            try {
              Tulip.timeout(ofSeconds(1), () -> sleep(3));
            } catch (TimeoutException e) {
              trace("the inner one");
            }
            sleep(3);
          });
    } catch (TimeoutException e) {
      trace("the outer one");
    }
  }

  @Scenario
  void theOuterLimitComesFirst() {
    try {
      Tulip.timeout(
          ofSeconds(1),
          () -> {
            try {
              Tulip.timeout(ofSeconds(2), () -> sleep(3));
            } catch (TimeoutException e) {
              trace("never");
            }
          });
    } catch (TimeoutException e) {
      trace("the outer one");
    }
  }

  @Scenario
  void aLimitIsMoved() {
    try {
      Tulip.timeout(
          ofSeconds(1),
          () -> {
            Scope.current().deadline(begin + 3 * SECOND);
            sleep(2);
            trace("slept");
            sleep(2);
            trace("never");
          });
    } catch (TimeoutException e) {
      trace("too late after " + seconds() + " s");
    }
  }

  @Scenario
  void aLimitIsTakenAway() throws TimeoutException {
    Tulip.timeout(
        ofSeconds(1),
        () -> {
          Scope.current().deadline(Long.MAX_VALUE);
          sleep(2);
          trace("done");
        });
  }

  @Scenario
  void aRequestInsideABlockWithALimit() {
    var task =
        start(() -> {
          try {
            Tulip.timeout(ofSeconds(2), () -> sleep(3));
          } catch (TimeoutException e) {
            trace("never");
          }
        });
    sleep(1);
    task.cancel();
    join(task);
    trace(outcome(task));
  }

  @Scenario(
      difference =
          "asyncio tells of the request alone; Tulip of the limit that came first, and the"
              + " request ends the next wait",
      trace = {"too late", "cancelled"})
  void aRequestAndTheLimitInOneTurn() {
    var task =
        start(() -> {
          try {
            Tulip.timeout(ofSeconds(1), () -> sleep(3));
          } catch (TimeoutException e) {
            trace("too late");
          }
          sleep(1);
          return "went on";
        });
    tick();
    loop.callLater(ofSeconds(1), task::cancel);
    join(task);
    trace(outcome(task));
  }

  @Scenario(
      difference = "asyncio cuts one wait; a scope of Tulip's cuts every wait until it is left",
      trace = {"swallowed", "too late"})
  void aBlockThatSwallowsItsLimit() {
    try {
      Tulip.timeout(
          ofSeconds(1),
          () -> {
            try {
              sleep(2);
            } catch (Cancelled e) {
              trace("swallowed");
            }
            sleep(2);
            trace("slept again");
          });
    } catch (TimeoutException e) {
      trace("too late");
    }
  }

  @Scenario
  @SuppressWarnings("unchecked")
  void aTaskThatIsStartedInALateBlock() {
    var tasks = (Task<@Nullable Void>[]) new Task<?>[1];
    try {
      Tulip.timeout(
          ofSeconds(1),
          () -> {
            tasks[0] =
                start(() -> {
                  sleep(3);
                  trace("the task is done");
                });
            sleep(2);
          });
    } catch (TimeoutException e) {
      trace("too late");
    }
    join(tasks);
  }
}
