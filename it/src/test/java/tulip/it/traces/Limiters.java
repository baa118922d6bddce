// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import java.util.List;
import tulip.core.Scope;
import tulip.core.TaskGroup;
import tulip.core.sync.CapacityLimiter;
import tulip.core.sync.Lock;

/// trio's capacity limiters and first-in-first-out locks.
final class Limiters extends Scenarios {
  @Scenario
  void tokensGoToWhoWaitsLongest() {
    var limiter = new CapacityLimiter(1);
    TaskGroup.run(group -> {
      for (var name : List.of("a", "b", "c")) {
        group.start(() ->
            limiter.run(() -> {
              trace(name + " is in");
              sleep(1);
              trace(name + " leaves");
            }));
        settle();
      }
    });
  }

  @Scenario
  void aTaskHasOneTokenAtMost() {
    var limiter = new CapacityLimiter(2);
    limiter.run(() -> {
      try {
        limiter.acquire();
      } catch (IllegalStateException e) {
        trace("refused");
      }
      trace("borrowed: " + limiter.borrowed());
    });
  }

  @Scenario
  void onlyWhoHasATokenGivesItBack() {
    try {
      new CapacityLimiter(1).release();
    } catch (IllegalStateException e) {
      trace("refused");
    }
  }

  @Scenario
  void tokensAreBorrowedForAnybody() {
    var limiter = new CapacityLimiter(2);
    limiter.acquireOnBehalfOf("ada");
    limiter.acquireOnBehalfOf("bob");
    if (!limiter.tryAcquireOnBehalfOf("carol")) {
      trace("none is left for carol");
    }
    limiter.releaseOnBehalfOf("ada");
    limiter.tryAcquireOnBehalfOf("carol");
    trace("borrowed: " + limiter.borrowed() + ", available: " + limiter.available());
  }

  @Scenario
  void moreTokensLetWaitingTasksIn() {
    var limiter = new CapacityLimiter(1);
    TaskGroup.run(group -> {
      for (var name : List.of("a", "b", "c", "d")) {
        group.start(() -> {
          limiter.acquireOnBehalfOf(name);
          trace(name + " is in");
        });
        settle();
      }
      limiter.setTotal(3);
      settle();
      trace("borrowed: " + limiter.borrowed());
      group.cancel();
    });
  }

  @Scenario
  void fewerTokensTakeNoneAway() {
    var limiter = new CapacityLimiter(2);
    limiter.acquireOnBehalfOf("ada");
    limiter.acquireOnBehalfOf("bob");
    limiter.setTotal(1);
    trace("borrowed: " + limiter.borrowed());
    TaskGroup.run(group -> {
      group.start(() -> {
        limiter.acquireOnBehalfOf("carol");
        trace("carol is in");
      });
      settle();
      limiter.releaseOnBehalfOf("ada");
      settle();
      trace("ada is out");
      limiter.releaseOnBehalfOf("bob");
    });
  }

  @Scenario
  void aCancelledUserTakesNoToken() {
    var limiter = new CapacityLimiter(1);
    var first = new Scope();
    limiter.acquireOnBehalfOf("main");
    TaskGroup.run(group -> {
      group.start(() -> first.run(() -> limiter.run(() -> trace("first is in"))));
      settle();
      group.start(() -> limiter.run(() -> trace("second is in")));
      settle();
      first.cancel();
      limiter.releaseOnBehalfOf("main");
    });
    trace("borrowed: " + limiter.borrowed());
  }

  @Scenario
  void aStrictLockServesInTheOrderOfComing() {
    var lock = new Lock();
    lock.acquire();
    TaskGroup.run(group -> {
      for (var name : List.of("a", "b", "c")) {
        group.start(() -> lock.run(() -> trace(name + " has it")));
        settle();
      }
      lock.release();
      trace("released");
    });
  }

  @Scenario
  void aLockIsNotTakenTwice() {
    var lock = new Lock();
    lock.acquire();
    try {
      lock.acquire();
    } catch (IllegalStateException e) {
      trace("refused");
    }
  }

  @Scenario
  void onlyItsOwnerReleasesALock() {
    var lock = new Lock();
    lock.acquire();
    TaskGroup.run(group ->
        group.start(() -> {
          try {
            lock.release();
          } catch (IllegalStateException e) {
            trace("refused");
          }
        }));
    trace("locked: " + lock.isLocked());
  }
}
