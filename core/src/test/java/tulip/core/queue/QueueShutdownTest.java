// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.core.queue.QueueTest.settle;

import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import tulip.core.Action;
import tulip.core.BothEngines;
import tulip.core.LoopOptions.Engine;
import tulip.core.OnLoop;
import tulip.core.TaskGroup;

class QueueShutdownTest {
  private interface Test {
    void run(Queue<Integer> queue) throws Exception;
  }

  /// All kinds, room for two.
  private static void onEach(Engine engine, Test test) throws Exception {
    for (Supplier<Queue<Integer>> kind :
        List.<Supplier<Queue<Integer>>>of(
            () -> new Queue<>(2),
            () -> new LifoQueue<>(2),
            () -> new PriorityQueue<>(2, Comparator.naturalOrder()))) {
      OnLoop.run(engine, () -> test.run(kind.get()));
    }
  }

  private static void refusesPuts(Queue<Integer> queue) {
    assertThrows(QueueShutDown.class, () -> queue.put(9));
    assertThrows(QueueShutDown.class, () -> queue.tryPut(9));
  }

  private static void refusesGets(Queue<Integer> queue) {
    assertThrows(QueueShutDown.class, queue::get);
    assertThrows(QueueShutDown.class, queue::tryGet);
    assertFalse(queue.iterator().hasNext());
  }

  @BothEngines
  void anEmptyQueueThatIsShutDownGivesAndTakesNothing(Engine engine) throws Exception {
    onEach(
        engine,
        queue -> {
          assertFalse(queue.isShutDown());
          queue.shutdown();
          assertTrue(queue.isShutDown());
          refusesPuts(queue);
          refusesGets(queue);
          queue.join();
        });
  }

  @BothEngines
  void theSameAtOnce(Engine engine) throws Exception {
    onEach(
        engine,
        queue -> {
          queue.shutdown(true);
          refusesPuts(queue);
          refusesGets(queue);
          queue.join();
        });
  }

  @BothEngines
  void whatIsInAQueueThatIsShutDownCanStillBeGot(Engine engine) throws Exception {
    onEach(
        engine,
        queue -> {
          queue.put(1);
          queue.put(2);
          queue.shutdown();
          refusesPuts(queue);
          assertEquals(3, queue.get() + queue.get());
          refusesGets(queue);
        });
  }

  @BothEngines
  void aShutdownAtOnceThrowsAwayWhatIsThere(Engine engine) throws Exception {
    onEach(
        engine,
        queue -> {
          queue.put(1);
          queue.put(2);
          queue.shutdown(true);
          assertEquals(0, queue.size());
          refusesPuts(queue);
          refusesGets(queue);
          queue.join();
          assertThrows(IllegalStateException.class, queue::taskDone);
        });
  }

  @BothEngines
  void aSecondShutdownMayBeHarder(Engine engine) throws Exception {
    onEach(
        engine,
        queue -> {
          queue.put(1);
          queue.shutdown();
          queue.shutdown();
          assertEquals(1, queue.size());
          queue.shutdown(true);
          refusesGets(queue);
        });
  }

  @BothEngines
  void tasksThatWaitForAnItemAreTold(Engine engine) throws Exception {
    for (boolean immediate : List.of(false, true)) {
      onEach(
          engine,
          queue ->
              TaskGroup.run(group -> {
                for (int i = 0; i < 3; i++) {
                  group.start(() -> assertThrows(QueueShutDown.class, queue::get));
                }
                settle();
                queue.shutdown(immediate);
                assertEquals(0, queue.statistics().waitingGets());
              }));
    }
  }

  @BothEngines
  void tasksThatWaitForRoomAreToldAndTheirItemsAreNotIn(Engine engine) throws Exception {
    for (boolean immediate : List.of(false, true)) {
      onEach(
          engine,
          queue ->
              TaskGroup.run(group -> {
                queue.put(1);
                queue.put(2);
                for (int i = 3; i < 6; i++) {
                  int item = i;
                  group.start(() -> assertThrows(QueueShutDown.class, () -> queue.put(item)));
                }
                settle();
                queue.shutdown(immediate);
                assertEquals(0, queue.statistics().waitingPuts());
                assertEquals(immediate ? 0 : 2, queue.size());
                assertEquals(immediate ? 0 : 2, queue.statistics().unfinished());
              }));
    }
  }

  @BothEngines
  void anItemThatWasHandedOverBeforeTheShutdownArrives(Engine engine) throws Exception {
    onEach(
        engine,
        queue ->
            TaskGroup.run(group -> {
              var getter = group.start(() -> queue.get());
              settle();
              queue.put(1);
              queue.shutdown(true);
              settle();
              assertEquals(1, getter.result());
              assertEquals(
                  1, queue.statistics().unfinished(), "it was got: the work is to be done");
            }));
  }

  @BothEngines
  void aPutThatFoundRoomBeforeTheShutdownSucceeds(Engine engine) throws Exception {
    onEach(
        engine,
        queue ->
            TaskGroup.run(group -> {
              queue.put(1);
              queue.put(2);
              Action<Exception> put = () -> queue.put(3);
              var putter = group.start(put);
              settle();
              queue.get();
              queue.shutdown();
              settle();
              assertNull(putter.exception());
              assertEquals(2, queue.size());
            }));
  }

  @BothEngines
  void joinWaitsForTheWorkThatIsUnderWay(Engine engine) throws Exception {
    onEach(
        engine,
        queue ->
            TaskGroup.run(group -> {
              queue.put(1);
              queue.put(2);
              queue.get();
              var joiner = group.start(() -> queue.join());
              settle();
              queue.shutdown(true);
              settle();
              assertFalse(joiner.isDone());
              queue.taskDone();
              settle();
              assertTrue(joiner.isDone());
              assertThrows(IllegalStateException.class, queue::taskDone);
            }));
  }

  @BothEngines
  void joinEndsWhenNoWorkIsLeftAfterAShutdownAtOnce(Engine engine) throws Exception {
    onEach(
        engine,
        queue ->
            TaskGroup.run(group -> {
              queue.put(1);
              queue.put(2);
              var joiner = group.start(() -> queue.join());
              settle();
              assertFalse(joiner.isDone());
              queue.shutdown(true);
              settle();
              assertTrue(joiner.isDone());
            }));
  }

  @BothEngines
  void joinAfterASoftShutdownWaitsForWhatIsLeft(Engine engine) throws Exception {
    onEach(
        engine,
        queue ->
            TaskGroup.run(group -> {
              queue.put(1);
              queue.put(2);
              queue.shutdown();
              var joiner = group.start(() -> queue.join());
              for (int i = 0; i < 2; i++) {
                settle();
                assertFalse(joiner.isDone());
                queue.get();
                queue.taskDone();
              }
              settle();
              assertTrue(joiner.isDone());
            }));
  }
}
