// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import java.util.List;
import tulip.core.sync.Semaphore;

/// Semaphores: who gets a permit, and what becomes of those who are cancelled.
final class Semaphores extends Scenarios {
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
}
