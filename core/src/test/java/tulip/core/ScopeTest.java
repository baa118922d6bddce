// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import tulip.core.LoopOptions.Engine;

class ScopeTest {
  @BothEngines
  void aBlockThatEndsInTimeReturnsItsResult(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var scope = new Scope().timeout(ofSeconds(1));
          assertEquals("done", scope.run(() -> "done"));
          assertFalse(scope.wasCancelled());
          assertFalse(scope.isCancelled());
        });
  }

  @BothEngines
  void aDeadlineCutsTheWaitShort(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          long begin = EventLoop.current().time();
          var scope = new Scope().timeout(ofSeconds(1));
          assertNull(
              scope.run(() -> {
                Tulip.sleepForever();
                return "never";
              }));
          assertTrue(scope.wasCancelled());
          assertTrue(scope.isExpired());
          assertEquals(ofSeconds(1).toNanos(), EventLoop.current().time() - begin);
        });
  }

  /// asyncio forgets a cancellation that was swallowed: the second sleep would run to its end.
  @BothEngines
  void aSwallowedCancellationComesAgain(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var swallowed = new ArrayList<String>();
          assertThrows(
              TimeoutException.class,
              () ->
                  Tulip.timeout(
                      ofMillis(10),
                      () -> {
                        for (int i = 0; i < 3; i++) {
                          try {
                            Tulip.sleep(ofSeconds(1));
                          } catch (Cancelled e) {
                            swallowed.add(e.reason());
                          }
                        }
                        Tulip.sleep(ofSeconds(1));
                      }));
          assertEquals(java.util.Collections.nCopies(3, "deadline exceeded"), swallowed);
        });
  }

  @BothEngines
  void aTaskThatSwallowsItsCancellationDoesNotStarveTheOthers(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var group = TaskGroup.open()) {
            var stubborn = new boolean[] {true};
            var task =
                group.start(() -> {
                  while (stubborn[0]) {
                    try {
                      Tulip.sleep(ofSeconds(1));
                    } catch (Cancelled e) {
                      // goes on
                    }
                  }
                });
            Tulip.yield();
            task.taskScope().cancel("now");
            for (int i = 0; i < 10; i++) {
              Tulip.yield(); // virtual time would not pass: somebody is always ready
            }
            stubborn[0] = false;
            group.join();
          }
        });
  }

  @BothEngines
  void theOutermostCancelledScopeCatches(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var outer = new Scope();
          var inner = new Scope();
          outer.run(() -> {
            inner.run(() -> {
              inner.cancel("inner");
              outer.cancel("outer");
              var cancelled = assertThrows(Cancelled.class, () -> Tulip.sleep(ofSeconds(1)));
              assertEquals("outer", cancelled.reason());
              throw cancelled;
            });
            fail("the inner scope must let it pass");
          });
          assertTrue(outer.wasCancelled());
          assertFalse(inner.wasCancelled());
        });
  }

  @BothEngines
  void aShieldKeepsTheOuterCancellationOutUntilItIsLeft(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var trail = new ArrayList<String>();
          var scope = new Scope();
          scope.run(() -> {
            scope.cancel();
            Tulip.shield(() -> {
              Tulip.sleep(ofSeconds(1));
              trail.add("cleaned up");
            });
            Tulip.sleep(ofSeconds(1));
            trail.add("not reached");
          });
          assertEquals(List.of("cleaned up"), trail);
          assertTrue(scope.wasCancelled());
        });
  }

  @BothEngines
  void aShieldMayBeTakenAwayWhileTheBlockWaits(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var outer = new Scope();
          var shield = new Scope().shield(true);
          EventLoop.current().callLater(ofSeconds(1), outer::cancel);
          EventLoop.current().callLater(ofSeconds(2), () -> shield.shield(false));
          long begin = EventLoop.current().time();
          outer.run(() -> shield.run(Tulip::sleepForever));
          assertEquals(ofSeconds(2).toNanos(), EventLoop.current().time() - begin);
          assertTrue(outer.wasCancelled());
        });
  }

  @BothEngines
  void cancellationReachesTasksStartedInside(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var ended = new ArrayList<String>();
          var scope = new Scope();
          EventLoop.current().callLater(ofSeconds(1), () -> scope.cancel("enough"));
          scope.run(() -> {
            try (var group = TaskGroup.open()) {
              for (int i = 0; i < 3; i++) {
                group.start(() -> sleepAndTell(ended));
              }
              group.join();
            }
          });
          assertEquals(List.of("enough", "enough", "enough"), ended);
          assertTrue(scope.wasCancelled());
        });
  }

  private static void sleepAndTell(List<String> ended) {
    try {
      Tulip.sleepForever();
    } catch (Cancelled e) {
      ended.add(e.reason());
      throw e;
    }
  }

  @BothEngines
  void aDeadlineMayBeMoved(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          long begin = loop.time();
          var scope = new Scope().timeout(ofSeconds(1));
          scope.run(() -> {
            scope.deadline(begin + ofSeconds(5).toNanos());
            Tulip.sleepForever();
          });
          assertEquals(ofSeconds(5).toNanos(), loop.time() - begin);
          var never = new Scope().timeout(ofSeconds(1));
          never.run(() -> {
            never.deadline(Long.MAX_VALUE);
            Tulip.sleep(ofSeconds(10));
          });
          assertFalse(never.wasCancelled());
        });
  }

  @BothEngines
  void aDeadlineInThePastCancelsTheFirstWait(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var trail = new ArrayList<String>();
          var scope = new Scope().timeout(ofSeconds(-1));
          scope.run(() -> {
            trail.add("begun");
            Tulip.yield();
            trail.add("not reached");
          });
          assertEquals(List.of("begun"), trail);
        });
  }

  @BothEngines
  void aScopeMayBeCancelledBeforeItIsEntered(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var scope = new Scope();
          scope.cancel("early");
          scope.run(() -> Tulip.sleepForever());
          assertTrue(scope.wasCancelled());
          assertEquals("early", scope.reason());
        });
  }

  @BothEngines
  void aScopeServesOnce(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var scope = new Scope();
          scope.run(() -> {});
          assertThrows(IllegalStateException.class, () -> scope.run(() -> {}));
        });
  }

  @BothEngines
  void hundredsOfNestedScopesAreCancelled(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var outer = new Scope();
          EventLoop.current().callLater(ofSeconds(1), outer::cancel);
          outer.run(() -> nest(300));
          assertTrue(outer.wasCancelled());
        });
  }

  private static void nest(int depth) {
    if (depth == 0) {
      Tulip.sleepForever();
    } else {
      new Scope().run(() -> nest(depth - 1));
    }
  }

  @BothEngines
  void aResultThatIsThereIsReturnedThoughTheDeadlineHasPassed(Engine engine) throws Exception {
    var clock = VirtualClock.autojump();
    OnLoop.run(
        OnLoop.options(engine).withClock(clock),
        () -> {
          Block<String, RuntimeException> late =
              () -> {
                clock.advance(ofSeconds(5));
                return "late";
              };
          assertEquals("late", Tulip.timeout(ofSeconds(1), late));
          return null;
        });
  }
}
