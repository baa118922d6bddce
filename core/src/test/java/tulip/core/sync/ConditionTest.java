// SPDX-License-Identifier: Apache-2.0
package tulip.core.sync;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.core.sync.Turns.assertContains;
import static tulip.core.sync.Turns.join;
import static tulip.core.sync.Turns.settle;
import static tulip.core.sync.Turns.start;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tulip.core.BothEngines;
import tulip.core.Cancelled;
import tulip.core.LoopOptions.Engine;
import tulip.core.OnLoop;
import tulip.core.Scope;
import tulip.core.Task;
import tulip.core.Tulip;

class ConditionTest {
  private final Lock lock = new Lock();
  private final Condition condition = new Condition(lock);
  private final ArrayList<String> trail = new ArrayList<>();

  /// Waits once, and says so; checks that it has the lock again however the wait ends.
  private Task<@Nullable Void> waiter(String name) {
    return start(
        name,
        () ->
            condition.run(() -> {
              try {
                condition.await();
                trail.add(name);
              } finally {
                assertSame(Task.current(), lock.owner());
              }
            }));
  }

  private List<Task<?>> waiters(String... names) {
    var tasks = new ArrayList<Task<?>>();
    for (var name : names) {
      tasks.add(waiter(name));
    }
    settle();
    return tasks;
  }

