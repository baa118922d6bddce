// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import tulip.core.LoopOptions.Engine;

/// Ending with a grace: what is cut at once, what may finish, and what is cut in the end.
class GracefulTest {
  private static final long SECOND = 1_000_000_000;

  /// Ends a scope when a second has passed.
  private static void endSoon(Scope scope, int grace) {
    EventLoop.current()
        .callLater(ofSeconds(1), () -> scope.cancelGracefully(ofSeconds(grace), "over"));
  }

  private static boolean cutsSoftly(Action<RuntimeException> block) {
    var idle = new Scope().soft(true);
    idle.run(block);
    return idle.wasCancelled();
  }

  private static long seconds(long since) {
    long nanos = EventLoop.current().time() - since;
    assertEquals(0, nanos % SECOND);
    return nanos / SECOND;
  }

  @BothEngines
  void whatIsSoftIsCutAtOnceAndTheRestRunsOn(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          long begin = EventLoop.current().time();
          var scope = new Scope();
          endSoon(scope, 10);
          var result =
              scope.run(() -> {
                assertFalse(Scope.isEnding());
                assertTrue(cutsSoftly(Tulip::sleepForever));
                assertEquals(1, seconds(begin));
                assertTrue(Scope.isEnding());
                Tulip.sleep(ofSeconds(5));
                return "finished";
              });
          assertEquals("finished", result);
          assertFalse(scope.isCancelled());
          assertFalse(scope.wasCancelled());
          assertTrue(EventLoop.current().timers.isEmpty(), "the grace is still watched");
        });
  }

  @BothEngines
  void whenTheGraceIsOverAllIsCut(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          long begin = EventLoop.current().time();
          var scope = new Scope();
          endSoon(scope, 10);
          scope.run(Tulip::sleepForever);
          assertTrue(scope.wasCancelled());
          assertFalse(scope.isExpired());
          assertEquals("over: its grace is over", scope.reason());
          assertEquals(11, seconds(begin));
        });
  }

  @BothEngines
  void theSoftScopeKnowsWhy(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var scope = new Scope();
          var idle = new Scope().soft(true);
          endSoon(scope, 10);
          scope.run(() ->
              idle.run(() -> {
                var cancelled = assertThrows(Cancelled.class, Tulip::sleepForever);
                assertEquals("over", cancelled.reason());
                assertEquals(idle, cancelled.scope());
                assertThrows(Cancelled.class, Tulip::yield, "cancellation stays");
                throw cancelled;
              }));
          assertTrue(idle.isSoft() && idle.isCancelled() && idle.wasCancelled());
          assertEquals("over", idle.reason());
        });
  }

  @BothEngines
  void whoComesTooLateIsCutAtItsFirstWait(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var scope = new Scope();
          scope.run(() -> {
            scope.cancelGracefully(ofSeconds(10));
            long begin = EventLoop.current().time();
            var trail = new ArrayList<String>();
            assertTrue(
                cutsSoftly(() -> {
                  trail.add("begun");
                  Tulip.yield();
                  trail.add("not reached");
                }));
            assertFalse(cutsSoftly(() -> trail.add("needs no wait")));
            assertEquals(List.of("begun", "needs no wait"), trail);
            assertEquals(0, seconds(begin));
          });
          assertFalse(scope.wasCancelled());
        });
  }

  @BothEngines
  void aTaskThatIsStartedTooLateSeesIt(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () ->
            TaskGroup.run(group -> {
              group.cancelGracefully(ofSeconds(10));
              var late = group.start(() -> Scope.isEnding() && cutsSoftly(Tulip::sleepForever));
              group.join();
              assertTrue(late.result());
            }));
  }

  @BothEngines
  void childrenAreToldAndTheirGroupJoins(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          long begin = EventLoop.current().time();
          var trail = new ArrayList<String>();
          try (var group = TaskGroup.open()) {
            for (int i = 1; i <= 3; i++) {
              int number = i;
              group.start(() -> {
                cutsSoftly(Tulip::sleepForever);
                Tulip.sleep(ofSeconds(number));
                trail.add("finished " + number);
              });
            }
            group.start(() -> {
              try {
                Tulip.sleepForever();
              } finally {
                trail.add("cut");
              }
            });
            Tulip.yield();
            group.cancelGracefully(ofSeconds(2), "enough");
            group.join();
          }
          assertEquals(List.of("finished 1"), trail.subList(0, 1));
          assertTrue(trail.contains("cut"));
          assertFalse(trail.contains("finished 3"));
          assertEquals(2, seconds(begin));
        });
  }

  @BothEngines
  void ofNestedSoftScopesTheOutermostCatches(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var scope = new Scope();
          var outer = new Scope().soft(true);
          var inner = new Scope().soft(true);
          endSoon(scope, 10);
          var trail = new ArrayList<String>();
          scope.run(() -> {
            outer.run(() -> {
              inner.run(Tulip::sleepForever);
              trail.add("not reached");
            });
            trail.add("goes on");
          });
          assertEquals(List.of("goes on"), trail);
          assertTrue(outer.wasCancelled());
          assertFalse(inner.isCancelled());
        });
  }

  @BothEngines
  void aSoftScopeMayEndItself(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          long begin = EventLoop.current().time();
          var scope = new Scope().soft(true);
          endSoon(scope, 10);
          scope.run(Tulip::sleepForever);
          assertTrue(scope.wasCancelled());
          assertEquals(1, seconds(begin));
        });
  }

  // Shields.

  @BothEngines
  void aShieldKeepsTheEndOut(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          long begin = EventLoop.current().time();
          var scope = new Scope();
          endSoon(scope, 2);
          scope.run(() -> {
            Tulip.shield(() -> {
              assertFalse(cutsSoftly(() -> Tulip.sleep(ofSeconds(9))));
              assertFalse(Scope.isEnding());
            });
            assertTrue(Scope.isEnding());
            Tulip.yield();
          });
          assertTrue(scope.wasCancelled());
          assertEquals(9, seconds(begin));
        });
  }

  @BothEngines
  void aShieldThatIsLoweredLetsTheEndIn(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          long begin = EventLoop.current().time();
          var scope = new Scope();
          var shield = new Scope().shield(true);
          endSoon(scope, 10);
          EventLoop.current().callLater(ofSeconds(3), () -> shield.shield(false));
          scope.run(() -> shield.run(() -> assertTrue(cutsSoftly(Tulip::sleepForever))));
          assertEquals(3, seconds(begin));
          assertFalse(scope.wasCancelled());
        });
  }

  @BothEngines
  void aShieldThatIsRaisedLaterHidesTheEndButMendsNothing(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var scope = new Scope();
          var shield = new Scope();
          scope.run(() ->
              shield.run(() -> {
                var idle = new Scope().soft(true);
                idle.run(() -> {
                  scope.cancelGracefully(ofSeconds(10));
                  shield.shield(true);
                  assertThrows(Cancelled.class, Tulip::yield);
                });
                assertFalse(Scope.isEnding());
                assertFalse(cutsSoftly(() -> Tulip.sleep(ofSeconds(20))));
              }));
          assertTrue(scope.isCancelled());
        });
  }

  @BothEngines
  void aSoftShieldIsNotReached(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var scope = new Scope();
          endSoon(scope, 10);
          var both = new Scope().soft(true).shield(true);
          scope.run(() -> both.run(() -> Tulip.sleep(ofSeconds(5))));
          assertFalse(both.isCancelled());
        });
  }

  @BothEngines
  void aScopeThatBecomesSoftIsCutIfItIsLate(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          long begin = EventLoop.current().time();
          var scope = new Scope();
          var idle = new Scope();
          endSoon(scope, 10);
          EventLoop.current().callLater(ofSeconds(4), () -> idle.soft(true));
          scope.run(() -> idle.run(Tulip::sleepForever));
          assertTrue(idle.wasCancelled());
          assertEquals(4, seconds(begin));
        });
  }

  // The grace.

  @BothEngines
  void noGraceCancelsAtOnce(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          for (var grace : List.of(Duration.ZERO, ofSeconds(-1))) {
            var scope = new Scope();
            scope.run(() -> {
              var idle = new Scope().soft(true);
              idle.run(() -> {
                scope.cancelGracefully(grace, "now");
                Tulip.sleepForever();
              });
              throw new AssertionError("the hard scope catches");
            });
            assertTrue(scope.wasCancelled());
            assertEquals("now", scope.reason());
          }
        });
  }

  @BothEngines
  void aSecondCallShortensTheGrace(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          long begin = EventLoop.current().time();
          var scope = new Scope();
          endSoon(scope, 60);
          EventLoop.current()
              .callLater(ofSeconds(2), () -> scope.cancelGracefully(ofSeconds(3), "hurry"));
          scope.run(Tulip::sleepForever);
          assertEquals(5, seconds(begin));
          assertEquals("over: its grace is over", scope.reason());
        });
  }

  @BothEngines
  void aSecondCallDoesNotExtendTheGrace(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          long begin = EventLoop.current().time();
          var scope = new Scope();
          endSoon(scope, 3);
          EventLoop.current().callLater(ofSeconds(2), () -> scope.cancelGracefully(ofSeconds(60)));
          scope.run(Tulip::sleepForever);
          assertEquals(4, seconds(begin));
        });
  }

  @BothEngines
  void cancelEndsTheGrace(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          long begin = EventLoop.current().time();
          var scope = new Scope();
          endSoon(scope, 60);
          EventLoop.current().callLater(ofSeconds(2), () -> scope.cancel("now"));
          scope.run(() -> {
            assertTrue(cutsSoftly(Tulip::sleepForever));
            Tulip.sleepForever();
          });
          assertEquals(2, seconds(begin));
          assertEquals("now", scope.reason());
          scope.cancelGracefully(ofSeconds(1));
          assertTrue(EventLoop.current().timers.isEmpty());
        });
  }

  @BothEngines
  void aGraceThatIsGivenBeforeTheEntryCountsFromIt(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var scope = new Scope();
          scope.cancelGracefully(ofSeconds(9));
          scope.cancelGracefully(ofSeconds(5));
          scope.cancelGracefully(ofSeconds(7));
          Tulip.sleep(ofSeconds(60));
          long begin = EventLoop.current().time();
          scope.run(() -> {
            assertTrue(Scope.isEnding());
            Tulip.sleepForever();
          });
          assertTrue(scope.wasCancelled());
          assertEquals("its grace is over", scope.reason());
          assertEquals(5, seconds(begin));
        });
  }

  @BothEngines
  void anEndlessGraceNeverCuts(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var scope = new Scope();
          scope.run(() -> {
            scope.cancelGracefully(Duration.ofSeconds(Long.MAX_VALUE));
            assertTrue(cutsSoftly(Tulip::sleepForever));
            Tulip.sleep(Duration.ofDays(1000));
            scope.cancelGracefully(ofSeconds(1));
            Tulip.sleep(ofSeconds(2));
          });
          assertTrue(scope.wasCancelled());
        });
  }

  @BothEngines
  void deadlineAndGraceDoNotTouchEachOther(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          long begin = EventLoop.current().time();
          var late = new Scope();
          late.run(() -> {
            late.cancelGracefully(ofSeconds(10));
            late.deadline(begin + 100 * SECOND);
            assertEquals(begin + 10 * SECOND, Scope.effectiveDeadline());
            assertEquals(begin + 100 * SECOND, late.deadline());
            Tulip.sleepForever();
          });
          assertEquals(10, seconds(begin));
          assertFalse(late.isExpired());

          var early = new Scope();
          early.run(() -> {
            early.cancelGracefully(ofSeconds(10));
            early.deadline(begin + 15 * SECOND);
            assertEquals(begin + 15 * SECOND, Scope.effectiveDeadline());
            Tulip.sleepForever();
          });
          assertEquals(15, seconds(begin));
          assertTrue(early.isExpired());
        });
  }

  @BothEngines
  void scopesThatEndNest(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          long begin = EventLoop.current().time();
          var outer = new Scope();
          var inner = new Scope();
          outer.run(() -> {
            inner.run(() -> {
              inner.cancelGracefully(ofSeconds(3));
              outer.cancelGracefully(ofSeconds(8));
              assertEquals(begin + 3 * SECOND, Scope.effectiveDeadline());
              Tulip.sleepForever();
            });
            assertEquals(3, seconds(begin));
            assertTrue(inner.wasCancelled());
            Tulip.sleepForever();
          });
          assertEquals(8, seconds(begin));
          assertTrue(outer.wasCancelled());
        });
  }

  @BothEngines
  void theEndOfAnInnerScopeIsNotSeenOutside(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var inner = new Scope();
          inner.run(() -> {
            inner.cancelGracefully(ofSeconds(10));
            assertTrue(Scope.isEnding());
          });
          assertFalse(Scope.isEnding());
          assertFalse(cutsSoftly(Tulip::yield));
        });
  }

  @BothEngines
  void whatIsCancelledIsEndingToo(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var scope = new Scope();
          scope.run(() -> {
            scope.cancel();
            assertTrue(Scope.isEnding());
            Tulip.shield(() -> assertFalse(Scope.isEnding()));
          });
        });
  }

  @BothEngines
  void aSoftScopeThatIsCleaningUpIsCutInTheEnd(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          long begin = EventLoop.current().time();
          var scope = new Scope();
          var idle = new Scope().soft(true);
          endSoon(scope, 4);
          scope.run(() -> {
            idle.run(() -> {
              try {
                Tulip.sleepForever();
              } finally {
                Tulip.shield(() -> Tulip.sleep(ofSeconds(30)));
              }
            });
            throw new AssertionError("the whole scope is cancelled by now");
          });
          assertFalse(idle.wasCancelled());
          assertTrue(scope.wasCancelled());
          assertEquals(31, seconds(begin));
        });
  }

  @BothEngines
  void theGraceOfATaskEndsWithIt(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var task = Tulip.createTask(() -> cutsSoftly(Tulip::sleepForever));
          Tulip.yield();
          task.taskScope().cancelGracefully(ofSeconds(100));
          assertTrue(task.await());
          assertTrue(EventLoop.current().timers.isEmpty());
        });
  }

  @BothEngines
  void thousandsAreToldInOneGo(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var group = TaskGroup.open()) {
            var tasks = new ArrayList<Task<Boolean>>();
            for (int i = 0; i < 2_000; i++) {
              tasks.add(group.start(() -> deep(20)));
            }
            Tulip.sleep(ofSeconds(1));
            group.cancelGracefully(ofSeconds(10));
            group.join();
            assertEquals(
                Collections.nCopies(2_000, true), tasks.stream().map(Task::result).toList());
          }
        });
  }

  private static boolean deep(int levels) {
    return levels == 0
        ? cutsSoftly(Tulip::sleepForever)
        : Boolean.TRUE.equals(new Scope().run(() -> deep(levels - 1)));
  }

  /// Accepting stops at once; what was accepted is served to its end.
  @BothEngines
  void aServerStopsAcceptingAndServesWhatItHas(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var log = new ArrayList<String>();
          try (var server = TaskGroup.open()) {
            EventLoop.current()
                .callLater(Duration.ofMillis(2_500), () -> server.cancelGracefully(ofSeconds(30)));
            for (int i = 1; !Scope.isEnding(); i++) {
              int number = i;
              var accept = new Scope().soft(true);
              var client =
                  accept.run(() -> {
                    Tulip.sleep(ofSeconds(1));
                    return "client " + number;
                  });
              if (client != null) {
                server.start(() -> {
                  Tulip.sleep(ofSeconds(5));
                  log.add("served " + client);
                });
              }
            }
            log.add("accepts no more");
            server.join();
          }
          assertEquals(List.of("accepts no more", "served client 1", "served client 2"), log);
        });
  }

  @BothEngines
  void anotherThreadIsRefused(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var scope = new Scope();
          scope.run(() -> {
            var done = new CompletableFuture<String>();
            Thread.ofPlatform().start(() -> tryToEnd(scope, done));
            var thrown =
                assertThrows(ExecutionException.class, () -> Tulip.blocking(() -> done.get()));
            assertTrue(thrown.getCause() instanceof IllegalStateException, thrown.toString());
            assertFalse(Scope.isEnding());
          });
        });
  }

  private static void tryToEnd(Scope scope, CompletableFuture<String> done) {
    try {
      scope.cancelGracefully(ofSeconds(1));
      done.complete("allowed");
    } catch (Throwable t) {
      done.completeExceptionally(t);
    }
  }
}
