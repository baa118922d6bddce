// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import tulip.core.Action;
import tulip.core.BothEngines;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.OnLoop;
import tulip.core.Runner;
import tulip.core.TaskGroup;
import tulip.core.Tulip;

class QueueTest {
  /// Lets everything run until it waits: virtual time passes only then.
  static void settle() {
    Tulip.sleep(ofMillis(1));
  }

  private static <T> List<T> drain(Queue<T> queue) {
    var all = new ArrayList<T>();
    for (var item = queue.tryGet(); item != null; item = queue.tryGet()) {
      all.add(item);
    }
    return all;
  }

  // Sizes.

  @Test
  void aCapacityMustBeSaidAndPositive() {
    var error = assertThrows(IllegalArgumentException.class, () -> new Queue<String>(0));
    assertTrue(error.toString().contains("UNBOUNDED"), error.toString());
    assertThrows(IllegalArgumentException.class, () -> new LifoQueue<String>(-1));
    assertEquals(Integer.MAX_VALUE, new Queue<String>(Queue.UNBOUNDED).capacity());
  }

  @BothEngines
  void itKnowsWhetherItIsEmptyOrFull(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<Integer>(2);
          assertTrue(queue.isEmpty());
          assertFalse(queue.isFull());
          queue.put(1);
          assertEquals(1, queue.size());
          assertFalse(queue.isEmpty());
          queue.put(2);
          assertTrue(queue.isFull());
          assertEquals("queue of 2/2", queue.toString());
          queue.shutdown();
          assertEquals("queue of 2/2, shut down", queue.toString());
          assertEquals("queue of 0", new Queue<>(Queue.UNBOUNDED).toString());
        });
  }

  @BothEngines
  void anUnboundedQueueIsNeverFull(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<Integer>(Queue.UNBOUNDED);
          for (int i = 0; i < 10_000; i++) {
            assertTrue(queue.tryPut(i));
          }
          assertFalse(queue.isFull());
          assertEquals(10_000, queue.size());
        });
  }

  @BothEngines
  void nullIsRefused(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          Queue<String> queue = new Queue<>(1);
          assertThrows(NullPointerException.class, () -> queue.put(nothing()));
          assertThrows(NullPointerException.class, () -> queue.tryPut(nothing()));
          assertTrue(queue.isEmpty());
        });
  }

  @SuppressWarnings("NullAway")
  private static String nothing() {
    return null;
  }

  // Order.

  @BothEngines
  void itemsComeInTheOrderInWhichTheyWerePut(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<Integer>(10);
          List.of(1, 3, 2).forEach(queue::put);
          assertEquals(List.of(1, 3, 2), drain(queue));
        });
  }

  @BothEngines
  void theLowestItemOfAPriorityQueueComesFirst(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new PriorityQueue<Integer>(10, Comparator.naturalOrder());
          List.of(1, 3, 2).forEach(queue::put);
          assertEquals(List.of(1, 2, 3), drain(queue));
          var longest =
              new PriorityQueue<String>(10, Comparator.comparingInt(String::length).reversed());
          List.of("a", "ccc", "bb").forEach(longest::put);
          assertEquals(List.of("ccc", "bb", "a"), drain(longest));
        });
  }

  @BothEngines
  void theLastItemOfALifoQueueComesFirst(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new LifoQueue<Integer>(10);
          List.of(1, 3, 2).forEach(queue::put);
          assertEquals(List.of(2, 3, 1), drain(queue));
        });
  }

  // Without waiting.

  @BothEngines
  void tryGetReturnsNullFromAnEmptyQueue(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<Integer>(1);
          assertNull(queue.tryGet());
          assertTrue(queue.tryPut(1));
          assertEquals(1, queue.tryGet());
          assertNull(queue.tryGet());
        });
  }

  @BothEngines
  void tryPutRefusesWhatAFullQueueHasNoRoomFor(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<Integer>(1);
          assertTrue(queue.tryPut(1));
          assertFalse(queue.tryPut(2));
          assertEquals(List.of(1), drain(queue));
          assertEquals(1, queue.statistics().unfinished());
        });
  }

  @BothEngines
  void whoNeedNotWaitKeepsTheTurn(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<Integer>(1);
          var turns = new int[1];
          EventLoop.current().callSoon(() -> turns[0]++);
          queue.put(1);
          assertEquals(1, queue.get());
          assertEquals(0, turns[0]);
        });
  }

  @BothEngines
  void callbacksMayDoWhatNeedNotWait(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<Integer>(1);
          var errors = new ArrayList<Throwable>();
          EventLoop.current()
              .callSoon(() -> {
                queue.put(1); // goes to the task
                queue.put(2);
                errors.add(assertThrows(IllegalStateException.class, () -> queue.put(3)));
              });
          assertEquals(1, queue.get());
          assertEquals(1, errors.size());
          assertEquals(2, queue.tryGet());
          assertEquals(0, queue.statistics().waitingPuts());
        });
  }

  // Waiting.

  @BothEngines
  void getWaitsForAnItem(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<Integer>(1);
          EventLoop.current().callLater(ofSeconds(1), () -> queue.tryPut(7));
          long begin = EventLoop.current().time();
          assertEquals(7, queue.get());
          assertEquals(ofSeconds(1).toNanos(), EventLoop.current().time() - begin);
          assertEquals(0, queue.size());
        });
  }

  @BothEngines
  void putWaitsForRoom(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<Integer>(1);
          queue.put(1);
          EventLoop.current().callLater(ofSeconds(1), queue::tryGet);
          long begin = EventLoop.current().time();
          queue.put(2);
          assertEquals(ofSeconds(1).toNanos(), EventLoop.current().time() - begin);
          assertEquals(List.of(2), drain(queue));
        });
  }

  @BothEngines
  void tasksThatWaitForItemsGetThemInTheOrderInWhichTheyCame(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<Integer>(Queue.UNBOUNDED);
          var got = new ArrayList<String>();
          TaskGroup.run(group -> {
            for (var name : List.of("a", "b", "c")) {
              group.start(() -> {
                got.add(name + queue.get());
              });
            }
            settle();
            List.of(1, 2, 3).forEach(queue::put);
          });
          assertEquals(List.of("a1", "b2", "c3"), got);
        });
  }

  @BothEngines
  void tasksThatWaitForRoomGetItInTheOrderInWhichTheyCame(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<Integer>(1);
          queue.put(0);
          TaskGroup.run(group -> {
            for (int i = 1; i <= 3; i++) {
              int item = i;
              group.start(() -> queue.put(item));
            }
            settle();
            assertEquals(3, queue.statistics().waitingPuts());
            for (int i = 0; i <= 3; i++) {
              assertEquals(i, queue.get());
            }
          });
        });
  }

  /// asyncio would let a newcomer have the item, and the woken task wait again.
  @BothEngines
  void nobodyOvertakesATaskThatWaits(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<Integer>(1);
          TaskGroup.run(group -> {
            var first = group.start(() -> queue.get());
            settle();
            queue.put(1);
            assertNull(queue.tryGet(), "the item has its taker");
            var second = group.start(() -> queue.get());
            settle();
            queue.put(2);
            settle();
            assertEquals(1, first.result());
            assertEquals(2, second.result());
          });
        });
  }

  @BothEngines
  void roomGoesToThePutterThatWaitsAndNotToANewcomer(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<Integer>(1);
          queue.put(1);
          TaskGroup.run(group -> {
            group.start(() -> queue.put(2));
            settle();
            assertEquals(1, queue.get());
            assertFalse(queue.tryPut(3));
            assertEquals(2, queue.get());
          });
        });
  }

  @BothEngines
  void aManyTimesFullQueueLosesNothing(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<Integer>(2);
          var got = new ArrayList<Integer>();
          TaskGroup.run(group -> {
            group.start(() -> {
              for (int i = 0; i < 100; i++) {
                queue.put(i);
              }
              queue.shutdown();
            });
            for (var item : queue) {
              got.add(item);
              if (item % 7 == 0) {
                Tulip.yield();
              }
            }
          });
          assertEquals(java.util.stream.IntStream.range(0, 100).boxed().toList(), got);
        });
  }

  @BothEngines
  void aWaitingTaskSaysForWhat(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<Integer>(1);
          try (var group = TaskGroup.open()) {
            var task = group.start(() -> queue.get());
            settle();
            assertEquals("an item of a queue", String.valueOf(task.waitingFor()));
          }
        });
  }

  @BothEngines
  void aDeadlineLimitsAGet(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<Integer>(1);
          assertThrows(TimeoutException.class, () -> Tulip.timeout(ofSeconds(1), queue::get));
          queue.put(1);
          assertEquals(1, Tulip.timeout(ofSeconds(1), queue::get));
        });
  }

  /// The item of one whose comparison fails is refused; whoever made the room has theirs.
  @BothEngines
  void aComparatorThatFailsFailsThePut(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue =
              new PriorityQueue<Integer>(
                  2,
                  (a, b) -> {
                    if (a < 0 || b < 0) {
                      throw new IllegalArgumentException("negative");
                    }
                    return a - b;
                  });
          queue.put(1);
          assertThrows(IllegalArgumentException.class, () -> queue.put(-1));
          queue.put(2);
          TaskGroup.run(group -> {
            var bad =
                group.start(
                    () -> assertThrows(IllegalArgumentException.class, () -> queue.put(-5)));
            group.start(() -> queue.put(3));
            settle();
            assertEquals(1, queue.get());
            settle();
            assertTrue(bad.isDone());
            assertEquals(List.of(2, 3), drain(queue));
          });
          assertEquals(3, queue.statistics().unfinished());
        });
  }

  // Work.

  @BothEngines
  void taskDoneMoreOftenThanItemsWerePutIsAnError(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<Integer>(1);
          assertThrows(IllegalStateException.class, queue::taskDone);
          queue.put(1);
          queue.taskDone();
          assertThrows(IllegalStateException.class, queue::taskDone);
        });
  }

  @BothEngines
  void joinWaitsUntilTheWorkOnAllItemsIsDone(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<Integer>(Queue.UNBOUNDED);
          for (int i = 0; i < 100; i++) {
            queue.put(i);
          }
          var sum = new int[1];
          try (var group = TaskGroup.open()) {
            for (int i = 0; i < 2; i++) {
              group.start(() -> {
                while (true) {
                  int item = queue.get();
                  Tulip.yield();
                  sum[0] += item;
                  queue.taskDone();
                }
              });
            }
            queue.join();
            assertEquals(4950, sum[0]);
            queue.put(1);
            queue.join();
            assertEquals(4951, sum[0]);
          }
        });
  }

  @BothEngines
  void joinDoesNotWaitForAQueueThatWasNeverUsed(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<Integer>(1);
          Tulip.timeout(
              ofSeconds(1),
              () -> {
                queue.join();
                queue.join();
              });
          assertEquals(0, queue.statistics().unfinished());
        });
  }

  @BothEngines
  void whatWaitsForRoomIsNotYetWork(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<Integer>(1);
          queue.put(1);
          TaskGroup.run(group -> {
            group.start(() -> queue.put(2));
            settle();
            assertEquals(1, queue.statistics().unfinished());
            queue.get();
            assertEquals(2, queue.statistics().unfinished());
          });
        });
  }

  @BothEngines
  void severalTasksMayJoin(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<Integer>(1);
          queue.put(1);
          TaskGroup.run(group -> {
            var one = group.start(() -> queue.join());
            var two = group.start(() -> queue.join());
            settle();
            assertFalse(one.isDone() || two.isDone());
            queue.taskDone();
            settle();
            assertTrue(one.isDone() && two.isDone());
          });
        });
  }

  // Iterating.

  @BothEngines
  void anIterationEndsWhenTheQueueIsShutDownAndEmpty(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<Integer>(10);
          queue.put(1);
          EventLoop.current()
              .callLater(
                  ofSeconds(1),
                  () -> {
                    queue.tryPut(2);
                    queue.shutdown();
                  });
          var got = new ArrayList<Integer>();
          for (var item : queue) {
            got.add(item);
          }
          assertEquals(List.of(1, 2), got);
          var late = queue.iterator();
          assertFalse(late.hasNext());
          assertThrows(NoSuchElementException.class, late::next);
        });
  }

  @BothEngines
  void hasNextTakesOneItemHoweverOftenItIsAsked(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<Integer>(10);
          List.of(1, 2, 3).forEach(queue::put);
          var items = queue.iterator();
          assertTrue(items.hasNext());
          assertTrue(items.hasNext());
          assertEquals(2, queue.size());
          assertEquals(1, items.next());
          assertEquals(2, items.next());
          assertEquals(3, queue.get());
        });
  }

  // Loops and threads.

  @BothEngines
  void anotherLoopsTaskIsRefused(Engine engine) throws Exception {
    var queue = new Queue<Integer>(1);
    try (var first = Runner.open(OnLoop.options(engine));
        var second = Runner.open(OnLoop.options(engine))) {
      first.run(() -> queue.put(1));
      Action<Exception> use =
          () -> {
            for (Action<Exception> misuse :
                List.<Action<Exception>>of(
                    () -> queue.tryPut(2),
                    queue::get,
                    queue::tryGet,
                    queue::taskDone,
                    queue::join,
                    queue::shutdown)) {
              var error = assertThrows(IllegalStateException.class, misuse::run);
              assertTrue(error.toString().contains("belongs"), error.toString());
            }
          };
      second.run(use);
      use.run(); // and so is a thread without a loop
      assertEquals(1, first.run(queue::get));
    }
  }

  @BothEngines
  void anotherThreadPutsThroughTheLoop(Engine engine) throws Exception {
    var queue = new Queue<Integer>(1);
    try (var runner = Runner.open(OnLoop.options(engine))) {
      var loop = runner.loop();
      var _ =
          loop.submit(
                  () -> {
                    queue.put(42);
                    return null;
                  })
              .get();
      assertEquals(42, loop.submit(queue::get).get());
      assertEquals(0, queue.size());
    }
  }

  @Test
  void outsideOfAnyLoopTheMessageSaysSo() {
    var queue = new Queue<Integer>(1);
    assertThrows(IllegalStateException.class, () -> queue.tryPut(1));
    queue.shutdown();
    assertTrue(queue.isShutDown());
  }

  @BothEngines
  void aWaitThatIsCutByTheEndOfTheLoopLeavesNoPlaceBehind(Engine engine) throws Exception {
    var queue = new Queue<Integer>(1);
    OnLoop.run(
        engine,
        () -> {
          var task = EventLoop.current().createTask(() -> queue.get());
          settle();
          assertEquals(1, queue.statistics().waitingGets());
          assertFalse(task.isDone());
        });
    assertEquals(0, queue.statistics().waitingGets());
    assertTrue(queue.tryPut(1));
    assertEquals(1, queue.tryGet());
  }

  @BothEngines
  void statisticsCountTheWaiting(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<Integer>(2);
          assertEquals(new Queue.Statistics(0, 2, 0, 0, 0), queue.statistics());
          try (var group = TaskGroup.open()) {
            for (int i = 0; i < 3; i++) {
              group.start(() -> queue.get());
            }
            settle();
            assertEquals(new Queue.Statistics(0, 2, 0, 0, 3), queue.statistics());
            for (int i = 0; i < 6; i++) {
              int item = i;
              group.start(() -> queue.put(item));
            }
            settle();
            assertEquals(new Queue.Statistics(2, 2, 5, 1, 0), queue.statistics());
          }
          assertEquals(new Queue.Statistics(2, 2, 5, 0, 0), queue.statistics());
        });
  }

  @BothEngines
  void aFailingWorkerSurfacesThroughItsGroup(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<Integer>(1);
          queue.put(1);
          var error =
              assertThrows(
                  tulip.core.ExceptionGroup.class,
                  () ->
                      TaskGroup.run(group -> {
                        group.start(() -> {
                          queue.get();
                          throw new CompletionException("bad job", null);
                        });
                        queue.join();
                      }));
          assertEquals("bad job", error.exceptions().getFirst().getMessage());
        });
  }
}
