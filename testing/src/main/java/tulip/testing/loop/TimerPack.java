// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tulip.core.DilatedClock;
import tulip.core.ForeignWaitError;
import tulip.core.TaskGroup;
import tulip.core.TimerHandle;
import tulip.core.Tulip;
import tulip.core.VirtualClock;

/// Timers and the loop's time.
abstract class TimerPack extends CallbackPack {
  private static final long SECOND = 1_000_000_000;

  // Order.

  @Test
  void aTimerFiresAtItsTime() throws Exception {
    run(loop -> {
      var begin = loop.time();
      loop.callLater(ofSeconds(3), () -> trail.add(loop.time() - begin));
      Tulip.sleep(ofSeconds(5));
      trail.assertIs(3 * SECOND);
    });
  }

  @Test
  void timersFireInTheOrderOfTheirTimes() throws Exception {
    run(loop -> {
      loop.callLater(ofSeconds(3), trail.mark("third"));
      loop.callLater(ofSeconds(1), trail.mark("first"));
      loop.callLater(ofSeconds(2), trail.mark("second"));
      Tulip.sleep(ofSeconds(5));
      trail.assertIs("first", "second", "third");
    });
  }

  /// asyncio leaves this order open; Tulip does not.
  @Test
  void timersForTheSameTimeFireInTheOrderOfTheCalls() throws Exception {
    run(loop -> {
      var expected = new ArrayList<Integer>();
      long when = loop.time() + SECOND;
      for (int i = 0; i < 100; i++) {
        loop.callAt(when, trail.mark(i));
        expected.add(i);
      }
      Tulip.sleep(ofSeconds(2));
      trail.assertIs(expected);
    });
  }

  @Test
  void sleepersWakeInTheOrderOfTheirTimes() throws Exception {
    run(loop -> {
      try (var group = TaskGroup.open()) {
        for (int seconds : new int[] {5, 1, 4, 2, 3, 1}) {
          group.start(() -> {
            Tulip.sleep(ofSeconds(seconds));
            trail.add(seconds);
          });
        }
        group.join();
      }
      trail.assertIs(1, 1, 2, 3, 4, 5);
    });
  }

  @Test
  void aTimerForNowDoesNotRunInline() throws Exception {
    run(loop -> {
      loop.callAt(loop.time(), trail.mark("timer"));
      loop.callLater(Duration.ZERO, trail.mark("second timer"));
      trail.add("main");
      Tulip.sleep(ofSeconds(1));
      trail.assertIs("main", "timer", "second timer");
    });
  }

  @Test
  void aTimeInThePastMeansAsSoonAsPossible() throws Exception {
    run(loop -> {
      Tulip.sleep(ofSeconds(10));
      long begin = loop.time();
      loop.callAt(begin - 5 * SECOND, () -> trail.add(loop.time() - begin));
      loop.callLater(ofSeconds(-5), () -> trail.add(loop.time() - begin));
      Tulip.sleep(ofSeconds(1));
      trail.assertIs(0, 0);
    });
  }

  @Test
  void sleepingUntilAPastTimeReturnsSoon() throws Exception {
    run(loop -> {
      Tulip.sleep(ofSeconds(10));
      long begin = loop.time();
      Tulip.sleepUntil(begin - SECOND);
      assertEquals(begin, loop.time());
    });
  }

  @Test
  void sleepUntilEndsAtThatTime() throws Exception {
    run(loop -> {
      long when = loop.time() + 7 * SECOND;
      Tulip.sleepUntil(when);
      assertEquals(when, loop.time());
    });
  }

  @Test
  void aTimerMaySetTheNext() throws Exception {
    run(loop -> {
      long begin = loop.time();
      loop.callLater(
          ofSeconds(1),
          () -> loop.callLater(ofSeconds(1), () -> trail.add((loop.time() - begin) / SECOND)));
      Tulip.sleep(ofSeconds(5));
      trail.assertIs(2);
    });
  }

  @Test
  @Needs(Capability.RUN)
  void whatATimerSetsForNowFiresInTheNextIteration() {
    var loop = newLoop();
    loop.callAt(
        loop.time(),
        () -> {
          trail.add("first");
          loop.callAt(loop.time(), trail.mark("second"));
        });
    turn(loop);
    trail.assertIs("first");
    turn(loop);
    trail.assertIs("first", "second");
  }

