// SPDX-License-Identifier: Apache-2.0
package tulip.core.sync;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.core.sync.Turns.assertContains;
import static tulip.core.sync.Turns.join;
import static tulip.core.sync.Turns.settle;
import static tulip.core.sync.Turns.start;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import tulip.core.BothEngines;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.OnLoop;
import tulip.core.Task;
import tulip.core.Tulip;

class BarrierTest {
  private final Barrier barrier = new Barrier(3);
  private final ArrayList<String> trail = new ArrayList<>();

  private List<Task<?>> arrive(String... names) {
    var tasks = new ArrayList<Task<?>>();
    for (var name : names) {
      tasks.add(
          start(
              name,
              () -> {
                try {
                  trail.add(name + barrier.await());
                } catch (BrokenBarrierException e) {
                  trail.add(name + " broken");
                }
              }));
    }
    settle();
    return tasks;
  }

  @BothEngines
  void letsAllGoWhenTheLastHasCome(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var tasks = arrive("a", "b");
          assertEquals(List.of(), trail);
          assertEquals(2, barrier.waiting());
          assertEquals(2, barrier.await());
          assertEquals(0, barrier.waiting());
          join(tasks);
          assertEquals(List.of("a0", "b1"), trail);
        });
  }

  @BothEngines
  void theLastOneDoesNotGiveUpItsTurn(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var tasks = arrive("a", "b");
          barrier.await();
          trail.add("main");
          join(tasks);
          assertEquals(List.of("main", "a0", "b1"), trail);
        });
  }

  @BothEngines
  void canBeUsedAgainAndAgain(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var indexes = new ArrayList<Integer>();
          var tasks = new ArrayList<Task<?>>();
          for (int i = 0; i < 3; i++) {
            tasks.add(
                start(
                    "t" + i,
                    () -> {
                      for (int round = 0; round < 5; round++) {
                        indexes.add(barrier.await());
                      }
                    }));
          }
          join(tasks);
          for (int round = 0; round < 5; round++) {
            var sorted = new ArrayList<>(indexes.subList(3 * round, 3 * round + 3));
            sorted.sort(null);
            assertEquals(List.of(0, 1, 2), sorted);
          }
        });
  }

  @BothEngines
  void nobodyEntersARoundTwice(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var rounds = new int[3];
          var tasks = new ArrayList<Task<?>>();
          for (int i = 0; i < 3; i++) {
            int number = i;
            tasks.add(
                start(
                    "t" + i,
                    () -> {
                      for (int round = 0; round < 10; round++) {
                        for (int turns = 0; turns < number; turns++) {
                          Tulip.yield();
                        }
                        barrier.await();
                        rounds[number]++;
                        for (int other : rounds) {
                          assertTrue(Math.abs(other - rounds[number]) <= 1);
                        }
                      }
                    }));
          }
          join(tasks);
        });
  }

  @BothEngines
  void moreThanItsPartiesMakeSeveralRounds(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var tasks = arrive("a", "b", "c", "d", "e", "f", "g");
          assertEquals(6, trail.size());
          assertEquals(1, barrier.waiting());
          tasks.getLast().cancel();
          tasks.getLast().awaitDone();
          assertEquals(0, barrier.waiting());
        });
  }

  @BothEngines
  void aBarrierForOneNeverWaits(Engine engine) throws Exception {
    OnLoop.run(engine, () -> assertEquals(0, new Barrier(1).await()));
  }

  @Test
  void needsAParty() {
    assertThrows(IllegalArgumentException.class, () -> new Barrier(0));
    assertThrows(IllegalArgumentException.class, () -> new Barrier(-1));
    assertEquals(3, barrier.parties());
  }

  @BothEngines
  void aCancelledTaskJustLeaves(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var tasks = arrive("a", "b");
          tasks.getFirst().cancel();
          settle();
          assertEquals(1, barrier.waiting());
          assertFalse(barrier.isBroken());
          var more = arrive("c", "d");
          join(more);
          // each index once, though the first one has left
          assertEquals(List.of("d2", "b0", "c1"), trail);
        });
  }

  @BothEngines
  void whoIsCancelledAfterTheLastHasComeGoesOn(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var tasks = arrive("a", "b");
          barrier.await();
          tasks.getFirst().cancel();
          settle();
          assertEquals(List.of("a0", "b1"), trail);
        });
  }

  @BothEngines
  void whoIsCancelledBeforeTheLastHasComeIsMissing(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var tasks = arrive("a", "b");
          tasks.getFirst().cancel();
          assertThrows(
              TimeoutException.class, () -> Tulip.timeout(ofSeconds(1), () -> barrier.await()));
          arrive("c", "d");
          assertEquals(List.of("d2", "b0", "c1"), trail);
        });
  }

  @BothEngines
  void abortTellsThoseWhoWaitAndThoseWhoCome(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          arrive("a", "b");
          barrier.abort();
          assertTrue(barrier.isBroken());
          settle();
          assertEquals(List.of("a broken", "b broken"), trail);
          var e = assertThrows(BrokenBarrierException.class, barrier::await);
          assertContains("reset it first", e.getMessage());
        });
  }

  @BothEngines
  void whoWasLetGoBeforeAnAbortIsNotTold(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          arrive("a", "b");
          barrier.await();
          barrier.abort();
          settle();
          assertEquals(List.of("a0", "b1"), trail);
        });
  }

  @BothEngines
  void resetMendsAnAbortedBarrier(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          barrier.abort();
          barrier.reset();
          assertFalse(barrier.isBroken());
          join(arrive("a", "b", "c"));
          assertEquals(List.of("c2", "a0", "b1"), trail);
        });
  }

  @BothEngines
  void resetTellsThoseWhoWaitOnly(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          arrive("a", "b");
          barrier.reset();
          assertEquals(0, barrier.waiting());
          arrive("c", "d", "e");
          assertEquals(List.of("a broken", "b broken", "e2", "c0", "d1"), trail);
        });
  }

  @BothEngines
  void resetOfAnEmptyBarrierDoesNothing(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          barrier.reset();
          join(arrive("a", "b", "c"));
          assertFalse(barrier.isBroken());
        });
  }

  @BothEngines
  void whoIsCancelledInTheTurnOfAResetIsCancelled(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var tasks = arrive("a", "b");
          tasks.getFirst().cancel();
          barrier.reset();
          settle();
          assertTrue(tasks.getFirst().isCancelled());
          assertEquals(List.of("b broken"), trail);
        });
  }

  @BothEngines
  void whoIsToldMayComeAgainAtOnce(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var task =
              start(
                  "a",
                  () -> {
                    assertThrows(BrokenBarrierException.class, barrier::await);
                    trail.add("a" + barrier.await());
                  });
          settle();
          barrier.reset();
          arrive("b", "c");
          task.await();
          assertEquals(List.of("c2", "a0", "b1"), trail);
        });
  }

  @BothEngines
  void callbacksAbortAndResetAndOtherThreadsDoNot(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          EventLoop.current().callLater(ofSeconds(1), barrier::abort);
          assertThrows(BrokenBarrierException.class, barrier::await);
          Tulip.blocking(() -> {
            assertThrows(IllegalStateException.class, barrier::reset);
            assertThrows(IllegalStateException.class, barrier::abort);
          });
        });
  }

  @BothEngines
  void saysWhoWaits(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var tasks = arrive("a", "b");
          assertEquals(new Barrier.Statistics(3, tasks, false), barrier.statistics());
          assertEquals("barrier for 3, 2 waiting: a, b", barrier.toString());
          barrier.abort();
          assertEquals(new Barrier.Statistics(3, List.of(), true), barrier.statistics());
          assertEquals("broken barrier for 3", barrier.toString());
        });
  }
}
