// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import static java.time.Duration.ofSeconds;

import java.util.concurrent.TimeoutException;
import tulip.core.Cancelled;
import tulip.core.EventLoop;
import tulip.core.Scope;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.sync.Lock;

/// Cancel scopes, deadlines and shields, as trio has them.
final class Scopes extends Scenarios {
  private final EventLoop loop = EventLoop.current();
  private final long begin = loop.time();

  private long seconds() {
    return (loop.time() - begin) / SECOND;
  }

  private void traceCut(Scope scope) {
    trace("cut: " + scope.wasCancelled());
  }

  private static void fail() {
    throw new Boom("boom");
  }

  @Scenario
  void aCancelledScopeCutsTheNextWait() {
    var scope = new Scope();
    scope.run(() -> {
      scope.cancel();
      trace("goes on up to the next wait");
      tick();
      trace("never");
    });
    traceCut(scope);
  }

  @Scenario
  void aCancelledScopeCutsEveryWait() {
    var scope = new Scope();
    scope.run(() -> {
      scope.cancel();
      for (int i = 0; i < 3; i++) {
        try {
          sleep(1);
        } catch (Cancelled e) {
          trace("cut");
        }
      }
      trace("no wait is left");
    });
    traceCut(scope);
  }

  @Scenario
  void aBlockThatNeedsNoWaitIsNotCut() {
    var scope = new Scope();
    scope.run(() -> {
      scope.cancel();
      trace("done");
    });
    trace("called: " + scope.isCancelled());
    traceCut(scope);
  }

  @Scenario
  void aScopeThatIsCancelledBeforeItIsEntered() {
    var scope = new Scope();
    scope.cancel();
    scope.run(() -> {
      tick();
      trace("never");
    });
    traceCut(scope);
  }

  @Scenario
  void anInnerScopeLeavesTheOuterOneAlone() {
    var outer = new Scope();
    var inner = new Scope();
    outer.run(() -> {
      inner.run(() -> {
        inner.cancel();
        tick();
        trace("never");
      });
      trace("outside of the inner one");
      tick();
      trace("and on");
    });
    trace("outer: " + outer.wasCancelled() + ", inner: " + inner.wasCancelled());
  }

  @Scenario
  void ofTwoCancelledScopesTheOuterOneCatches() {
    var outer = new Scope();
    var inner = new Scope();
    outer.run(() -> {
      inner.run(() -> {
        inner.cancel();
        outer.cancel();
        tick();
      });
      trace("never");
    });
    trace("outer: " + outer.wasCancelled() + ", inner: " + inner.wasCancelled());
  }

  @Scenario
  void aShieldKeepsTheOuterScopeOut() {
    var outer = new Scope();
    outer.run(() -> {
      outer.cancel();
      Tulip.shield(() -> {
        sleep(1);
        trace("slept under the shield");
      });
      tick();
      trace("never");
    });
  }

  @Scenario
  void aScopeInsideAShieldCanBeCancelled() {
    var shield = new Scope().shield(true);
    shield.run(() -> {
      shield.cancel();
      tick();
      trace("never");
    });
    traceCut(shield);
  }

  @Scenario
  void aShieldIsLoweredWhileTheBlockWaits() {
    var outer = new Scope();
    var shield = new Scope().shield(true);
    TaskGroup.run(group -> {
      group.start(() -> {
        sleep(1);
        trace("lowered");
        shield.shield(false);
      });
      outer.run(() ->
          shield.run(() -> {
            outer.cancel();
            try {
              sleep(2);
            } finally {
              trace("the wait is over");
            }
          }));
      traceCut(outer);
    });
  }

  @Scenario
  void movingOnAfterAWhile() {
    boolean done =
        Tulip.moveOnAfter(
            ofSeconds(2),
            () -> {
              sleep(1);
              trace("slept");
              sleep(2);
              trace("never");
            });
    trace("cut: " + !done + " after " + seconds() + " s");
  }

  @Scenario
  void failingAfterAWhile() {
    try {
      Tulip.timeout(ofSeconds(1), () -> sleep(2));
    } catch (TimeoutException e) {
      trace("too late");
    }
  }

  @Scenario
  void aFailurePassesThrough() throws TimeoutException {
    try {
      Tulip.timeout(ofSeconds(1), Scopes::fail);
    } catch (Boom e) {
      trace("caught " + e.getMessage());
    }
  }

  @Scenario
  void aDeadlineIsMoved() {
    var scope = new Scope().deadline(begin + SECOND);
    scope.run(() -> {
      scope.deadline(begin + 3 * SECOND);
      sleep(2);
      trace("slept");
      sleep(2);
      trace("never");
    });
    trace("after " + seconds() + " s");
  }

  @Scenario
  void aDeadlineInThePastCutsTheFirstWait() {
    var scope = new Scope().deadline(begin - SECOND);
    scope.run(() -> {
      trace("before the wait");
      tick();
      trace("never");
    });
    traceCut(scope);
  }

  @Scenario
  void theEarliestDeadlineThatReaches() {
    Tulip.moveOnAfter(
        ofSeconds(2),
        () -> {
          traceDeadline();
          Tulip.moveOnAfter(ofSeconds(3), this::traceDeadline);
          Tulip.moveOnAfter(ofSeconds(1), this::traceDeadline);
          new Scope().timeout(ofSeconds(5)).shield(true).run(this::traceDeadline);
        });
  }

  private void traceDeadline() {
    trace("in " + (Scope.effectiveDeadline() - begin) / SECOND + " s");
  }

  @Scenario
  void aCleanUpUnderAShieldWithALimit() {
    Tulip.moveOnAfter(
        ofSeconds(1),
        () -> {
          try {
            sleep(5);
          } finally {
            new Scope()
                .timeout(ofSeconds(2))
                .shield(true)
                .run(() -> {
                  trace("cleaning up");
                  sleep(5);
                  trace("never");
                });
            trace("enough");
          }
        });
    trace("after " + seconds() + " s");
  }

  @Scenario
  void aFailureInsteadOfTheCancellation() {
    var scope = new Scope().timeout(ofSeconds(1));
    try {
      scope.run(() -> {
        try {
          sleep(2);
        } catch (Cancelled e) {
          fail();
        }
      });
    } catch (Boom e) {
      trace("caught " + e.getMessage());
    }
    traceCut(scope);
    tick();
    trace("and no cancellation is left");
  }

  @Scenario(
      difference =
          "in trio every operation that might wait is a checkpoint; in Tulip only one that"
              + " does wait, so that what is there is taken",
      trace = {"taken", "cut: false"})
  void whatIsFreeInACancelledScope() {
    var lock = new Lock();
    var scope = new Scope();
    scope.run(() -> {
      scope.cancel();
      lock.acquire();
      trace("taken");
      lock.release();
    });
    traceCut(scope);
  }
}