  @Test
  void aThousandTimersFireInOrderThoughEveryThirdIsCancelled() throws Exception {
    run(loop -> {
      var random = new Random(7);
      var timers = new ArrayList<TimerHandle>();
      for (int i = 0; i < 1000; i++) {
        long when = loop.time() + random.nextInt(1, 200) * SECOND;
        int number = i;
        timers.add(loop.callAt(when, () -> trail.add(number)));
      }
      var expected = new ArrayList<Integer>();
      for (int i = 0; i < timers.size(); i++) {
        if (i % 3 == 0) {
          timers.get(i).cancel();
        } else {
          expected.add(i);
        }
      }
      expected.sort(Comparator.comparingLong((Integer i) -> timers.get(i).when()));
      Tulip.sleep(ofHours(1));
      trail.assertIs(expected);
    });
  }

  // Handles.

  @Test
  void aTimerTellsItsTime() throws Exception {
    run(loop -> {
      var timer = loop.callLater(ofSeconds(3), () -> {});
      assertEquals(loop.time() + 3 * SECOND, timer.when());
      assertEquals(42, loop.callAt(42, () -> {}).when());
      timer.cancel();
    });
  }

  @Test
  void aCancelledTimerDoesNotFire() throws Exception {
    run(loop -> {
      var timer = loop.callLater(ofSeconds(1), trail.mark("cancelled"));
      loop.callLater(ofSeconds(1), trail.mark("other"));
      assertFalse(timer.isCancelled());
      timer.cancel();
      assertTrue(timer.isCancelled());
      Tulip.sleep(ofSeconds(5));
      trail.assertIs("other");
    });
  }

  @Test
  void aTimerCancelsAnotherForTheSameTime() throws Exception {
    run(loop -> {
      var timers = new ArrayList<TimerHandle>();
      long when = loop.time() + SECOND;
      loop.callAt(when, () -> timers.getFirst().cancel());
      timers.add(loop.callAt(when, trail.mark("cancelled")));
      Tulip.sleep(ofSeconds(5));
      trail.assertIs();
    });
  }

  @Test
  void cancellingATimerThatHasFiredIsHarmless() throws Exception {
    run(loop -> {
      var timer = loop.callLater(ofSeconds(1), trail.mark("fired"));
      Tulip.sleep(ofSeconds(2));
      timer.cancel();
      timer.cancel();
      Tulip.sleep(ofSeconds(2));
      trail.assertIs("fired");
    });
  }

  @Test
  void aTimerFiresOnce() throws Exception {
    run(loop -> {
      loop.callLater(ofSeconds(1), trail.mark("fired"));
      Tulip.sleep(ofDays(1));
      trail.assertIs("fired");
    });
  }

  @Test
  void aCancelledTimerDoesNotHoldTimeUp() throws Exception {
    run(loop -> {
      long begin = loop.time();
      loop.callLater(ofSeconds(1), () -> {}).cancel();
      Tulip.sleep(ofSeconds(2));
      assertEquals(begin + 2 * SECOND, loop.time());
    });
  }

  // Time.

  @Test
  void timeNeverGoesBack() throws Exception {
    runReal(loop -> {
      long last = loop.time();
      for (int i = 0; i < 10_000; i++) {
        long now = loop.time();
        assertTrue(now >= last);
        last = now;
      }
    });
  }

  @Test
  void aTimerIsNeverEarly() throws Exception {
    runReal(loop -> {
      for (int i = 1; i <= 5; i++) {
        long begin = loop.time();
        Tulip.sleep(ofMillis(i));
        assertTrue(loop.time() - begin >= ofMillis(i).toNanos());
      }
    });
  }

  @Test
  void realTimersFireInOrder() throws Exception {
    runReal(loop -> {
      loop.callLater(ofMillis(20), trail.mark("later"));
      loop.callLater(ofMillis(5), trail.mark("sooner"));
      Tulip.sleep(ofMillis(21));
      trail.assertIs("sooner", "later");
    });
  }

  @Test
  void aDistantTimerIsNoOverflow() throws Exception {
    run(loop -> {
      var timer = loop.callLater(Duration.ofSeconds(Long.MAX_VALUE), trail.mark("distant"));
      var second = loop.callLater(ofDays(365_000), trail.mark("distant"));
      assertEquals(Long.MAX_VALUE, timer.when());
      Tulip.sleep(ofSeconds(1));
      trail.assertIs();
      timer.cancel();
      second.cancel();
    });
  }

