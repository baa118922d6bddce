// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import tulip.core.ContextVar;
import tulip.core.EventLoop;
import tulip.core.LoopClosedException;
import tulip.core.LoopOptions;
import tulip.core.Runner;
import tulip.core.Tulip;

/// How loops begin and end. These scenarios are plain code that runs loops.
final class Runners extends Scenarios {
  private static final ContextVar<String> USER = ContextVar.of("user", "nobody");

  private final LoopOptions options;

  Runners(LoopOptions options) {
    this.options = options;
  }

  @Scenario
  void severalMainTasksShareALoop() {
    EventLoop first;
    try (var runner = Runner.open(options)) {
      first = runner.run(EventLoop::current);
      var second = runner.run(EventLoop::current);
      trace("the same loop: " + (first == second));
    }
    trace("closed: " + first.isClosed());
  }

  @Scenario
  void theFailureOfMainComesOut() {
    try (var runner = Runner.open(options)) {
      runner.run(Runners::fail);
    } catch (Boom e) {
      trace("caught " + e.getMessage());
    }
  }

  private static void fail() {
    throw new Boom("boom");
  }

  @Scenario
  void aTaskGoesOnWithTheNextMain() {
    try (var runner = Runner.open(options)) {
      runner.run(() -> {
        start(() -> {
          sleep(1);
          trace("the task is done");
        });
        trace("first main");
      });
      runner.run(() -> {
        sleep(2);
        trace("second main");
      });
    }
  }

  @Scenario
  void whatIsLeftIsCancelledAtTheEnd() {
    try (var runner = Runner.open(options)) {
      runner.run(() -> {
        start(() -> {
          try {
            sleep(1);
          } finally {
            Tulip.shield(() -> sleep(1));
            trace("cleaned up");
          }
        });
        tick();
        trace("main ends");
      });
    }
    trace("the end");
  }

  @Scenario
  void aRunningLoopRefusesToRun() {
    try (var runner = Runner.open(options)) {
      runner.run(() -> {
        try {
          Tulip.run(options, () -> trace("never"));
        } catch (IllegalStateException e) {
          trace("refused");
        }
      });
    }
  }

  @Scenario(
      difference =
          "asyncio's Runner gives all main tasks one context; in Tulip each begins with"
              + " that of the thread that calls run",
      trace = {"the second main sees nobody"})
  void aVariableThatMainHasSet() {
    try (var runner = Runner.open(options)) {
      runner.run(() -> {
        USER.set("ada");
      });
      runner.run(() -> trace("the second main sees " + USER.get()));
    }
  }

  @Scenario
  void stopFinishesTheIteration() {
    try (var loop = EventLoop.create(options)) {
      loop.callSoon(() -> {
        trace("first");
        loop.callSoon(tracing("in the next run"));
        loop.stop();
      });
      loop.callSoon(tracing("second"));
      loop.runForever();
      trace("stopped");
      loop.callSoon(loop::stop);
      loop.runForever();
    }
  }

  @Scenario
  void stopBeforeTheRunLetsOneIterationRun() {
    try (var loop = EventLoop.create(options)) {
      loop.callSoon(tracing("callback"));
      loop.stop();
      loop.runForever();
      trace("stopped");
    }
  }

  @Scenario
  void aClosedLoopRefusesCallbacks() {
    var loop = EventLoop.create(options);
    loop.close();
    loop.close();
    try {
      loop.callSoon(tracing("never"));
    } catch (LoopClosedException e) {
      trace("refused");
    }
  }
}
