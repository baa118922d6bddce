// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Task;
import tulip.core.sync.Acquirable;
import tulip.core.sync.Barrier;
import tulip.core.sync.Condition;
import tulip.core.sync.Event;
import tulip.core.sync.Lock;
import tulip.core.sync.Semaphore;

/// Locks and their kin: who goes first, and what becomes of those who are cancelled.
final class Locks extends Scenarios {
  @FunctionalInterface
  private interface Work {
    void by(String name) throws Exception;
  }

  /// Starts the same work for each name.
  private static List<Task<@Nullable Void>> each(List<String> names, Work work) {
    return names.stream().map(name -> start(() -> work.by(name))).toList();
  }

  /// Takes it, and lets the others have a turn meanwhile.
  private void use(Acquirable what, String name) {
    what.run(() -> {
      trace(name + " has it");
      tick();
    });
  }

  @Scenario
  void whoWaitsLongestForALockGoesFirst() {
    var lock = new Lock();
    lock.acquire();
    var tasks = each(List.of("a", "b", "c"), name -> use(lock, name));
    settle();
    lock.release();
    trace("released");
    join(tasks);
  }

  @Scenario
  void aReleasedLockCannotBeOvertaken() {
    var lock = new Lock();
    lock.acquire();
    var task = start(() -> lock.run(() -> trace("the one who waited")));
    tick();
    lock.release();
    lock.acquire();
    trace("the one who released");
    lock.release();
    join(task);
  }

  @Scenario
  void aFreeLockIsTakenWithoutGivingUpTheTurn() {
    EventLoop.current().callSoon(tracing("callback"));
    new Lock().run(() -> trace("taken"));
    trace("released");
    tick();
  }

  @Scenario
  void whoWaitsForALockMayLeave() {
    var lock = new Lock();
    lock.acquire();
    var tasks = each(List.of("a", "b", "c"), name -> use(lock, name));
    tick();
    tasks.get(1).cancel();
    lock.release();
    join(tasks);
    trace("b: " + outcome(tasks.get(1)));
  }

  @Scenario(
      difference =
          "asyncio passes the lock on; in Tulip who was handed it has it, and is cancelled"
              + " in its next wait",
      trace = {"first has it", "second has it", "second goes on", "first: cancelled"})
  void cancelledWhenTheLockWasHandedOver() {
    var lock = new Lock();
    lock.acquire();
    var tasks =
        each(
            List.of("first", "second"),
            name ->
                lock.run(() -> {
                  trace(name + " has it");
                  tick();
                  trace(name + " goes on");
                }));
    tick();
    lock.release();
    tasks.getFirst().cancel();
    join(tasks);
    trace("first: " + outcome(tasks.getFirst()));
  }

  @Scenario
  void aLockThatIsNotHeldCannotBeReleased() {
    try {
      new Lock().release();
    } catch (IllegalStateException e) {
      trace("refused");
    }
  }

  @Scenario
  void anEventLetsAllThroughInTheOrderOfComing() {
    var event = new Event();
    var tasks =
        each(
            List.of("a", "b", "c"),
            name -> {
              event.await();
              trace(name + " goes on");
            });
    tick();
    event.set();
    trace("set");
    join(tasks);
  }

  @Scenario
  void anEventThatIsSetAndClearedAtOnce() {
    var event = new Event();
    Work work =
        name -> {
          event.await();
          trace(name + " goes on");
        };
    var early = start(() -> work.by("early"));
    tick();
    event.set();
    event.clear();
    var late = start(() -> work.by("late"));
    settle();
    trace("late: " + outcome(late));
    event.set();
    join(early, late);
  }

  @Scenario
  void anEventThatIsSetIsPassedAtOnce() {
    var event = new Event();
    event.set();
    EventLoop.current().callSoon(tracing("callback"));
    event.await();
    trace("still my turn");
    tick();
  }

  @Scenario
  void aConditionWakesWhoWaitsLongest() {
    var condition = new Condition();
    var tasks =
        each(
            List.of("a", "b", "c", "d"),
            name ->
                condition.run(() -> {
                  condition.await();
                  trace(name + " goes on");
                }));
    tick();
    for (int count : new int[] {1, 2, 1}) {
      condition.run(() -> {
        condition.notifyWaiters(count);
        trace(count + " notified");
      });
      settle();
    }
    join(tasks);
  }

  @Scenario
  void whoIsNotifiedGoesOnWhenTheLockIsFree() {
    var condition = new Condition();
    var task =
        start(() ->
            condition.run(() -> {
              condition.await();
              trace("goes on");
            }));
    tick();
    condition.run(() -> {
      condition.notifyWaiters();
      settle();
      trace("the lock is still held");
    });
    join(task);
  }

  @Scenario
  void waitingForAPredicate() {
    var condition = new Condition();
    var value = new int[1];
    var task =
        start(() ->
            condition.run(() -> {
              condition.waitFor(() -> value[0] == 2);
              trace("the value is " + value[0]);
            }));
    tick();
    for (int next = 1; next <= 2; next++) {
      value[0] = next;
      condition.run(() -> {
        condition.notifyWaiters();
        trace("set to " + value[0]);
      });
      settle();
    }
    join(task);
  }

