// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import static java.time.Duration.ofSeconds;

import tulip.core.Cancelled;
import tulip.core.EventLoop;
import tulip.core.ExceptionGroup;
import tulip.core.Scope;
import tulip.core.TaskGroup;

/// trio's nurseries: Tulip's task groups seen from there.
final class Nurseries extends Scenarios {
  private final EventLoop loop = EventLoop.current();
  private final long begin = loop.time();

  private void sleeper(String name, int seconds) {
    try {
      sleep(seconds);
      trace(name + " is done");
    } catch (Cancelled e) {
      trace(name + " is cancelled");
      throw e;
    }
  }

  private static void failAfter(int seconds, String message) {
    sleep(seconds);
    throw new Boom(message);
  }

  private void traceCut(Scope scope) {
    trace("cut: " + scope.wasCancelled());
  }

  @Scenario
  void aNurseryWaitsForAllItsChildren() {
    TaskGroup.run(nursery -> {
      nursery.start(() -> sleeper("a", 2));
      nursery.start(() -> sleeper("b", 1));
      trace("the block ends");
    });
    trace("the nursery ends");
  }

  @Scenario
  void cancellingANurseryCancelsBlockAndChild() {
    TaskGroup.run(nursery -> {
      nursery.start(() -> sleeper("a", 1));
      tick();
      nursery.cancel();
      tick();
      trace("never");
    });
    trace("the nursery ends");
  }

  @Scenario
  void aFailingChildCancelsBlockAndSibling() {
    try {
      TaskGroup.run(nursery -> {
        nursery.start(() -> sleeper("a", 2));
        nursery.start(() -> failAfter(1, "boom"));
        try {
          sleep(3);
        } finally {
          trace("the block is cut");
        }
      });
    } catch (ExceptionGroup e) {
      trace("caught " + failures(e));
    }
  }

  @Scenario
  void theFailuresOfAllChildrenAreKept() {
    try {
      TaskGroup.run(nursery -> {
        nursery.start(() -> failAfter(1, "first"));
        nursery.start(() -> {
          try {
            sleep(2);
          } catch (Cancelled e) {
            throw new Boom("in the clean-up");
          }
        });
      });
    } catch (ExceptionGroup e) {
      trace("caught " + failures(e));
    }
  }

  @Scenario(
      difference = "trio wraps what the block throws into a group; in Tulip it comes out as it is",
      trace = {"a is cancelled", "caught boom"})
  void aFailingBlock() {
    try {
      TaskGroup.run(nursery -> {
        nursery.start(() -> sleeper("a", 1));
        tick();
        throw new Boom("boom");
      });
    } catch (ExceptionGroup e) {
      trace("caught a group of " + failures(e));
    } catch (Boom e) {
      trace("caught " + e.getMessage());
    }
  }

  @Scenario
  void aFailureInANurseryInsideANursery() {
    try {
      TaskGroup.run(outer -> {
        outer.start(() ->
            TaskGroup.run(inner -> {
              inner.start(() -> failAfter(1, "inner"));
            }));
        outer.start(() -> sleeper("cousin", 2));
      });
    } catch (ExceptionGroup e) {
      trace("caught " + failures(e));
    }
  }

  @Scenario
  void aScopeAroundANurseryReachesTheChildren() {
    var scope = new Scope().timeout(ofSeconds(2));
    scope.run(() ->
        TaskGroup.run(nursery -> {
          nursery.start(() -> sleeper("a", 1));
          nursery.start(() -> sleeper("b", 3));
        }));
    traceCut(scope);
  }

  @Scenario
  void aScopeAroundTheStartDoesNotReachTheChild() {
    TaskGroup.run(nursery -> {
      var scope = new Scope();
      scope.run(() -> {
        nursery.start(() -> sleeper("a", 1));
        scope.cancel();
        tick();
        trace("never");
      });
      trace("the scope is left");
    });
  }

  @Scenario
  void aShieldOfANurseryLetsItFinish() {
    var scope = new Scope().timeout(ofSeconds(1));
    scope.run(() -> {
      TaskGroup.run(nursery -> {
        nursery.scope().shield(true);
        nursery.start(() -> sleeper("a", 2));
      });
      trace("the nursery ends");
    });
    traceCut(scope);
  }

  @Scenario
  void aChildThatSwallowsItsCancellationMeetsItAgain() {
    TaskGroup.run(nursery -> {
      nursery.start(() -> {
        for (int i = 0; i < 3; i++) {
          try {
            sleep(5);
          } catch (Cancelled e) {
            trace("cut");
          }
        }
      });
      tick();
      nursery.cancel();
    });
    trace("after " + (loop.time() - begin) / SECOND + " s");
  }

  @Scenario
  void startingReturnsWhatTheChildTells() {
    TaskGroup.run(nursery -> {
      int port =
          nursery.<Integer>startAndWait(status -> {
            trace("getting ready");
            sleep(1);
            status.started(8080);
            sleep(1);
            trace("the server ends");
          });
      trace("listens on " + port);
    });
    trace("the nursery ends");
  }

  @Scenario(
      difference = "trio wraps the failure into a group; in Tulip it comes out as it is",
      trace = {"caught boom", "sibling is done"})
  void aChildThatFailsBeforeItHasStarted() {
    TaskGroup.run(nursery -> {
      nursery.start(() -> sleeper("sibling", 2));
      try {
        nursery.<Integer>startAndWait(_ -> failAfter(1, "boom"));
      } catch (ExceptionGroup e) {
        trace("caught a group of " + failures(e));
      } catch (Boom e) {
        trace("caught " + e.getMessage());
      }
    });
  }

  @Scenario
  void aChildThatNeverTellsThatItHasStarted() {
    TaskGroup.run(nursery -> {
      try {
        nursery.<Integer>startAndWait(_ -> sleep(1));
      } catch (IllegalStateException e) {
        trace("refused");
      }
    });
  }

  @Scenario
  void aStartThatIsCancelled() {
    TaskGroup.run(nursery -> {
      var scope = new Scope().timeout(ofSeconds(1));
      scope.run(() -> {
        nursery.<Integer>startAndWait(_ -> {
          try {
            sleep(5);
          } finally {
            trace("the server is cut");
          }
        });
      });
      traceCut(scope);
    });
  }

  @Scenario
  void aClosedNurseryTakesNoChildren() {
    var nursery = TaskGroup.open();
    nursery.close();
    try {
      nursery.start(() -> sleeper("late", 1));
    } catch (IllegalStateException e) {
      trace("refused");
    }
  }
}
