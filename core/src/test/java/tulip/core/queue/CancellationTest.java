// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.core.queue.QueueTest.settle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tulip.core.BothEngines;
import tulip.core.Cancelled;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.OnLoop;
import tulip.core.Scope;
import tulip.core.Task;
import tulip.core.TaskGroup;
import tulip.core.Tulip;

/// Every wait of the package, cancelled in every way at every moment.
class CancellationTest {
  private static final String ITEM = "the item";

  /// A wait, and what the other side does. One item is in play.
  private abstract static class Wait {
    final List<String> arrived = new ArrayList<>();

    /// Waits, and notes the item if it has come to this side.
    abstract void run();

    /// Makes the wait possible, without waiting; notes the item if it has come to the other side.
    abstract void serve();

    /// Where an item is that has arrived nowhere: finds and notes it.
    abstract void rest();

    /// How many have a place in a line.
    abstract int waiting();

    /// Whether the item begins on the side of the wait.
    boolean gives() {
      return false;
    }

    @Override
    public String toString() {
      return getClass().getSimpleName();
    }
  }

  private static class Get extends Wait {
    final Queue<String> queue = new Queue<>(1);

    @Override
    void run() {
      arrived.add(queue.get());
    }

    @Override
    void serve() {
      assertTrue(queue.tryPut(ITEM));
    }

    @Override
    void rest() {
      var item = queue.tryGet();
      if (item != null) {
        arrived.add(item);
      }
    }

    @Override
    int waiting() {
      return queue.statistics().waitingGets() + queue.statistics().waitingPuts();
    }
  }

  private static final class Iterate extends Get {
    @Override
    void run() {
      arrived.add(queue.iterator().next());
    }
  }

  private static final class Put extends Get {
    Put() {
      // filled by the first run: only then there is a loop
    }

    @Override
    void run() {
      queue.tryPut("before");
      queue.put(ITEM);
    }

    @Override
    void serve() {
      queue.tryPut("before");
      assertEquals("before", queue.tryGet());
    }

    @Override
    void rest() {
      for (var item = queue.tryGet(); item != null; item = queue.tryGet()) {
        if (item.equals(ITEM)) {
          arrived.add(item);
        }
      }
    }

    @Override
    boolean gives() {
      return true;
    }
  }

  private static final class Join extends Get {
    @Override
    void run() {
      if (queue.statistics().unfinished() == 0) {
        queue.put("work");
        queue.get();
      }
      queue.join();
      arrived.add(ITEM);
    }

    @Override
    void serve() {
      if (queue.statistics().unfinished() > 0) {
        queue.taskDone();
      }
    }

    @Override
    void rest() {
      if (arrived.isEmpty()) {
        arrived.add(ITEM);
      }
    }

    @Override
    int waiting() {
      return 0; // a place in this line is not counted
    }
  }

  private static class Receive extends Wait {
    final Channel<String> channel;

    Receive(int capacity) {
      channel = Channel.open(capacity);
    }

    @Override
    void run() {
      arrived.add(channel.receiver().receive());
    }

    @Override
    void serve() {
      if (!channel.sender().trySend(ITEM)) {
        arrived.add(ITEM); // kept
      }
    }

    @Override
    void rest() {
      var item = channel.receiver().tryReceive();
      if (item != null) {
        arrived.add(item);
      }
    }

    @Override
    int waiting() {
      var now = channel.sender().statistics();
      return now.waitingReceivers() + now.waitingSenders();
    }
  }

  private static final class SelectReceive extends Receive {
    private final Channel<String> other = Channel.open(0);

    SelectReceive(int capacity) {
      super(capacity);
    }

    @Override
    void run() {
      arrived.add(
          Select.<String, RuntimeException>select(
              other.receiver().onReceive(item -> item),
              other.sender().onSend("never", () -> "never"),
              channel.receiver().onReceive(item -> item)));
    }

    @Override
    int waiting() {
      var now = other.sender().statistics();
      return super.waiting() + now.waitingReceivers() + now.waitingSenders();
    }
  }

  private static class Send extends Receive {
    Send() {
      super(0);
    }

    @Override
    void run() {
      channel.sender().send(ITEM);
    }

    @Override
    void serve() {
      rest();
    }

    @Override
    boolean gives() {
      return true;
    }
  }

  private static final class SelectSend extends Send {
    private final Channel<String> other = Channel.open(0);

    @Override
    void run() {
      Select.<String, RuntimeException>select(
          other.receiver().onReceive(item -> item), channel.sender().onSend(ITEM, () -> "sent"));
    }

    @Override
    int waiting() {
      return super.waiting() + other.sender().statistics().waitingReceivers();
    }
  }

  private static final List<Supplier<Wait>> WAITS =
      List.of(
          Get::new,
          Iterate::new,
          Put::new,
          Join::new,
          () -> new Receive(0),
          () -> new Receive(1),
          () -> new SelectReceive(0),
          () -> new SelectReceive(1),
          Send::new,
          SelectSend::new);

  private enum How {
    SCOPE,
    TASK_SCOPE,
    EDGE
  }

  private static final class Victim {
    final Wait wait;
    final Scope scope = new Scope();
    final Task<?> task;
    boolean done;
    boolean cancelled;

    Victim(Wait wait) {
      this.wait = wait;
      task =
          EventLoop.current()
              .createTask(() -> {
                scope.run(() -> {
                  try {
                    wait.run();
                    done = true;
                  } catch (Cancelled e) {
                    cancelled = true;
                    throw e;
                  }
                });
              });
    }

    void cancel(How how) {
      switch (how) {
        case SCOPE -> scope.cancel();
        case TASK_SCOPE -> task.taskScope().cancel();
        case EDGE -> task.cancel("edge");
      }
    }

