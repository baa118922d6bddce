// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Task;
import tulip.core.queue.LifoQueue;
import tulip.core.queue.PriorityQueue;
import tulip.core.queue.Queue;
import tulip.core.queue.QueueShutDown;

/// Queues: what comes out, to whom, and what becomes of those who are cancelled.
final class Queues extends Scenarios {
  private static final int ROOM = 10;

  private void passThrough(Queue<Integer> queue) {
    List.of(3, 1, 2).forEach(queue::put);
    trace(List.of(queue.get(), queue.get(), queue.get()));
  }

  private <T> Task<@Nullable Void> getter(Queue<T> queue, String name) {
    return start(() -> trace(name + " got " + queue.get()));
  }

  @Scenario
  void itemsComeInOrder() {
    passThrough(new Queue<>(ROOM));
  }

  @Scenario
  void theLowestComesFirstOutOfAPriorityQueue() {
    passThrough(new PriorityQueue<>(ROOM, Comparator.naturalOrder()));
  }

  @Scenario
  void theLastComesFirstOutOfAStack() {
    passThrough(new LifoQueue<>(ROOM));
  }

  @Scenario
  void whoWaitsLongestForAnItemGetsTheFirst() {
    var queue = new Queue<Integer>(ROOM);
    var tasks = each(List.of("a", "b", "c"), name -> trace(name + " got " + queue.get()));
    tick();
    List.of(1, 2, 3).forEach(queue::put);
    trace("all are in");
    join(tasks);
  }

  @Scenario
  void whoWaitsLongestForRoomIsInFirst() {
    var queue = new Queue<Integer>(1);
    var tasks =
        each(
            List.of(1, 2, 3),
            item -> {
              queue.put(item);
              trace(item + " is in");
            });
    tick();
    for (int i = 0; i < 3; i++) {
      trace("got " + queue.get());
      settle();
    }
    join(tasks);
  }

  @Scenario
  void aFullQueueAndAnEmptyOneRefuse() {
    var queue = new Queue<Integer>(1);
    queue.put(1);
    if (!queue.tryPut(2)) {
      trace("full");
    }
    trace(queue.tryGet());
    if (queue.tryGet() == null) {
      trace("empty");
    }
  }

  @Scenario
  void whatNeedNotWaitKeepsTheTurn() {
    var queue = new Queue<Integer>(1);
    EventLoop.current().callSoon(tracing("callback"));
    queue.put(1);
    trace(queue.get());
    tick();
  }

  @Scenario(
      difference = "asyncio lets a newcomer overtake; Tulip hands the item to the one who waits",
      trace = {"the newcomer got nothing", "the one who waited got an item"})
  void aNewcomerAndAGetterThatWaits() {
    var queue = new Queue<String>(ROOM);
    var task = getter(queue, "the one who waited");
    tick();
    queue.put("an item");
    var item = queue.tryGet();
    trace("the newcomer got " + (item == null ? "nothing" : item));
    settle();
    task.cancel();
    join(task);
  }

  @Scenario
  void aCancelledGetterTakesNoItem() {
    var queue = new Queue<String>(ROOM);
    var first = getter(queue, "first");
    var second = getter(queue, "second");
    tick();
    first.cancel();
    queue.put("an item");
    join(first, second);
    trace("first: " + outcome(first));
  }

  @Scenario(
      difference = "asyncio passes the item on; in Tulip who was handed it has it",
      trace = {"first got an item", "left: 0"})
  void aGetterThatIsCancelledJustAfterThePut() {
    var queue = new Queue<String>(ROOM);
    var first = getter(queue, "first");
    var second = getter(queue, "second");
    tick();
    queue.put("an item");
    first.cancel();
    settle();
    second.cancel();
    join(first, second);
    trace("left: " + queue.size());
  }

  @Scenario
  void aCancelledPutterLeavesNothingBehind() {
    var queue = new Queue<Integer>(1);
    queue.put(1);
    var first = start(() -> queue.put(2));
    var second = start(() -> queue.put(3));
    tick();
    first.cancel();
    join(first);
    trace(queue.get());
    trace(queue.get());
    join(second);
    trace("left: " + queue.size());
  }

  @Scenario
  void joiningAQueueWaitsForTheWork() {
    var queue = new Queue<Integer>(ROOM);
    var task =
        start(() -> {
          for (int item : queue) {
            sleep(1);
            trace("item " + item + " is done");
            queue.taskDone();
          }
        });
    List.of(1, 2).forEach(queue::put);
    queue.join();
    trace("all the work is done");
    task.cancel();
    join(task);
  }

  @Scenario
  void taskDoneTooOftenIsRefused() {
    var queue = new Queue<Integer>(ROOM);
    queue.join();
    try {
      queue.taskDone();
    } catch (IllegalStateException e) {
      trace("refused");
    }
  }

  @Scenario(
      unjudged = "queues can be shut down from Python 3.13 on",
      trace = {"refused", "1", "2", "the end"})
  void aQueueThatIsShutDownGivesWhatIsInIt() {
    var queue = new Queue<Integer>(ROOM);
    List.of(1, 2).forEach(queue::put);
    queue.shutdown();
    try {
      queue.put(3);
    } catch (QueueShutDown e) {
      trace("refused");
    }
    trace(queue.get());
    trace(queue.get());
    try {
      queue.get();
    } catch (QueueShutDown e) {
      trace("the end");
    }
  }

  @Scenario(
      unjudged = "queues can be shut down from Python 3.13 on",
      trace = {"shut down", "a is told", "b is told"})
  void whoWaitsIsToldOfTheShutdown() {
    var queue = new Queue<Integer>(ROOM);
    var tasks =
        each(
            List.of("a", "b"),
            name -> {
              try {
                queue.get();
              } catch (QueueShutDown e) {
                trace(name + " is told");
              }
            });
    tick();
    queue.shutdown();
    trace("shut down");
    join(tasks);
  }
}
