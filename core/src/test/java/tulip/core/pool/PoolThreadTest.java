// SPDX-License-Identifier: Apache-2.0
package tulip.core.pool;

import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tulip.core.BothEngines;
import tulip.core.EventLoop;
import tulip.core.LoopClosedException;
import tulip.core.LoopOptions.Engine;
import tulip.core.OnLoop;
import tulip.core.Runner;
import tulip.core.Tulip;

/// In a thread that is no task of the loop.
class PoolThreadTest {
  private static Iterable<Integer> numbers(int from, int to) {
    return () -> IntStream.range(from, to).iterator();
  }

  private static List<Integer> list(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private static int backwards(int item) {
    Tulip.sleep(ofMillis(100 - item));
    return item;
  }

  private static int tasks(EventLoop loop) throws Exception {
    // the task that counts is one of them
    return loop.submit(() -> EventLoop.current().taskCount()).get() - 1;
  }

  @Test
  void aPlainThreadGetsALoopOfItsOwnWhichEndsWithTheResults() {
    var loops = new ArrayList<EventLoop>();
    var got = new ArrayList<Integer>();
    try (var results =
        Pool.mapOrdered(
            numbers(0, 20),
            4,
            item -> {
              loops.add(EventLoop.current());
              Tulip.yield();
              return item;
            })) {
      results.forEach(got::add);
    }
    assertEquals(list(0, 20), got);
    assertEquals(1, loops.stream().distinct().count());
    assertTrue(loops.getFirst().isClosed());
  }

  @Test
  void iteratingToTheEndIsEnough() {
    var loops = new ArrayList<EventLoop>();
    int count = 0;
    for (int _ :
        Pool.mapUnordered(
            numbers(0, 20),
            4,
            item -> {
              loops.add(EventLoop.current());
              return item;
            })) {
      count++;
    }
    assertEquals(20, count);
    assertTrue(loops.getFirst().isClosed());
  }

  @Test
  void leavingEarlyEndsTheLoop() {
    var loops = new ArrayList<EventLoop>();
    try (var results =
        Pool.mapUnordered(
            () -> IntStream.iterate(0, i -> i + 1).iterator(),
            4,
            item -> {
              loops.add(EventLoop.current());
              Tulip.yield();
              return item;
            })) {
      assertTrue(results.iterator().hasNext());
    }
    assertTrue(loops.getFirst().isClosed());
  }

  @BothEngines
  void aGivenLoopIsUsedAndLeftOpen(Engine engine) throws Exception {
    try (var runner = Runner.open(OnLoop.options(engine))) {
      var loop = runner.loop();
      for (boolean ordered : List.of(true, false)) {
        var got = new ArrayList<Integer>();
        try (var results =
            ordered
                ? Pool.mapOrdered(loop, numbers(0, 50), 4, PoolThreadTest::backwards)
                : Pool.mapUnordered(loop, numbers(0, 50), 4, PoolThreadTest::backwards)) {
          results.forEach(got::add);
          assertThrows(NoSuchElementException.class, results.iterator()::next);
        }
        got.sort(null);
        assertEquals(list(0, 50), got);
        assertEquals(0, tasks(loop));
      }
      assertFalse(loop.isClosed());
    }
  }

  @BothEngines
  void leavingEarlyLeavesNoTaskOnTheGivenLoop(Engine engine) throws Exception {
    try (var runner = Runner.open(OnLoop.options(engine))) {
      for (int taken : List.of(0, 1, 10)) {
        try (var results =
            Pool.mapOrdered(runner.loop(), numbers(0, 100), 4, PoolThreadTest::backwards)) {
          for (int i = 0; i < taken; i++) {
            assertEquals(i, results.iterator().next());
          }
        }
        assertEquals(0, tasks(runner.loop()));
      }
    }
  }

  @BothEngines
  void aFailureComesThroughToTheThread(Engine engine) throws Exception {
    try (var runner = Runner.open(OnLoop.options(engine))) {
      try (var results =
          Pool.<Integer, Integer>mapOrdered(
              runner.loop(),
              numbers(0, 10),
              2,
              item -> {
                Tulip.sleep(ofMillis(1));
                if (item == 3) {
                  throw new IOException("item " + item);
                }
                return item;
              })) {
        var error = assertThrows(CompletionException.class, () -> results.forEach(_ -> {}));
        assertEquals("java.io.IOException: item 3", String.valueOf(error.getCause()));
      }
      assertEquals(0, tasks(runner.loop()));
      var untold =
          Pool.<Integer, Integer>mapOrdered(
              runner.loop(),
              numbers(0, 10),
              2,
              _ -> {
                throw new IllegalStateException("nobody iterates");
              });
      while (tasks(runner.loop()) > 1) {
        Thread.onSpinWait(); // until only the one that serves the thread is left
      }
      assertThrows(IllegalStateException.class, untold::close);
      untold.close();
      assertThrows(CancellationException.class, untold.iterator()::hasNext);
    }
  }

  @BothEngines
  void aSlowThreadSlowsTheSourceDown(Engine engine) throws Exception {
    var pulled = new AtomicInteger();
    Iterable<Integer> source =
        () -> IntStream.iterate(0, i -> i + 1).peek(_ -> pulled.getAndIncrement()).iterator();
    try (var runner = Runner.open(OnLoop.options(engine));
        var results = Pool.mapUnordered(runner.loop(), source, 4, item -> item)) {
      for (int taken = 1; taken <= 100; taken++) {
        assertEquals(taken - 1, results.iterator().next());
        assertTrue(pulled.get() <= taken + 8, taken + " taken, " + pulled + " pulled");
      }
    }
  }

  @BothEngines
  void inATaskOfTheGivenLoopItRunsRightThere(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          try (var results = Pool.mapOrdered(loop, numbers(0, 5), 2, _ -> EventLoop.current())) {
            for (var each : results) {
              assertSame(loop, each);
            }
          }
          assertEquals(1, loop.taskCount());
        });
  }

  @BothEngines
  void aTaskMayUseAnotherLoop(Engine engine) throws Exception {
    try (var runner = Runner.open(OnLoop.options(engine))) {
      OnLoop.run(
          engine,
          () -> {
            var here = EventLoop.current();
            try (var results =
                Pool.mapOrdered(runner.loop(), numbers(0, 20), 3, _ -> EventLoop.current())) {
              for (var there : results) {
                assertSame(runner.loop(), there);
                assertTrue(here.inLoop());
              }
            }
            assertThrows(
                CompletionException.class,
                () -> {
                  try (var results =
                      Pool.mapOrdered(
                          runner.loop(),
                          numbers(0, 3),
                          3,
                          _ -> {
                            throw new IOException("far away");
                          })) {
                    results.iterator().next();
                  }
                });
          });
      assertEquals(0, tasks(runner.loop()));
    }
  }

  @BothEngines
  void cancellingATaskThatUsesAnotherLoopEndsTheCallsThere(Engine engine) throws Exception {
    try (var runner = Runner.open(OnLoop.options(engine))) {
      OnLoop.run(
          engine,
          () ->
              assertThrows(
                  TimeoutException.class,
                  () ->
                      Tulip.timeout(
                          ofMillis(20),
                          () -> {
                            try (var results =
                                Pool.<Integer, Integer>mapOrdered(
                                    runner.loop(),
                                    numbers(0, 20),
                                    3,
                                    item -> {
                                      Tulip.sleepForever();
                                      return item;
                                    })) {
                              results.iterator().next();
                            }
                          })));
      assertEquals(0, tasks(runner.loop()));
    }
  }

  @BothEngines
  void anInterruptEndsTheIterationAndKeepsTheFlag(Engine engine) throws Exception {
    try (var runner = Runner.open(OnLoop.options(engine))) {
      try (var results =
          Pool.<Integer, Integer>mapOrdered(
              runner.loop(),
              numbers(0, 20),
              3,
              item -> {
                Tulip.sleepForever();
                return item;
              })) {
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, results.iterator()::hasNext);
        assertTrue(Thread.currentThread().isInterrupted());
      }
      assertTrue(Thread.interrupted());
      assertEquals(0, tasks(runner.loop()));
    }
  }

  @BothEngines
  void aLoopThatEndsMeanwhileEndsTheIteration(Engine engine) throws Exception {
    var runner = Runner.open(OnLoop.options(engine));
    var results =
        Pool.<Integer, Integer>mapOrdered(
            runner.loop(),
            numbers(0, 20),
            3,
            item -> {
              if (item == 2) {
                EventLoop.current().stop();
              }
              Tulip.sleepForever();
              return item;
            });
    assertThrows(CancellationException.class, results.iterator()::hasNext);
    runner.close();
    results.close();
    assertThrows(CancellationException.class, results.iterator()::hasNext);
    assertThrows(
        LoopClosedException.class,
        () -> Pool.mapOrdered(runner.loop(), numbers(0, 3), 3, item -> item));
  }

  @BothEngines
  void aLoopThatIsClosedWithoutAnEndEndsTheIterationToo(Engine engine) throws Exception {
    var loop = EventLoop.create(OnLoop.options(engine));
    var results =
        Pool.<Integer, Integer>mapOrdered(
            loop,
            numbers(0, 20),
            3,
            item -> {
              EventLoop.current().stop();
              Tulip.sleepForever();
              return item;
            });
    loop.runForever();
    loop.close();
    assertThrows(LoopClosedException.class, results::close);
  }

  @BothEngines
  void thousandsOfItemsPassToAThread(Engine engine) throws Exception {
    try (var runner = Runner.open(OnLoop.options(engine));
        var results = Pool.mapOrdered(runner.loop(), numbers(0, 20_000), 64, item -> item)) {
      int next = 0;
      for (int item : results) {
        assertEquals(next++, item);
      }
      assertEquals(20_000, next);
    }
  }

  @BothEngines
  void callsRunOnTheLoopsThread(Engine engine) throws Exception {
    try (var runner = Runner.open(OnLoop.options(engine));
        var results =
            Pool.mapOrdered(runner.loop(), numbers(0, 3), 3, _ -> EventLoop.current().inLoop())) {
      for (boolean inLoop : results) {
        assertTrue(inLoop);
      }
    }
  }
}