    /// The end: nobody has a place any more, and the item is where it should be, once.
    void check(boolean served, String what) {
      settle();
      assertTrue(task.isDone(), what);
      assertEquals(!done, cancelled, what);
      assertEquals(0, wait.waiting(), what);
      wait.rest();
      boolean lost = wait.gives() && cancelled; // then it is still with the one who wanted to give
      assertEquals(lost ? List.of() : served ? List.of(ITEM) : wait.arrived, wait.arrived, what);
    }
  }

  private interface Script {
    void run(Victim victim, How how, String what) throws Exception;
  }

  private static void forAll(Engine engine, Script script) throws Exception {
    for (var wait : WAITS) {
      for (var how : How.values()) {
        OnLoop.run(
            engine,
            () -> {
              var victim = new Victim(wait.get());
              script.run(victim, how, victim.wait + " " + how);
            });
      }
    }
  }

  @BothEngines
  void cancelledBeforeItWaitsItDoesNothing(Engine engine) throws Exception {
    forAll(
        engine,
        (victim, how, what) -> {
          victim.cancel(how);
          settle();
          assertTrue(victim.cancelled, what);
          victim.wait.serve();
          victim.check(true, what);
        });
  }

  @BothEngines
  void cancelledWhileItWaitsItHasDoneNothing(Engine engine) throws Exception {
    forAll(
        engine,
        (victim, how, what) -> {
          settle();
          assertFalse(victim.done, what);
          victim.cancel(how);
          settle();
          assertTrue(victim.cancelled, what);
          victim.wait.serve();
          victim.check(true, what);
        });
  }

  @BothEngines
  void cancelledJustBeforeTheHandOverItHasDoneNothing(Engine engine) throws Exception {
    forAll(
        engine,
        (victim, how, what) -> {
          settle();
          victim.cancel(how);
          victim.wait.serve(); // in the same turn
          settle();
          assertTrue(victim.cancelled, what);
          victim.check(true, what);
        });
  }

  @BothEngines
  void cancelledJustAfterTheHandOverItIsDone(Engine engine) throws Exception {
    forAll(
        engine,
        (victim, how, what) -> {
          settle();
          victim.wait.serve();
          victim.cancel(how); // in the same turn
          settle();
          assertTrue(victim.done, what);
          assertFalse(victim.cancelled, what);
          victim.check(true, what);
        });
  }

  @BothEngines
  void whatNeedNotWaitIsDoneInSpiteOfACancellation(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<String>(1);
          var channel = Channel.<String>open(1);
          var scope = new Scope();
          scope.run(() -> {
            scope.cancel();
            queue.put("1");
            assertEquals("1", queue.get());
            channel.sender().send("2");
            assertEquals("2", channel.receiver().receive());
            assertThrows(Cancelled.class, Tulip::yield);
          });
        });
  }

  @BothEngines
  void aDeadlineEndsEachWait(Engine engine) throws Exception {
    for (var kind : WAITS) {
      OnLoop.run(
          engine,
          () -> {
            var wait = kind.get();
            var scope = new Scope().timeout(ofMillis(5));
            long begin = EventLoop.current().time();
            scope.run(wait::run);
            assertTrue(scope.isExpired(), wait.toString());
            assertEquals(ofMillis(5).toNanos(), EventLoop.current().time() - begin);
            assertEquals(0, wait.waiting(), wait.toString());
          });
    }
  }

  @BothEngines
  void aShieldKeepsAWaitGoing(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<String>(1);
          TaskGroup.run(group -> {
            var task = group.start(() -> Tulip.shield(queue::get));
            settle();
            task.cancel("no");
            task.taskScope().cancel();
            settle();
            assertFalse(task.isDone());
            queue.put("1");
            settle();
            assertEquals("1", task.result());
          });
        });
  }

  /// python/asyncio#343 and what came of it: the item must be with one of them.
  @BothEngines
  void theNextInLineGetsWhatACancelledTaskDoesNot(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<String>(1);
          TaskGroup.run(group -> {
            var first = group.start(() -> queue.get());
            var second = group.start(() -> queue.get());
            settle();
            first.cancel("no");
            queue.put("1");
            settle();
            assertTrue(first.isCancelled());
            assertEquals("1", second.result());
          });
          queue.put("full");
          TaskGroup.run(group -> {
            var first = group.start(() -> queue.put("a"));
            group.start(() -> queue.put("b"));
            settle();
            first.cancel("no");
            assertEquals("full", queue.get());
            assertEquals("b", queue.get());
          });
        });
  }

  @BothEngines
  void aTaskInTheMiddleOfALineMayLeave(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var channel = Channel.<Integer>open(0);
          TaskGroup.run(group -> {
            var tasks = new ArrayList<Task<Integer>>();
            for (int i = 0; i < 5; i++) {
              tasks.add(group.start(() -> channel.receiver().receive()));
            }
            settle();
            for (int i : List.of(2, 0, 4)) {
              tasks.get(i).cancel("leaves");
            }
            assertEquals(2, channel.sender().statistics().waitingReceivers());
            channel.sender().send(1);
            channel.sender().send(2);
            settle();
            assertEquals(1, tasks.get(1).result());
            assertEquals(2, tasks.get(3).result());
          });
        });
  }

  @BothEngines
  void aLevelCancelledTaskDoesNotTakeItemsThatItMustWaitFor(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var queue = new Queue<String>(1);
          var scope = new Scope();
          scope.run(() -> {
            scope.cancel();
            for (int i = 0; i < 3; i++) {
              var error = assertThrows(Cancelled.class, queue::get);
              assertSame(scope, error.scope());
              assertEquals(0, queue.statistics().waitingGets());
            }
          });
          queue.put("1");
          assertEquals("1", queue.get());
        });
  }
}
