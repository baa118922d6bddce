// SPDX-License-Identifier: Apache-2.0
package tulip.core.sync;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.core.sync.Turns.assertContains;
import static tulip.core.sync.Turns.join;
import static tulip.core.sync.Turns.settle;
import static tulip.core.sync.Turns.start;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import tulip.core.BothEngines;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.OnLoop;
import tulip.core.Task;
import tulip.core.Tulip;

class SemaphoreTest {
  @BothEngines
  void letsSoManyInAtOnce(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var semaphore = new Semaphore(3);
          var inside = new int[2];
          var tasks = new ArrayList<Task<?>>();
          for (int i = 0; i < 10; i++) {
            tasks.add(
                start(
                    "t" + i,
                    () ->
                        semaphore.run(() -> {
                          inside[1] = Math.max(inside[1], ++inside[0]);
                          Tulip.sleep(ofSeconds(1));
                          inside[0]--;
                        })));
          }
          join(tasks);
          assertEquals(3, inside[1]);
          assertEquals(3, semaphore.permits());
        });
  }

  @BothEngines
  void withoutPermitsItWaitsForARelease(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var semaphore = new Semaphore(0);
          assertTrue(semaphore.isLocked());
          assertFalse(semaphore.tryAcquire());
          var task = start("a", () -> semaphore.acquire());
          settle();
          semaphore.release();
          task.await();
          assertTrue(semaphore.isLocked());
        });
  }

  @Test
  void cannotBeginInDebt() {
    assertThrows(IllegalArgumentException.class, () -> new Semaphore(-1));
    assertThrows(IllegalArgumentException.class, () -> Semaphore.bounded(-1));
  }

  @BothEngines
  void whoWaitsLongestGoesFirst(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var semaphore = new Semaphore(1);
          var trail = new ArrayList<Integer>();
          var tasks = new ArrayList<Task<?>>();
          for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 5; i++) {
              int number = round * 5 + i;
              tasks.add(
                  start(
                      "t" + number,
                      () ->
                          semaphore.run(() -> {
                            trail.add(number);
                            Tulip.yield();
                          })));
            }
            Tulip.yield();
          }
          join(tasks);
          assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), trail);
        });
  }

  @BothEngines
  void aReleasedPermitCannotBeStolenFromTheOneThatWaits(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var semaphore = new Semaphore(1);
          var trail = new ArrayList<String>();
          semaphore.acquire();
          var task = start("a", () -> semaphore.run(() -> trail.add("a")));
          settle();
          semaphore.release();
          assertTrue(semaphore.isLocked());
          assertFalse(semaphore.tryAcquire());
          semaphore.run(() -> trail.add("main"));
          task.await();
          assertEquals(List.of("a", "main"), trail);
        });
  }

  @BothEngines
  void twoReleasesInOneTurnWakeTwo(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var semaphore = new Semaphore(0);
          var tasks = new ArrayList<Task<?>>();
          for (int i = 0; i < 3; i++) {
            tasks.add(start("t" + i, () -> semaphore.acquire()));
          }
          settle();
          semaphore.release();
          semaphore.release();
          settle();
          assertTrue(tasks.get(0).isDone());
          assertTrue(tasks.get(1).isDone());
          assertFalse(tasks.get(2).isDone());
          semaphore.release();
          tasks.get(2).await();
          assertEquals(0, semaphore.permits());
        });
  }

  /// asyncio lost the second permit here (its issue 90155).
  @BothEngines
  void permitsHandedToTasksThatAreCancelledTogetherAreNotLost(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var semaphore = new Semaphore(0);
          var a = start("a", () -> semaphore.run(() -> {}));
          var b = start("b", () -> semaphore.run(() -> {}));
          var c = start("c", () -> semaphore.run(() -> {}));
          settle();
          a.cancel();
          semaphore.release();
          b.cancel();
          c.await();
          b.awaitDone();
          assertTrue(a.isCancelled());
          assertEquals(1, semaphore.permits());
        });
  }

  @BothEngines
  void aCancelledWaiterDoesNotLetNewcomersPastTheOthers(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var semaphore = new Semaphore(1);
          var trail = new ArrayList<String>();
          semaphore.acquire();
          var a = start("a", () -> semaphore.run(() -> trail.add("a")));
          var b = start("b", () -> semaphore.run(() -> trail.add("b")));
          settle();
          a.cancel();
          semaphore.release();
          semaphore.run(() -> trail.add("main"));
          b.await();
          assertEquals(List.of("b", "main"), trail);
        });
  }

  @BothEngines
  void aDeadlineLimitsTheWaitAndLosesNoPermit(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var semaphore = new Semaphore(0);
          assertThrows(
              TimeoutException.class, () -> Tulip.timeout(ofSeconds(1), () -> semaphore.acquire()));
          semaphore.release();
          assertTrue(semaphore.tryAcquire());
          assertFalse(semaphore.tryAcquire());
        });
  }

  @BothEngines
  void callbacksMayTryAndRelease(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var semaphore = new Semaphore(0);
          var got = new ArrayList<Boolean>();
          EventLoop.current().callLater(ofSeconds(1), semaphore::release);
          EventLoop.current().callLater(ofSeconds(2), () -> got.add(semaphore.tryAcquire()));
          semaphore.acquire();
          Tulip.sleep(ofSeconds(2));
          assertEquals(List.of(false), got);
        });
  }

  @BothEngines
  void anotherThreadIsSentThroughTheLoop(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var semaphore = new Semaphore(0);
          var loop = EventLoop.current();
          var task = start("a", () -> semaphore.acquire());
          settle();
          Tulip.blocking(() -> {
            var e = assertThrows(IllegalStateException.class, semaphore::release);
            assertContains("callSoonThreadSafe", e.getMessage());
            assertThrows(IllegalStateException.class, semaphore::tryAcquire);
            assertThrows(IllegalStateException.class, semaphore::acquire);
            loop.callSoonThreadSafe(semaphore::release);
          });
          task.await();
        });
  }

  @Test
  void anUnboundedOneGrows() {
    var semaphore = new Semaphore(0);
    semaphore.release();
    semaphore.release();
    assertEquals(2, semaphore.permits());
  }

  @Test
  void aBoundedOneRefusesMoreThanItHad() {
    var semaphore = Semaphore.bounded(1);
    var e = assertThrows(IllegalStateException.class, semaphore::release);
    assertContains("release once for each acquire", e.getMessage());
    assertTrue(semaphore.tryAcquire());
    semaphore.release();
    assertThrows(IllegalStateException.class, semaphore::release);
    assertEquals(1, semaphore.permits());
  }

  @Test
  void thereIsAnEndToPermits() {
    var semaphore = new Semaphore(Integer.MAX_VALUE);
    assertThrows(IllegalStateException.class, semaphore::release);
  }

  @BothEngines
  void saysHowManyAreLeftAndWhoWaits(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var semaphore = Semaphore.bounded(1);
          assertEquals(new Semaphore.Statistics(1, 1, List.of()), semaphore.statistics());
          assertEquals("semaphore with 1 of 1 permits left", semaphore.toString());
          semaphore.acquire();
          var task = start("a", () -> semaphore.run(() -> {}));
          settle();
          assertEquals(new Semaphore.Statistics(0, 1, List.of(task)), semaphore.statistics());
          assertEquals("semaphore with 0 of 1 permits left, 1 waiting: a", semaphore.toString());
          assertEquals("semaphore with 7 permits left", new Semaphore(7).toString());
          semaphore.release();
          task.await();
        });
  }
}
