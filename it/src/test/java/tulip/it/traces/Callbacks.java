// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static java.util.Objects.requireNonNull;

import java.util.List;
import tulip.core.EventLoop;
import tulip.core.Handle;
import tulip.core.TimerHandle;

/// In which order callbacks and timers run.
final class Callbacks extends Scenarios {
  private final EventLoop loop = EventLoop.current();

  @Scenario
  void callbacksAndTasksStandInOneLine() {
    for (var name : List.of("a", "b")) {
      loop.callSoon(tracing("callback " + name));
      start(() -> {
        trace("task " + name);
        loop.callSoon(tracing("callback of task " + name));
        tick();
        trace("task " + name + " again");
      });
    }
    settle();
  }

  @Scenario
  void whatACallbackQueuesRunsInTheNextIteration() {
    loop.callSoon(() -> {
      trace("first");
      loop.callSoon(tracing("third"));
    });
    loop.callSoon(tracing("second"));
    tick();
    trace("one iteration has passed");
    tick();
  }

  @Scenario
  void timersFireInTheOrderOfTheirTimes() {
    for (int delay : new int[] {3, 1, 2}) {
      loop.callLater(ofSeconds(delay), tracing("after " + delay + " s"));
    }
    sleep(4);
  }

  @Scenario(
      difference = "asyncio's heap mixes timers for one moment up; Tulip's keeps their order",
      trace = {"timer 0", "timer 1", "timer 2", "timer 3", "timer 4", "timer 5"})
  void timersForOneMoment() {
    long when = loop.time() + SECOND;
    for (int number = 0; number < 6; number++) {
      loop.callAt(when, tracing("timer " + number));
    }
    sleep(2);
  }

  @Scenario
  void aTimerForNowComesBehindWhatIsReady() {
    loop.callLater(ZERO, tracing("timer"));
    loop.callSoon(tracing("callback"));
    trace("both are set");
    settle();
  }

  @Scenario
  void whatATimerSetsForNowFiresInTheNextIteration() {
    loop.callLater(
        ofSeconds(1),
        () -> {
          trace("first");
          loop.callLater(ZERO, tracing("third"));
        });
    loop.callLater(ofSeconds(1), tracing("second"));
    sleep(2);
  }

  @Scenario
  void aCancelledCallbackDoesNotRun() {
    var handle = loop.callSoon(tracing("never"));
    loop.callSoon(tracing("callback"));
    handle.cancel();
    handle.cancel();
    trace("cancelled: " + handle.isCancelled());
    tick();
  }

  @Scenario
  void aCallbackCancelsTheOneBehindIt() {
    var behind = new Handle[1];
    loop.callSoon(() -> behind[0].cancel());
    behind[0] = loop.callSoon(tracing("never"));
    loop.callSoon(tracing("last"));
    tick();
  }

  @Scenario
  void aTimerCancelsAnotherForTheSameTime() {
    long when = loop.time() + SECOND;
    var second = new TimerHandle[1];
    loop.callAt(
        when,
        () -> {
          trace("first");
          second[0].cancel();
        });
    second[0] = loop.callAt(when, tracing("never"));
    sleep(2);
    trace("two seconds later");
  }

  @Scenario
  void aFailingCallbackLeavesTheNextOneAlone() {
    loop.setExceptionHandler(
        error -> trace("reported: " + requireNonNull(error.exception()).getMessage()));
    loop.callSoon(() -> {
      throw new Boom("boom");
    });
    loop.callSoon(tracing("next"));
    tick();
  }
}
