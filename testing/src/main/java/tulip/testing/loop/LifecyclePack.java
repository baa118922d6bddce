// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import tulip.core.EventLoop;
import tulip.core.Tulip;

/// Running, stopping, pumping and closing a loop, by whoever made it.
@Needs(Capability.RUN)
abstract class LifecyclePack extends TimerPack {
  // Stopping.

  @Test
  void stopBeforeTheRunLetsOneIterationRun() {
    var loop = newLoop();
    loop.callSoon(trail.mark("first"));
    loop.callSoon(() -> loop.callSoon(trail.mark("second iteration")));
    loop.stop();
    loop.runForever();
    trail.assertIs("first");
  }

  @Test
  void stopBeforeTheRunDoesNotWait() {
    var loop = newLoop(real());
    loop.callLater(ofMinutes(1), trail.mark("timer"));
    loop.stop();
    loop.runForever();
    trail.assertIs();
  }

  @Test
  void stopFinishesTheIteration() {
    var loop = newLoop();
    loop.callSoon(loop::stop);
    for (int i = 0; i < 5; i++) {
      loop.callSoon(trail.mark(i));
    }
    loop.runForever();
    trail.assertIs(0, 1, 2, 3, 4);
  }

  @Test
  void whatComesAfterTheLastIterationWaitsForTheNextRun() {
    var loop = newLoop();
    loop.callSoon(() -> {
      loop.stop();
      loop.callSoon(trail.mark("later"));
    });
    loop.runForever();
    trail.assertIs();
    loop.callSoon(loop::stop);
    loop.runForever();
    trail.assertIs("later");
  }

  @Test
  void aStoppedLoopRunsAgainUntilStoppedAgain() {
    var loop = newLoop();
    loop.callSoon(loop::stop);
    loop.runForever();
    loop.callLater(ofSeconds(1), trail.mark("timer"));
    loop.callLater(ofSeconds(2), loop::stop);
    loop.runForever();
    trail.assertIs("timer");
  }

  @Test
  void stoppingTwiceIsStoppingOnce() {
    var loop = newLoop();
    loop.callSoon(loop::stop);
    loop.callSoon(loop::stop);
    loop.runForever();
    loop.callLater(ofSeconds(1), trail.mark("timer"));
    loop.callLater(ofSeconds(1), loop::stop);
    loop.runForever();
    trail.assertIs("timer");
  }

  @Test
  void aTaskCanStopTheLoopAndGoesOnWithTheNextRun() {
    var loop = newLoop();
    var task =
        loop.createTask(() -> {
          trail.add("first run");
          loop.stop();
          Tulip.yield();
          trail.add("second run");
        });
    loop.runForever();
    trail.assertIs("first run");
    loop.runUntilComplete(task);
    trail.assertIs("first run", "second run");
  }

  @Test
  void anotherThreadStopsASleepingLoop() throws Exception {
    var loop = newLoop(real());
    loop.callLater(ofMinutes(1), () -> {});
    thread(() -> loop.callSoonThreadSafe(loop::stop));
    loop.runForever();
    assertFalse(loop.isRunning());
  }

  @Test
  void theLoopTellsWhetherItRuns() {
    var loop = newLoop();
    assertFalse(loop.isRunning());
    loop.callSoon(() -> trail.add(loop.isRunning()));
    loop.callSoon(loop::stop);
    loop.runForever();
    trail.assertIs(true);
    assertFalse(loop.isRunning());
  }

  @Test
  void anErrorOfACallbackDoesNotEndTheRun() {
    var loop = newLoop();
    loop.callSoon(() -> {
      throw new AssertionError("expected");
    });
    loop.callLater(ofSeconds(1), loop::stop);
    loop.runForever();
    assertInstanceOf(AssertionError.class, takeException());
  }

  @Test
  void anInterruptOfTheLoopsThreadDoesNotEndTheRun() throws Exception {
    var loop = newLoop(real());
    var running = new CountDownLatch(1);
    loop.callSoon(running::countDown);
    var thread = thread(loop::runForever);
    await(running);
    thread.interrupt();
    loop.callSoonThreadSafe(() -> loop.callLater(ofMillis(1), loop::stop));
    thread.join();
  }

  // Running twice.

  @Test
  void aRunningLoopRefusesToRun() {
    var loop = newLoop();
    loop.callSoon(() -> {
      for (var run : runs(loop)) {
        assertThrows(IllegalStateException.class, run);
      }
      trail.add("refused");
      loop.stop();
    });
    loop.runForever();
    trail.assertIs("refused");
  }

  @Test
  void aTaskCannotRunItsLoop() {
    var loop = newLoop();
    loop.runUntilComplete(() -> {
      for (var run : runs(loop)) {
        assertThrows(IllegalStateException.class, run);
      }
      return null;
    });
  }

  @Test
  void anotherLoopCannotRunInside() {
    var loop = newLoop();
    var other = newLoop();
    loop.callSoon(() -> {
      for (var run : runs(other)) {
        assertThrows(IllegalStateException.class, run);
      }
      trail.add("callback");
    });
    loop.runUntilComplete(() -> {
      for (var run : runs(other)) {
        assertThrows(IllegalStateException.class, run);
      }
      trail.add("task");
      return null;
    });
    trail.assertIs("callback", "task");
    assertEquals(1, other.runUntilComplete(() -> 1));
  }

  private static Executable[] runs(EventLoop loop) {
    return new Executable[] {
      loop::runForever, () -> loop.runOnce(Duration.ZERO), () -> loop.pump(Duration.ZERO)
    };
  }

