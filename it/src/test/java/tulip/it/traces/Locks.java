// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import java.util.List;
import tulip.core.EventLoop;
import tulip.core.sync.Acquirable;
import tulip.core.sync.Condition;
import tulip.core.sync.Event;
import tulip.core.sync.Lock;

/// Locks, events and conditions: who goes first, and what becomes of those who are cancelled.
final class Locks extends Scenarios {
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
    Work<String> work =
        name -> {
          event.await();
          trace(name + " goes on");
        };
    var early = start(() -> work.with("early"));
    tick();
    event.set();
    event.clear();
    var late = start(() -> work.with("late"));
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
}