  @BothEngines
  void notifyOneWakesTheOneThatWaitsLongest(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var tasks = waiters("a", "b", "c");
          for (var expected : List.of(List.of("a"), List.of("a", "b"), List.of("a", "b", "c"))) {
            condition.run(() -> condition.notifyOne());
            settle();
            assertEquals(expected, trail);
          }
          join(tasks);
          assertFalse(condition.isLocked());
        });
  }

  @BothEngines
  void notifyWaitersWakesSoManyAtMost(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var tasks = waiters("a", "b", "c", "d", "e");
          condition.run(() -> condition.notifyWaiters(0));
          settle();
          assertEquals(List.of(), trail);
          condition.run(() -> condition.notifyWaiters(2));
          settle();
          assertEquals(List.of("a", "b"), trail);
          condition.run(() -> condition.notifyWaiters(2048));
          join(tasks);
          assertEquals(List.of("a", "b", "c", "d", "e"), trail);
          assertThrows(
              IllegalArgumentException.class,
              () -> condition.run(() -> condition.notifyWaiters(-1)));
        });
  }

  @BothEngines
  void notifyWaitersWithoutANumberWakesAll(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var tasks = waiters("a", "b", "c");
          condition.run(() -> condition.notifyWaiters());
          join(tasks);
          assertEquals(List.of("a", "b", "c"), trail);
        });
  }

  @BothEngines
  void aNotificationIsNotKeptForThoseWhoComeLater(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          condition.run(() -> condition.notifyWaiters());
          var tasks = waiters("a");
          assertEquals(List.of(), trail);
          condition.run(() -> condition.notifyOne());
          join(tasks);
        });
  }

  @BothEngines
  void whoIsNotifiedRunsOnlyWhenTheLockIsFree(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var tasks = waiters("a", "b");
          condition.run(() -> {
            condition.notifyWaiters();
            settle();
            assertEquals(List.of(), trail);
            assertEquals(tasks, lock.statistics().waiting());
            trail.add("main");
          });
          join(tasks);
          assertEquals(List.of("main", "a", "b"), trail);
        });
  }

  @BothEngines
  void whoIsNotifiedQueuesBehindThoseWhoWaitForTheLock(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var tasks = waiters("a");
          condition.acquire();
          var other = start("other", () -> condition.run(() -> trail.add("other")));
          settle();
          condition.notifyOne();
          condition.release();
          join(tasks);
          other.await();
          assertEquals(List.of("other", "a"), trail);
        });
  }

  @BothEngines
  void waitForTestsThePredicateUnderTheLock(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var tests = new int[1];
          var value = new int[1];
          var task =
              start(
                  "a",
                  () ->
                      condition.run(() ->
                          condition.waitFor(() -> {
                            tests[0]++;
                            assertSame(Task.current(), lock.owner());
                            return value[0] >= 2;
                          })));
          for (int i = 0; i < 2; i++) {
            settle();
            assertFalse(task.isDone());
            condition.run(() -> {
              value[0]++;
              condition.notifyOne();
            });
          }
          task.await();
          assertEquals(3, tests[0]);
        });
  }

  @BothEngines
  void waitForDoesNotWaitForWhatHoldsAlready(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var other = start("other", () -> trail.add("other"));
          condition.run(() -> condition.waitFor(() -> true));
          trail.add("main");
          other.await();
          assertEquals(List.of("main", "other"), trail);
        });
  }

  @BothEngines
  void waitForLeavesWithWhatThePredicateThrows(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          assertThrows(
              ArithmeticException.class,
              () ->
                  condition.run(() ->
                      condition.waitFor(() -> {
                        throw new ArithmeticException();
                      })));
          assertFalse(condition.isLocked());
        });
  }

  @BothEngines
  void allOfItNeedsTheLock(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var e = assertThrows(IllegalStateException.class, condition::await);
          assertContains("cannot wait on a condition", e.getMessage());
          assertThrows(IllegalStateException.class, () -> condition.waitFor(() -> true));
          assertThrows(IllegalStateException.class, condition::notifyOne);
          assertThrows(IllegalStateException.class, () -> condition.notifyWaiters(2));
          assertThrows(IllegalStateException.class, () -> condition.notifyWaiters());
          assertThrows(IllegalStateException.class, condition::release);
          condition.acquire();
          start("a", () -> assertThrows(IllegalStateException.class, condition::await)).await();
          condition.release();
        });
  }

  @BothEngines
  void twoConditionsShareALock(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var notEmpty = new Condition(lock);
          var notFull = new Condition(lock);
          var items = new ArrayDeque<Integer>();
          var got = new ArrayList<Integer>();
          var consumer =
              start(
                  "consumer",
                  () -> {
                    for (int i = 0; i < 20; i++) {
                      lock.run(() -> {
                        notEmpty.waitFor(() -> !items.isEmpty());
                        got.add(items.remove());
                        notFull.notifyOne();
                      });
                    }
                  });
          for (int i = 0; i < 20; i++) {
            int item = i;
            lock.run(() -> {
              notFull.waitFor(() -> items.size() < 2);
              items.add(item);
              notEmpty.notifyOne();
            });
          }
          consumer.await();
          assertEquals(20, got.size());
          assertEquals(0, got.getFirst());
          assertEquals(19, got.getLast());
        });
  }

  @BothEngines
  void aConditionWithoutAGivenLockHasItsOwn(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var own = new Condition();
          assertTrue(own.tryAcquire());
          assertTrue(own.isLocked());
          assertFalse(lock.isLocked());
          own.release();
        });
  }

  @BothEngines
  void aCancelledWaitComesBackWithTheLock(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var tasks = waiters("a"); // it checks that it has the lock
          condition.acquire();
          tasks.getFirst().cancel();
          settle();
          assertFalse(tasks.getFirst().isDone()); // it waits for the lock
          condition.release();
          tasks.getFirst().awaitDone();
          assertTrue(tasks.getFirst().isCancelled());
          assertFalse(condition.isLocked());
        });
  }

  @BothEngines
  void cancelledAgainWhileItWaitsForTheLockItStillComesBackWithIt(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var tasks = waiters("a");
          condition.acquire();
          for (int i = 0; i < 3; i++) {
            tasks.getFirst().cancel();
            settle();
          }
          tasks.getFirst().taskScope().cancel();
          settle();
          assertFalse(tasks.getFirst().isDone());
          condition.release();
          tasks.getFirst().awaitDone();
          assertTrue(tasks.getFirst().isCancelled());
          assertFalse(condition.isLocked());
        });
  }

  /// asyncio lost it (its issue 112202).
  @BothEngines
  void theNotificationOfATaskCancelledBeforeItHasTheLockGoesToTheNext(Engine engine)
      throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var tasks = waiters("a", "b");
          condition.run(() -> {
            condition.notifyOne();
            tasks.get(0).cancel();
          });
          tasks.get(1).await();
          tasks.get(0).awaitDone();
          assertTrue(tasks.get(0).isCancelled());
          assertEquals(List.of("b"), trail);
          assertFalse(condition.isLocked());
        });
  }

  @BothEngines
  void whoHasTheLockWhenItIsCancelledKeepsItsNotification(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var tasks = waiters("a", "b");
          condition.acquire();
          condition.notifyOne();
          condition.release(); // "a" owns the lock from here on
          tasks.get(0).cancel();
          settle();
          assertEquals(List.of("a"), trail);
          assertEquals(List.of(tasks.get(1)), condition.statistics().waiting());
          condition.run(() -> condition.notifyOne());
          join(tasks.subList(1, 2));
        });
  }

  @BothEngines
  void allNotifiedAndAllCancelledLeaveTheLockFree(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var tasks = waiters("a", "b", "c");
          condition.run(() -> {
            condition.notifyWaiters();
            tasks.forEach(Task::cancel);
          });
          tasks.forEach(Task::awaitDone);
          assertEquals(List.of(), trail);
          assertFalse(condition.isLocked());
          condition.run(() -> {});
        });
  }

  @BothEngines
  void aDeadlineInsideTheBlockLeavesTheLockHeld(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          condition.run(() -> {
            assertThrows(
                TimeoutException.class, () -> Tulip.timeout(ofSeconds(1), () -> condition.await()));
            assertSame(Task.current(), lock.owner());
          });
          assertFalse(condition.isLocked());
        });
  }

  @BothEngines
  void aCancelledScopeComesBackWithTheLockAndStaysCancelled(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var scope = new Scope();
          var task =
              start(
                  "a",
                  () ->
                      condition.run(() ->
                          scope.run(() -> {
                            assertThrows(Cancelled.class, condition::await);
                            assertSame(Task.current(), lock.owner());
                            assertThrows(Cancelled.class, condition::await);
                            assertSame(Task.current(), lock.owner());
                          })));
          settle();
          scope.cancel();
          task.await();
          assertFalse(condition.isLocked());
        });
  }

  @BothEngines
  void whoWaitsIsToldWhenAnOwnerEndsWithTheLockInHand(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var notified =
              start(
                  "notified",
                  () ->
                      assertThrows(
                          BrokenLockException.class, () -> condition.run(() -> condition.await())));
          var waiting =
              start(
                  "waiting",
                  () ->
                      assertThrows(
                          BrokenLockException.class, () -> condition.run(() -> condition.await())));
          settle();
          start(
                  "holder",
                  () -> {
                    condition.acquire();
                    condition.notifyOne();
                  })
              .await();
          notified.await();
          waiting.await();
        });
  }

  @BothEngines
  void whoWaitsIsToldEvenIfNobodyWasNotified(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var waiting =
              start(
                  "waiting",
                  () ->
                      assertThrows(
                          BrokenLockException.class, () -> condition.run(() -> condition.await())));
          settle();
          start("holder", () -> condition.acquire()).await();
          waiting.await();
        });
  }

  @BothEngines
  void aCancelledWaitThatCannotHaveTheLockBackSaysWhy(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var caught = new ArrayList<Throwable>();
          var task =
              start(
                  "a",
                  () ->
                      caught.add(
                          assertThrows(
                              Cancelled.class, () -> condition.run(() -> condition.await()))));
          settle();
          var holder =
              start(
                  "holder",
                  () -> {
                    condition.acquire();
                    task.cancel();
                    Tulip.sleep(ofSeconds(1));
                  });
          holder.await();
          task.await();
          var reasons = caught.getFirst().getSuppressed();
          assertEquals(BrokenLockException.class, reasons[0].getClass());
        });
  }

  @BothEngines
  void belongsToOneLoop(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var tasks = waiters("a");
          condition.run(() -> condition.notifyOne());
          join(tasks);
        });
    OnLoop.run(engine, () -> assertThrows(IllegalStateException.class, () -> condition.acquire()));
  }

  @BothEngines
  void saysWhoWaitsForWhat(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          assertEquals("condition of a lock that nobody holds", condition.toString());
          var tasks = waiters("a", "b");
          assertEquals(
              new Condition.Statistics(tasks, new Lock.Statistics(null, List.of())),
              condition.statistics());
          assertEquals(
              "condition of a lock that nobody holds, 2 waiting to be notified: a, b",
              condition.toString());
          condition.run(() -> {
            condition.notifyOne();
            assertContains("lock held by", String.valueOf(tasks.get(0).waitingFor()));
            assertContains("condition of", String.valueOf(tasks.get(1).waitingFor()));
            condition.notifyOne();
          });
          join(tasks);
        });
  }
}