  @Test
  void anotherThreadCannotRunARunningLoop() throws Exception {
    var loop = newLoop(real());
    var running = new CountDownLatch(1);
    loop.callSoon(running::countDown);
    var thread = thread(loop::runForever);
    await(running);
    assertThrows(IllegalStateException.class, loop::runForever);
    loop.callSoonThreadSafe(loop::stop);
    thread.join();
  }

  @Test
  void aLoopMayRunInOneThreadAfterAnother() throws Exception {
    var loop = newLoop();
    thread(() -> assertEquals(1, loop.runUntilComplete(() -> 1))).join();
    assertEquals(2, loop.runUntilComplete(() -> 2));
  }

  // Until something is complete.

  @Test
  void runUntilCompleteReturnsTheResult() {
    var loop = newLoop();
    var future = loop.<String>createFuture();
    loop.callLater(ofSeconds(1), () -> future.setResult("result"));
    assertEquals("result", loop.runUntilComplete(future));
    assertEquals("again", loop.runUntilComplete(() -> "again"));
  }

  @Test
  void runUntilCompleteThrowsTheFailure() {
    var loop = newLoop();
    var failure = new IllegalStateException("expected");
    var thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                loop.runUntilComplete(() -> {
                  throw failure;
                }));
    assertSame(failure, thrown);
    assertEquals(1, loop.runUntilComplete(() -> 1));
  }

  @Test
  void runUntilCompleteWrapsACheckedFailure() {
    var loop = newLoop();
    var failure = new IOException("expected");
    var thrown =
        assertThrows(
            CompletionException.class,
            () ->
                loop.runUntilComplete(() -> {
                  throw failure;
                }));
    assertSame(failure, thrown.getCause());
  }

  @Test
  void runUntilCompleteThrowsIfTheFutureIsCancelled() {
    var loop = newLoop();
    var future = loop.createFuture();
    loop.callSoon(future::cancel);
    assertThrows(CancellationException.class, () -> loop.runUntilComplete(future));
  }

  @Test
  void runUntilCompleteOfWhatIsCompleteReturnsAtOnce() {
    var loop = newLoop(real());
    loop.callLater(ofMinutes(1), () -> {});
    var future = loop.<Integer>createFuture();
    future.setResult(1);
    assertEquals(1, loop.runUntilComplete(future));
  }

  @Test
  void runUntilCompleteFailsIfTheLoopIsStoppedBefore() {
    var loop = newLoop();
    var future = loop.createFuture();
    loop.callSoon(loop::stop);
    assertThrows(IllegalStateException.class, () -> loop.runUntilComplete(future));
  }

  @Test
  void runUntilCompleteLeavesNoStopBehind() {
    var loop = newLoop();
    var future = loop.<Integer>createFuture();
    loop.callSoon(loop::stop);
    assertThrows(IllegalStateException.class, () -> loop.runUntilComplete(future));
    loop.callSoon(() -> future.setResult(1));
    loop.callLater(ofSeconds(1), trail.mark("timer"));
    loop.callLater(ofSeconds(2), loop::stop);
    loop.runForever();
    trail.assertIs("timer");
  }

  @Test
  void runUntilCompleteRefusesTheFutureOfAnotherLoop() {
    var loop = newLoop();
    var future = newLoop().createFuture();
    assertThrows(IllegalArgumentException.class, () -> loop.runUntilComplete(future));
  }

  // One iteration at a time.

  @Test
  void runOnceRunsOneIteration() {
    var loop = newLoop();
    loop.callSoon(() -> {
      trail.add("first");
      loop.callSoon(trail.mark("second"));
    });
    loop.runOnce(ofMinutes(1));
    trail.assertIs("first");
  }

  @Test
  void runOnceWithoutTimeDoesNotWait() {
    var loop = newLoop(real());
    loop.callLater(ofMinutes(1), trail.mark("timer"));
    loop.runOnce(Duration.ZERO);
    loop.runOnce(ofSeconds(-1));
    trail.assertIs();
  }

  @Test
  void runOnceWaitsNoLongerThanItIsTold() {
    var loop = newLoop(real());
    loop.callLater(ofMinutes(1), trail.mark("timer"));
    loop.runOnce(ofMillis(2));
    trail.assertIs();
  }

  @Test
  void runOnceIsWokenByAnotherThread() {
    var loop = newLoop(real());
    thread(() -> loop.callSoonThreadSafe(trail.mark("called")));
    loop.runOnce(ofMinutes(1));
    trail.assertIs("called");
  }

  @Test
  void pumpRunsUntilNothingIsReady() {
    var loop = newLoop();
    loop.callSoon(() -> {
      trail.add("first");
      loop.callSoon(trail.mark("second"));
    });
    assertFalse(loop.pump(ofMinutes(1)));
    trail.assertIs("first", "second");
  }

  @Test
  void pumpDoesNotWait() {
    var loop = newLoop(real());
    loop.callLater(ofMinutes(1), trail.mark("timer"));
    assertFalse(loop.pump(ofMinutes(1)));
    trail.assertIs();
  }

  @Test
  void pumpEndsWhenItsBudgetIsUsedUp() {
    var loop = newLoop();
    var expected = new ArrayList<Integer>();
    for (int i = 0; i < 10; i++) {
      loop.callSoon(trail.mark(i));
      expected.add(i);
    }
    assertTrue(loop.pump(Duration.ZERO));
    assertTrue(trail.size() < 10);
    int pumps = 1;
    while (loop.pump(Duration.ZERO)) {
      pumps++;
    }
    trail.assertIs(expected);
    assertTrue(pumps < 20);
  }

  @Test
  void pumpGivesAnEndlessCallbackNoMoreThanItsBudget() {
    var loop = newLoop();
    var endless =
        new Runnable() {
          @Override
          public void run() {
            loop.callSoon(this);
          }
        };
    loop.callSoon(endless);
    assertTrue(loop.pump(ofMillis(2)));
  }
}