  @Test
  void virtualTimeStandsStillWhileSomethingIsReady() throws Exception {
    run(loop -> {
      long begin = loop.time();
      loop.callLater(ofNanos(1), trail.mark("timer"));
      for (int i = 0; i < 100; i++) {
        Tulip.yield();
      }
      assertEquals(begin, loop.time());
      trail.assertIs();
      Tulip.sleep(ofNanos(2));
      trail.assertIs("timer");
    });
  }

  @Test
  void virtualTimeMakesNothingOfAnHour() throws Exception {
    run(loop -> {
      long real = System.nanoTime();
      for (int i = 0; i < 3600; i++) {
        Tulip.sleep(ofSeconds(1));
      }
      assertEquals(ofHours(1).toNanos(), loop.time());
      assertTrue(System.nanoTime() - real < ofSeconds(5).toNanos());
    });
  }

  @Test
  @Needs(Capability.RUN)
  void aManualClockFiresWhatIsDue() {
    var clock = VirtualClock.manual();
    var loop = newLoop(real().withClock(clock));
    loop.callLater(ofSeconds(1), trail.mark("one"));
    loop.callLater(ofSeconds(2), trail.mark("two"));
    turn(loop);
    trail.assertIs();
    clock.advance(ofSeconds(1));
    turn(loop);
    trail.assertIs("one");
    clock.advance(ofSeconds(10));
    turn(loop);
    trail.assertIs("one", "two");
    assertThrows(IllegalArgumentException.class, () -> clock.advance(ofSeconds(-1)));
  }

  @Test
  void virtualTimeWaitsForAJobInAnExecutor() throws Exception {
    run(loop -> {
      loop.callLater(ofSeconds(1), trail.mark("timer"));
      for (int i = 0; i < 20; i++) { // the job may end before the loop sleeps, but not always
        var go = new CountDownLatch(1);
        thread(go::countDown);
        Tulip.blocking(() -> await(go));
      }
      trail.assertIs();
      Tulip.sleep(ofSeconds(1));
      trail.assertIs("timer");
    });
  }

  @Test
  @Needs(Capability.FOREIGN_WAITS)
  void virtualTimeWaitsForAForeignWait() throws Exception {
    run(loop -> {
      var go = new CompletableFuture<String>();
      loop.callLater(ofSeconds(1), trail.mark("timer"));
      thread(() -> go.complete("went"));
      assertEquals("went", go.get());
      trail.assertIs();
      Tulip.sleep(ofSeconds(1));
      trail.assertIs("timer");
    });
  }

  @Test
  @Needs(Capability.FOREIGN_WAITS)
  void aTimedForeignWaitFailsInVirtualTime() throws Exception {
    run(loop -> {
      var task = loop.createTask(() -> new CountDownLatch(1).await(1, TimeUnit.HOURS));
      var error = assertThrows(ForeignWaitError.class, task::await);
      assertTrue(String.valueOf(error).contains("CountDownLatch.await"), error::toString);
    });
  }

  @Test
  void aDilatedClockRunsAhead() throws Exception {
    run(
        real().withClock(new DilatedClock(1_000_000)),
        loop -> {
          long begin = loop.time();
          long real = System.nanoTime();
          Tulip.sleep(ofHours(1));
          assertTrue(loop.time() - begin >= ofHours(1).toNanos());
          assertTrue(System.nanoTime() - real < ofSeconds(5).toNanos());
        });
  }

  @Test
  @Needs(Capability.RUN)
  void runOnceWaitsForATimer() {
    var loop = newLoop(real());
    loop.callLater(ofMillis(5), trail.mark("timer"));
    loop.runOnce(ofMinutes(1));
    trail.assertIs("timer");
  }

  @Test
  void aFailingTimerLeavesTheNextOnesAlone() throws Exception {
    run(loop -> {
      loop.callLater(
          ofSeconds(1),
          () -> {
            throw new IllegalStateException("expected");
          });
      loop.callLater(ofSeconds(1), trail.mark("next"));
      Tulip.sleep(ofSeconds(2));
      trail.assertIs("next");
      assertInstanceOf(IllegalStateException.class, takeException());
    });
  }
}
