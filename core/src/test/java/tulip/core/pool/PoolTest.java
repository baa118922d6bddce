// SPDX-License-Identifier: Apache-2.0
package tulip.core.pool;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tulip.core.BothEngines;
import tulip.core.Cancelled;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.OnLoop;
import tulip.core.Task;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.queue.Channel;

/// In a task of the loop.
class PoolTest {
  private static Iterable<Integer> numbers(int from, int to) {
    return () -> IntStream.range(from, to).iterator();
  }

  private static List<Integer> list(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private static <R> List<R> all(Results<R> results) {
    var all = new ArrayList<R>();
    try (results) {
      results.forEach(all::add);
    }
    assertEquals(1, EventLoop.current().taskCount(), "nothing is left behind");
    return all;
  }

  /// The higher, the sooner.
  private static int backwards(int item) {
    Tulip.sleep(ofMillis(100 - item));
    return item;
  }

  // Results.

  @BothEngines
  void orderedResultsComeInTheOrderOfTheItems(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () ->
            assertEquals(
                list(0, 50), all(Pool.mapOrdered(numbers(0, 50), 7, PoolTest::backwards))));
  }

  @BothEngines
  void unorderedResultsComeAsTheyAreReady(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () ->
            assertEquals(
                List.of(4, 3, 2, 1, 0),
                all(Pool.mapUnordered(numbers(0, 5), 5, PoolTest::backwards))));
  }

  @BothEngines
  void anEmptySourceGivesNothing(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          assertEquals(List.of(), all(Pool.mapOrdered(List.<Integer>of(), 3, item -> item)));
          assertEquals(List.of(), all(Pool.mapUnordered(List.<Integer>of(), 3, item -> item)));
        });
  }

  @BothEngines
  void aCallThatDoesNotWaitIsFine(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          assertEquals(list(1, 101), all(Pool.mapOrdered(numbers(0, 100), 3, item -> item + 1)));
          assertEquals(list(1, 101), all(Pool.mapUnordered(numbers(0, 100), 1, item -> item + 1)));
        });
  }

  @BothEngines
  void nullItemsAndResultsPass(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var results = Pool.mapOrdered(Arrays.asList("a", null), 2, item -> item)) {
            var items = results.iterator();
            assertEquals("a", items.next());
            assertNull(items.next());
            assertFalse(items.hasNext());
          }
        });
  }

  @BothEngines
  void nextWorksWithoutHasNextAndEndsProperly(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var results = Pool.mapOrdered(List.of(1, 2), 2, PoolTest::backwards)) {
            var items = results.iterator();
            assertSame(items, results.iterator());
            assertEquals(1, items.next());
            assertEquals(2, items.next());
            assertThrows(NoSuchElementException.class, items::next);
          }
        });
  }

  @BothEngines
  void aLimitBelowOneIsRefused(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () ->
            assertThrows(
                IllegalArgumentException.class,
                () -> Pool.mapOrdered(List.of(1), 0, item -> item)));
    assertThrows(
        IllegalArgumentException.class, () -> Pool.mapUnordered(List.of(1), -1, item -> item));
  }

  // Concurrency and back-pressure.

  @BothEngines
  void soManyCallsRunAtOnceAndNoMore(Engine engine) throws Exception {
    for (int limit : List.of(1, 2, 5)) {
      OnLoop.run(
          engine,
          () -> {
            var running = new int[1];
            var most = new int[1];
            long begin = EventLoop.current().time();
            all(
                Pool.mapUnordered(
                    numbers(0, 20),
                    limit,
                    item -> {
                      most[0] = Math.max(most[0], ++running[0]);
                      Tulip.sleep(ofSeconds(1));
                      running[0]--;
                      return item;
                    }));
            assertEquals(limit, most[0]);
            assertEquals(ofSeconds(20 / limit).toNanos(), EventLoop.current().time() - begin);
          });
    }
  }

  @BothEngines
  void aHighLimitStartsNoMoreTasksThanThereIsWork(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var most = new int[1];
          all(
              Pool.mapUnordered(
                  numbers(0, 3),
                  1_000_000,
                  item -> {
                    most[0] = Math.max(most[0], EventLoop.current().taskCount());
                    return backwards(item);
                  }));
          assertTrue(most[0] <= 6, "tasks: " + most[0]);
        });
  }

  @BothEngines
  void aSlowUserSlowsTheSourceDown(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var pulled = new int[1];
          Iterable<Integer> source =
              () -> IntStream.iterate(0, i -> i + 1).peek(_ -> pulled[0]++).iterator();
          for (boolean ordered : List.of(true, false)) {
            pulled[0] = 0;
            try (var results =
                ordered
                    ? Pool.mapOrdered(source, 4, item -> item)
                    : Pool.mapUnordered(source, 4, item -> item)) {
              int taken = 0;
              for (var _ : results) {
                taken++;
                Tulip.sleep(ofSeconds(1));
                assertEquals(taken + 4, pulled[0]);
                if (taken == 20) {
                  break;
                }
              }
            }
          }
        });
  }

  @BothEngines
  void oneSlowCallHoldsUpTheOrderButNotTheOthers(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var begun = new ArrayList<Integer>();
          try (var results =
              Pool.mapOrdered(
                  numbers(0, 10),
                  3,
                  item -> {
                    begun.add(item);
                    if (item == 0) {
                      Tulip.sleep(ofSeconds(1));
                    }
                    return item;
                  })) {
            Tulip.sleep(ofMillis(1));
            assertEquals(List.of(0, 1, 2), begun);
            var got = new ArrayList<Integer>();
            results.forEach(got::add);
            assertEquals(list(0, 10), got);
          }
        });
  }

  @BothEngines
  void theSourceMayWait(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var channel = Channel.<Integer>open(0);
          TaskGroup.run(group -> {
            group.start(() -> {
              try (var sender = channel.sender()) {
                for (int i = 0; i < 10; i++) {
                  sender.send(i);
                  Tulip.sleep(ofMillis(i));
                }
              }
            });
            var got = new ArrayList<Integer>();
            try (var results = Pool.mapOrdered(channel.receiver(), 3, PoolTest::backwards)) {
              results.forEach(got::add);
            }
            assertEquals(list(0, 10), got);
          });
        });
  }

  @BothEngines
  void onlyOneTaskAtATimeIsAtTheSource(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var inside = new boolean[1];
          var numbers = IntStream.range(0, 20).iterator();
          Iterator<Integer> slow =
              new Iterator<>() {
                @Override
                public boolean hasNext() {
                  waitAlone();
                  return numbers.hasNext();
                }

                @Override
                public Integer next() {
                  waitAlone();
                  return numbers.next();
                }

                private void waitAlone() {
                  assertFalse(inside[0]);
                  inside[0] = true;
                  Tulip.sleep(ofMillis(1));
                  inside[0] = false;
                }
              };
          assertEquals(list(0, 20), all(Pool.mapOrdered(() -> slow, 5, PoolTest::backwards)));
        });
  }

  // Failures.

  private static Integer failAt(int item, int bad) throws IOException {
    Tulip.sleep(ofMillis(item));
    if (item == bad) {
      throw new IOException("item " + item);
    }
    return item;
  }

  @BothEngines
  void theFirstFailureIsThrownAtTheIterationAndTheRestIsCancelled(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          for (boolean ordered : List.of(true, false)) {
            var cancelled = new ArrayList<Integer>();
            Tulip.Mapping<Integer, Integer, Exception> call =
                item -> {
                  try {
                    return failAt(item, 5);
                  } catch (Cancelled e) {
                    cancelled.add(item);
                    throw e;
                  }
                };
            try (var results =
                ordered
                    ? Pool.mapOrdered(numbers(2, 100), 4, call)
                    : Pool.mapUnordered(numbers(2, 100), 4, call)) {
              var got = new ArrayList<Integer>();
              var error = assertThrows(CompletionException.class, () -> results.forEach(got::add));
              assertEquals("java.io.IOException: item 5", String.valueOf(error.getCause()));
              assertEquals(List.of(2, 3, 4), got);
              assertEquals(1, EventLoop.current().taskCount(), "the others have ended");
              assertThrows(CompletionException.class, results.iterator()::hasNext);
            }
            Collections.sort(cancelled);
            assertEquals(List.of(6, 7, 8), cancelled);
          }
        });
  }

  @BothEngines
  void anUncheckedFailureIsThrownAsItIsWithLaterOnesSuppressed(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var results =
              Pool.mapOrdered(
                  numbers(0, 3),
                  3,
                  item -> {
                    try {
                      Tulip.sleep(ofMillis(item + 1));
                      throw new IllegalStateException("first");
                    } catch (Cancelled e) {
                      throw new IllegalStateException("clean-up of " + item, e);
                    }
                  })) {
            var error = assertThrows(IllegalStateException.class, results.iterator()::hasNext);
            assertEquals("first", error.getMessage());
            assertEquals(2, error.getSuppressed().length);
          }
        });
  }

  @BothEngines
  void aFailureDoesNotDisturbOtherWaitsOfTheUser(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var results = Pool.mapOrdered(numbers(0, 3), 3, item -> failAt(item, 1))) {
            assertEquals(0, results.iterator().next());
            Tulip.sleep(ofSeconds(1));
            assertThrows(CompletionException.class, results.iterator()::next);
            Tulip.sleep(ofSeconds(1));
          }
        });
  }

  @BothEngines
  void resultsThatNobodyHasTakenAreDroppedByAFailure(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          Tulip.Mapping<Integer, Integer, Exception> call =
              item -> item == 2 ? failAt(item, 2) : item;
          try (var results = Pool.mapOrdered(numbers(0, 9), 3, call)) {
            assertEquals(0, results.iterator().next());
            Tulip.sleep(ofSeconds(1));
            assertThrows(CompletionException.class, results.iterator()::next);
          }
        });
  }

  @BothEngines
  void aFailureThatTheIterationDidNotMeetIsThrownByClose(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var results = Pool.mapOrdered(numbers(0, 3), 3, item -> failAt(item, 1));
          Tulip.sleep(ofSeconds(1));
          assertThrows(CompletionException.class, results::close);
          results.close();
          assertEquals(1, EventLoop.current().taskCount());
        });
  }

  @BothEngines
  void aFailingSourceIsAFailure(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          Iterable<Integer> none =
              () -> {
                throw new UnsupportedOperationException("no iterator");
              };
          Iterable<Integer> breaks =
              () ->
                  IntStream.range(0, 9)
                      .peek(i -> {
                        if (i == 3) {
                          throw new UnsupportedOperationException("item " + i);
                        }
                      })
                      .iterator();
          for (var source : List.of(none, breaks)) {
            assertThrows(
                UnsupportedOperationException.class,
                () -> all(Pool.mapOrdered(source, 2, PoolTest::backwards)));
          }
          assertEquals(1, EventLoop.current().taskCount());
        });
  }

  // Ending early.

  @BothEngines
  void leavingEarlyLeavesNoTask(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          for (boolean ordered : List.of(true, false)) {
            try (var results =
                ordered
                    ? Pool.mapOrdered(numbers(0, 1_000_000), 8, PoolTest::backwards)
                    : Pool.mapUnordered(() -> IntStream.iterate(0, i -> i).iterator(), 8, i -> i)) {
              assertTrue(results.iterator().hasNext());
              results.iterator().next();
            }
            assertEquals(1, EventLoop.current().taskCount());
          }
          Pool.mapOrdered(numbers(0, 10), 8, PoolTest::backwards).close();
          assertEquals(1, EventLoop.current().taskCount());
        });
  }

  @BothEngines
  void cancellingTheUserCancelsTheCalls(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var cancelled = new int[1];
          assertThrows(
              TimeoutException.class,
              () ->
                  Tulip.timeout(
                      ofSeconds(1),
                      () ->
                          all(
                              Pool.mapOrdered(
                                  numbers(0, 100),
                                  4,
                                  item -> {
                                    try {
                                      Tulip.sleepForever();
                                    } finally {
                                      cancelled[0]++;
                                    }
                                    return item;
                                  }))));
          assertEquals(4, cancelled[0]);
          assertEquals(1, EventLoop.current().taskCount());
        });
  }

  @BothEngines
  void anEdgeCancelOfTheUserLosesNoResult(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var user = Task.current();
          var got = new ArrayList<Integer>();
          try (var results = Pool.mapOrdered(numbers(0, 3), 1, PoolTest::backwards)) {
            EventLoop.current().callLater(ofMillis(50), () -> user.cancel("once"));
            assertThrows(Cancelled.class, results.iterator()::hasNext);
            user.uncancel();
            results.forEach(got::add);
          }
          assertEquals(List.of(0, 1, 2), got);
        });
  }

  /// A result that never came must not look like the end.
  @BothEngines
  void aCallThatCancelsItsOwnTaskIsTold(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          for (boolean ordered : List.of(true, false)) {
            Tulip.Mapping<Integer, Integer, Exception> call =
                item -> {
                  if (item == 2) {
                    Task.current().cancel("by itself");
                  }
                  return backwards(item);
                };
            try (var results =
                ordered
                    ? Pool.mapOrdered(numbers(0, 9), 2, call)
                    : Pool.mapUnordered(numbers(0, 9), 2, call)) {
              assertThrows(CancellationException.class, () -> results.forEach(_ -> {}));
            }
            assertEquals(1, EventLoop.current().taskCount());
          }
        });
  }

  @BothEngines
  void anInterruptedCallIsTold(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var results =
              Pool.<Integer, Integer>mapOrdered(
                  numbers(0, 9),
                  2,
                  item -> {
                    throw new InterruptedException("item " + item);
                  })) {
            assertThrows(CancellationException.class, results.iterator()::hasNext);
          }
        });
  }

  // Users.

  @BothEngines
  void callsMayMapThemselves(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var sums =
              Pool.mapOrdered(
                  numbers(0, 10),
                  3,
                  n -> {
                    int sum = 0;
                    try (var parts = Pool.mapUnordered(numbers(0, n), 2, PoolTest::backwards)) {
                      for (int part : parts) {
                        sum += part;
                      }
                    }
                    return sum;
                  })) {
            var got = new ArrayList<Integer>();
            sums.forEach(got::add);
            assertEquals(List.of(0, 0, 1, 3, 6, 10, 15, 21, 28, 36), got);
          }
        });
  }

  @BothEngines
  void twoMapsFollowEachOther(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var first = Pool.mapUnordered(numbers(0, 20), 4, PoolTest::backwards);
              var second = Pool.mapUnordered(first, 3, item -> item * 2)) {
            int sum = 0;
            for (int item : second) {
              sum += item;
            }
            assertEquals(380, sum);
          }
          assertEquals(1, EventLoop.current().taskCount());
        });
  }

  @BothEngines
  void aSecondTaskThatWaitsForTheSameResultsIsRefused(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var results = Pool.mapOrdered(numbers(0, 3), 3, PoolTest::backwards)) {
            TaskGroup.run(group -> {
              group.start(() -> results.iterator().next());
              Tulip.yield();
              assertThrows(IllegalStateException.class, results.iterator()::hasNext);
            });
          }
        });
  }

  @BothEngines
  void aCallbackIsRefused(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var errors = new ArrayList<Throwable>();
          EventLoop.current()
              .callSoon(() ->
                  errors.add(
                      assertThrows(
                          IllegalStateException.class,
                          () -> Pool.mapOrdered(numbers(0, 3), 3, item -> item))));
          Tulip.yield();
          assertEquals(1, errors.size());
        });
  }

  @BothEngines
  void withRandomWaitsEverythingArrivesOnce(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var random = new Random(3);
          for (int round = 0; round < 30; round++) {
            int limit = 1 + random.nextInt(9);
            Tulip.Mapping<Integer, Integer, Exception> call =
                item -> {
                  for (int waits = random.nextInt(3); waits > 0; waits--) {
                    Tulip.sleep(ofMillis(random.nextInt(4)));
                  }
                  return item;
                };
            assertEquals(list(0, 100), all(Pool.mapOrdered(numbers(0, 100), limit, call)));
            var unordered = all(Pool.mapUnordered(numbers(0, 100), limit, call));
            Collections.sort(unordered);
            assertEquals(list(0, 100), unordered);
          }
        });
  }

  // Many.

  private static void many(Engine engine, int count) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          long sum = 0;
          try (var results = Pool.mapUnordered(numbers(0, count), 8, PoolTest::sometimesWait)) {
            for (int item : results) {
              sum += item;
            }
          }
          assertEquals((long) count * (count - 1) / 2, sum);
          int next = 0;
          try (var results = Pool.mapOrdered(numbers(0, count), 8, PoolTest::sometimesWait)) {
            for (int item : results) {
              assertEquals(next++, item);
            }
          }
          assertEquals(count, next);
        });
  }

  private static int sometimesWait(int item) {
    if (item % 5 == 0) {
      Tulip.yield();
    }
    return item;
  }

  @BothEngines
  void aHundredThousandItemsPass(Engine engine) throws Exception {
    many(engine, engine == Engine.CARRIER ? 100_000 : 10_000);
  }

  @Test
  @Tag("long")
  void tenMillionItemsPassInBoundedMemory() throws Exception {
    many(Engine.CARRIER, 10_000_000);
    OnLoop.run(
        Engine.CARRIER,
        () -> {
          int most = 0;
          int count = 0;
          // each result is 1 MB: ten million of them would not fit into any memory
          try (var results = Pool.mapOrdered(numbers(0, 20_000), 8, _ -> new byte[1 << 20])) {
            for (var result : results) {
              most = Math.max(most, result.length);
              count++;
            }
          }
          assertEquals(1 << 20, most);
          assertEquals(20_000, count);
        });
  }
}