  @Scenario
  void aCancelledWaitComesBackWithTheLock() {
    var condition = new Condition();
    var task =
        start(() ->
            condition.run(() -> {
              try {
                condition.await();
              } finally {
                trace("locked: " + condition.isLocked());
              }
            }));
    tick();
    task.cancel();
    join(task);
    trace("locked: " + condition.isLocked());
    trace(outcome(task));
  }

  @Scenario
  void aConditionNeedsItsLock() {
    var condition = new Condition();
    for (var use : List.<Runnable>of(condition::notifyOne, condition::await)) {
      try {
        use.run();
      } catch (IllegalStateException e) {
        trace("refused");
      }
    }
  }

  @Scenario
  void aSemaphoreLetsSoManyIn() {
    var semaphore = new Semaphore(2);
    join(
        each(
            List.of("a", "b", "c", "d"),
            name ->
                semaphore.run(() -> {
                  trace(name + " is in");
                  sleep(1);
                  trace(name + " leaves");
                })));
  }

  @Scenario
  void twoPermitsInOneTurnLetTwoIn() {
    var semaphore = new Semaphore(0);
    var tasks =
        each(
            List.of("a", "b", "c"),
            name -> {
              semaphore.acquire();
              trace(name + " is in");
            });
    tick();
    semaphore.release();
    semaphore.release();
    settle();
    trace("c: " + outcome(tasks.getLast()));
    semaphore.release();
    join(tasks);
  }

  @Scenario
  void whoWaitsForAPermitMayLeave() {
    var semaphore = new Semaphore(0);
    var tasks =
        each(
            List.of("first", "second"),
            name -> {
              semaphore.acquire();
              trace(name + " is in");
            });
    tick();
    tasks.getFirst().cancel();
    semaphore.release();
    join(tasks);
    trace("first: " + outcome(tasks.getFirst()));
    trace("locked: " + semaphore.isLocked());
  }

  @Scenario(
      difference =
          "asyncio passes the permit on; in Tulip who was handed it has it, and is"
              + " cancelled in its next wait",
      trace = {"first is in", "first: cancelled", "second: pending"})
  void cancelledWhenThePermitWasHandedOver() {
    var semaphore = new Semaphore(0);
    var tasks =
        each(
            List.of("first", "second"),
            name -> {
              semaphore.acquire();
              trace(name + " is in");
              tick();
              trace(name + " goes on");
            });
    tick();
    semaphore.release();
    tasks.getFirst().cancel();
    settle();
    trace("first: " + outcome(tasks.getFirst()));
    trace("second: " + outcome(tasks.getLast()));
    tasks.getLast().cancel();
    settle();
  }

  @Scenario
  void aBoundedSemaphoreRefusesMoreThanItHad() {
    var semaphore = Semaphore.bounded(1);
    semaphore.acquire();
    semaphore.release();
    try {
      semaphore.release();
    } catch (IllegalStateException e) {
      trace("refused");
    }
  }

  @Scenario
  void aBarrierLetsAllGoWhenTheLastHasCome() {
    var barrier = new Barrier(3);
    join(
        each(
            List.of("a", "b", "c"),
            name -> {
              trace(name + " comes");
              barrier.await();
              trace(name + " goes");
            }));
  }

  @Scenario
  void aBarrierIsUsedAgainAndAgain() {
    var barrier = new Barrier(2);
    join(
        each(
            List.of("a", "b"),
            name -> {
              for (int i = 0; i < 3; i++) {
                barrier.await();
              }
              trace(name + " has passed three times");
            }));
    trace("waiting: " + barrier.waiting());
  }

  @Scenario
  void whoComesInWhichPlace() {
    var barrier = new Barrier(3);
    var places = new ArrayList<Integer>();
    join(each(List.of("a", "b", "c"), _ -> places.add(barrier.await())));
    trace(places.stream().sorted().toList());
  }

  @Scenario
  void aCancelledPartyJustLeaves() {
    var barrier = new Barrier(2);
    Work party =
        name -> {
          barrier.await();
          trace(name + " goes");
        };
    var first = start(() -> party.by("first"));
    tick();
    first.cancel();
    join(first);
    trace("waiting: " + barrier.waiting());
    join(each(List.of("second", "third"), party));
  }

  @Scenario
  void anAbortedBarrierTellsAll() {
    var barrier = new Barrier(3);
    Work party =
        name -> {
          try {
            barrier.await();
          } catch (BrokenBarrierException e) {
            trace(name + " is told");
          }
        };
    var tasks = each(List.of("a", "b"), party);
    tick();
    barrier.abort();
    join(tasks);
    join(each(List.of("c"), party));
    barrier.reset();
    trace("broken: " + barrier.isBroken());
    join(each(List.of("d", "e", "f"), party));
    trace("d, e and f have passed");
  }

  @Scenario
  void aBarrierThatIsResetTellsWhoWaits() {
    var barrier = new Barrier(2);
    Work party =
        name -> {
          try {
            barrier.await();
            trace(name + " goes");
          } catch (BrokenBarrierException e) {
            trace(name + " is told");
          }
        };
    var first = start(() -> party.by("first"));
    tick();
    barrier.reset();
    join(first);
    join(each(List.of("second", "third"), party));
  }
}
