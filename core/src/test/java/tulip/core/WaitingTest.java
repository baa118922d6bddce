// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import tulip.core.LoopOptions.Engine;

/// Waits on several things: wait, asCompleted, race, waitFor, moveOnAfter, supervisor groups.
class WaitingTest {
  private static Task<Integer> after(int seconds) {
    return Tulip.createTask(() -> {
      Tulip.sleep(ofSeconds(seconds));
      return seconds;
    });
  }

  private static Task<Integer> failingAfter(int seconds) {
    return Tulip.createTask(() -> {
      Tulip.sleep(ofSeconds(seconds));
      throw new IOException("after " + seconds);
    });
  }

  @BothEngines
  void waitReturnsWhenTheFirstIsDone(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var one = after(1);
          var two = after(2);
          var waited = Tulip.wait(List.of(two, one), null, ReturnWhen.FIRST_COMPLETED);
          assertEquals(Set.of(one), waited.done());
          assertEquals(Set.of(two), waited.pending());
          assertEquals(2, two.await());
        });
  }

  @BothEngines
  void waitReturnsAtTheFirstFailure(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var one = after(1);
          var bad = failingAfter(2);
          var three = after(3);
          var waited = Tulip.wait(List.of(one, bad, three), null, ReturnWhen.FIRST_EXCEPTION);
          assertEquals(List.of(one, bad), List.copyOf(waited.done()));
          assertEquals(Set.of(three), waited.pending());
        });
  }

  @BothEngines
  void waitForAllStopsAtItsLimitWithoutThrowing(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var one = after(1);
          var three = after(3);
          var waited = Tulip.wait(List.of(one, three), ofSeconds(2), ReturnWhen.ALL_COMPLETED);
          assertEquals(Set.of(one), waited.done());
          assertEquals(Set.of(three), waited.pending());
          assertFalse(three.isDone());
          var rest = Tulip.wait(List.of(one, three), null, ReturnWhen.ALL_COMPLETED);
          assertEquals(List.of(one, three), List.copyOf(rest.done()));
        });
  }

  @BothEngines
  void waitingForNothingIsRefused(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () ->
            assertThrows(
                IllegalArgumentException.class,
                () -> Tulip.wait(List.of(), null, ReturnWhen.ALL_COMPLETED)));
  }

  @BothEngines
  void aCancelledWaitLeavesTheFuturesAlone(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var task = after(5);
          assertFalse(
              Tulip.moveOnAfter(
                  ofSeconds(1),
                  () -> {
                    var _ = Tulip.wait(List.of(task), null, ReturnWhen.ALL_COMPLETED);
                  }));
          assertFalse(task.isDone());
          assertEquals(5, task.await());
        });
  }

  @BothEngines
  void asCompletedGivesThemInTheOrderOfTheirEnds(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var seen = new ArrayList<Integer>();
          var tasks = List.of(after(3), after(1), after(2));
          for (var task : Tulip.asCompleted(tasks, null)) {
            seen.add(task.result());
          }
          assertEquals(List.of(1, 2, 3), seen);
        });
  }

  @BothEngines
  void asCompletedThrowsWhenItsLimitHasPassed(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var futures = Tulip.asCompleted(List.of(after(1), after(9)), ofSeconds(2)).iterator();
          assertEquals(1, futures.next().result());
          assertTrue(futures.hasNext());
          assertThrows(TimeoutException.class, futures::next);
        });
  }

  @BothEngines
  void theFirstResultWinsARaceAndTheOthersAreCancelled(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var cancelled = new ArrayList<String>();
          long begin = EventLoop.current().time();
          String winner =
              Tulip.race(
                  () -> {
                    throw new IOException("falls at the first fence");
                  },
                  () -> {
                    Tulip.sleep(ofSeconds(1));
                    return "quick";
                  },
                  () -> {
                    try {
                      Tulip.sleep(ofSeconds(9));
                    } catch (Cancelled e) {
                      cancelled.add(e.reason());
                      throw e;
                    }
                    return "slow";
                  });
          assertEquals("quick", winner);
          assertEquals(List.of("another call has won"), cancelled);
          assertEquals(ofSeconds(1).toNanos(), EventLoop.current().time() - begin);
        });
  }

  @BothEngines
  void aRaceThatNobodyFinishesTellsAllFailures(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var group =
              assertThrows(
                  ExceptionGroup.class,
                  () ->
                      Tulip.<String>race(
                          () -> {
                            throw new IOException("one");
                          },
                          () -> {
                            throw new IllegalStateException("two");
                          }));
          assertEquals(2, group.exceptions().size());
        });
  }

  @BothEngines
  void waitForCancelsWhatIsLate(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var late = after(9);
          assertThrows(TimeoutException.class, () -> Tulip.waitFor(late, ofSeconds(1)));
          assertTrue(late.isCancelled());
          assertEquals(1, Tulip.waitFor(after(1), ofSeconds(5)));
          var stubborn =
              Tulip.createTask(() -> {
                try {
                  Tulip.sleepForever();
                } catch (Cancelled e) {
                  return "after all";
                }
                return "never";
              });
          assertEquals("after all", Tulip.waitFor(stubborn, ofSeconds(1)));
        });
  }

  @BothEngines
  void aSupervisorLetsTheOthersGoOnAndTellsAtTheEnd(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var ended = new ArrayList<String>();
          try (var group = TaskGroup.openSupervisor()) {
            group.start(() -> {
              throw new IOException("early");
            });
            group.start(() -> {
              Tulip.sleep(ofSeconds(1));
              ended.add("late");
            });
            var failure = assertThrows(ExceptionGroup.class, group::join);
            assertEquals("early", failure.exceptions().getFirst().getMessage());
          }
          assertEquals(List.of("late"), ended);
        });
  }

  @BothEngines
  void theEffectiveDeadlineIsTheEarliestThatReaches(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          assertEquals(Long.MAX_VALUE, Scope.effectiveDeadline());
          long now = EventLoop.current().time();
          new Scope()
              .deadline(now + 5)
              .run(() -> {
                new Scope()
                    .deadline(now + 9)
                    .run(() -> assertEquals(now + 5, Scope.effectiveDeadline()));
                new Scope()
                    .deadline(now + 9)
                    .shield(true)
                    .run(() -> assertEquals(now + 9, Scope.effectiveDeadline()));
              });
          var cancelled = new Scope();
          cancelled.run(() -> {
            cancelled.cancel();
            assertEquals(now, Scope.effectiveDeadline());
          });
        });
  }

  @Test
  void aGroupIsSplitByACondition() {
    var io = new IOException("io");
    var state = new IllegalStateException("state");
    var group =
        new ExceptionGroup("outer", List.of(new ExceptionGroup("inner", List.of(io)), state));
    var split = group.split(IOException.class::isInstance);
    assertEquals(List.of(state), split.rest() == null ? null : split.rest().exceptions());
    var matching = split.matching();
    assertTrue(matching != null && matching.exceptions().getFirst() instanceof ExceptionGroup);
    assertNull(group.subgroup(ArithmeticException.class::isInstance));
    assertNull(group.split(_ -> true).rest());
  }

  @BothEngines
  void aFutureThatIsGivenTwiceCountsOnce(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var one = after(1);
          var two = after(2);
          var waited = Tulip.wait(List.of(one, two, one), null, ReturnWhen.ALL_COMPLETED);
          assertEquals(List.of(one, two), List.copyOf(waited.done()));
          var seen = new ArrayList<Object>();
          Tulip.asCompleted(List.of(two, one, two), null).forEach(seen::add);
          assertEquals(List.of(two, one), seen);
        });
  }

  @BothEngines
  void anIterationOfAsCompletedGoesOnWhereItWas(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var completed = Tulip.asCompleted(List.of(after(3), after(1), after(2)), null);
          assertEquals(1, completed.iterator().next().result());
          var rest = new ArrayList<Object>();
          completed.forEach(done -> rest.add(done.result()));
          assertEquals(List.of(2, 3), rest);
        });
  }

  @BothEngines
  void asCompletedOfNothingIsNothing(Engine engine) throws Exception {
    OnLoop.run(
        engine, () -> assertFalse(Tulip.asCompleted(List.of(), ofSeconds(1)).iterator().hasNext()));
  }

  @BothEngines
  void onlyItsTaskIteratesOverAsCompleted(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var completed = Tulip.asCompleted(List.of(after(1)), null).iterator();
          var other =
              Tulip.createTask(() -> {
                assertThrows(IllegalStateException.class, completed::next);
              });
          other.await();
          assertEquals(1, completed.next().result());
        });
  }
}
