// SPDX-License-Identifier: Apache-2.0
package tulip.core.diagnostics;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.core.diagnostics.SnapshotTest.names;
import static tulip.core.diagnostics.SnapshotTest.waitOf;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tulip.core.BothEngines;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.OnLoop;
import tulip.core.ReturnWhen;
import tulip.core.Task;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.diagnostics.TaskSnapshot.State;
import tulip.core.pool.Pool;
import tulip.core.queue.Channel;
import tulip.core.queue.Queue;
import tulip.core.queue.Select;
import tulip.core.sync.Barrier;
import tulip.core.sync.CapacityLimiter;
import tulip.core.sync.Condition;
import tulip.core.sync.Lock;
import tulip.core.sync.RwLock;
import tulip.core.sync.Semaphore;

class AwaitGraphTest {
  /// Lets all others run until they wait.
  private static void settle() {
    Tulip.sleep(ofSeconds(1));
  }

  private static void tasksLockInTurn(TaskGroup group, int count) {
    var locks = new ArrayList<Lock>();
    for (int i = 0; i < count; i++) {
      locks.add(new Lock());
    }
    for (int i = 0; i < count; i++) {
      var own = locks.get(i);
      var next = locks.get((i + 1) % count);
      group.start(
          "t" + i,
          () ->
              own.run(() -> {
                Tulip.yield();
                next.run(() -> {});
              }));
    }
  }

  @BothEngines
  void aRingOfLocksIsFoundThoughTheLoopIsAlive(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var group = TaskGroup.open()) {
            tasksLockInTurn(group, 3);
            group.start("alive", () -> Tulip.sleep(ofHours(1)));
            settle();
            var graph = EventLoop.current().snapshot().awaits();
            assertEquals(1, graph.cycles().size());
            assertEquals(
                List.of("t0", "t1", "t2"),
                names(graph.cycles().getFirst().stream().map(TaskSnapshot::task).toList()));
            assertTrue(
                graph
                    .toString()
                    .startsWith("3 tasks wait for each other:\n  t0 waits for lock held by t1"),
                graph::toString);
            group.cancel();
          }
        });
  }

  @BothEngines
  void aRingOfAThousandTasksIsFound(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var group = TaskGroup.open()) {
            tasksLockInTurn(group, 1_000);
            settle();
            assertEquals(1_000, EventLoop.current().snapshot().awaits().cycles().getFirst().size());
            group.cancel();
          }
        });
  }

  @BothEngines
  void aChildThatWaitsForItsParentIsACycle(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          var parent =
              loop.createTask(
                  "parent",
                  () -> {
                    var self = Task.current();
                    try (var group = TaskGroup.open()) {
                      group.start("child", self::awaitDone);
                      group.join();
                    }
                  });
          settle();
          var seen = loop.snapshot();
          assertEquals(List.of("child"), names(waitOf(seen, "parent").holders()));
          assertEquals(
              """
              2 tasks wait for each other:
                parent waits for task group of 1 running
                child waits for task parent
              parent waits for task group of 1 running
              └─ child waits for task parent
                 └─ parent (see above)
              """,
              seen.awaits().toString().replace("main runs\n", ""));
          parent.taskScope().cancel();
        });
  }

  @BothEngines
  void whoWaitsForHoldersIsStuckOnlyIfTheyAre(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var limiter = new CapacityLimiter(2);
          var lock = new Lock();
          try (var group = TaskGroup.open()) {
            group.start(
                "a",
                () ->
                    limiter.run(() -> {
                      Tulip.yield();
                      lock.run(() -> {});
                    }));
            group.start("b", () -> limiter.run(() -> Tulip.sleep(ofHours(1))));
            group.start("c", () -> lock.run(() -> limiter.run(() -> {})));
            settle();
            var seen = EventLoop.current().snapshot();
            assertEquals(Waker.ANY_HOLDER, waitOf(seen, "c").waker());
            assertEquals(List.of("a", "b"), names(waitOf(seen, "c").holders()));
            assertEquals(List.of(), seen.awaits().cycles());
            group.cancel();
          }
        });
  }

  @BothEngines
  void whereOneHolderIsEnoughAllMustBeStuck(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var limiter = new CapacityLimiter(2);
          var lock = new Lock();
          try (var group = TaskGroup.open()) {
            for (var name : List.of("a", "b")) {
              group.start(
                  name,
                  () ->
                      limiter.run(() -> {
                        Tulip.yield();
                        lock.run(() -> {});
                      }));
            }
            group.start("c", () -> lock.run(() -> limiter.run(() -> {})));
            settle();
            var cycles = EventLoop.current().snapshot().awaits().cycles();
            assertEquals(1, cycles.size());
            assertEquals(2, cycles.getFirst().size());
            group.cancel();
          }
        });
  }

  @BothEngines
  void everyKindOfWaitSaysWhatItIsAndWhoHoldsIt(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var rw = new RwLock();
          var condition = new Condition();
          var semaphore = new Semaphore(0);
          var barrier = new Barrier(2);
          var queue = new Queue<Integer>(1);
          var channel = Channel.<Integer>open(0);
          var future = EventLoop.current().createFuture();
          try (var group = TaskGroup.open()) {
            group.start("reader", () -> rw.reader().run(() -> Tulip.sleep(ofHours(1))));
            group.start("writer", () -> rw.writer().run(() -> {}));
            group.start("condition", () -> condition.run(condition::await));
            group.start("semaphore", () -> semaphore.acquire());
            group.start(
                "barrier",
                () -> {
                  barrier.await();
                });
            group.start(
                "queue",
                () -> {
                  queue.get();
                });
            group.start("sender", () -> channel.sender().send(1));
            group.start("future", future::awaitDone);
            var awaited = group.start("awaited", () -> Tulip.sleep(ofHours(1)));
            group.start("task", awaited::awaitDone);
            group.start(
                "set", () -> Tulip.wait(List.of(awaited, future), null, ReturnWhen.ALL_COMPLETED));
            var other = Channel.<Integer>open(0);
            group.start(
                "select",
                () -> Select.<Integer, RuntimeException>select(other.receiver().onReceive(x -> x)));
            group.start(
                "pool",
                () -> {
                  try (var results =
                      Pool.mapOrdered(
                          List.of(1),
                          1,
                          x -> {
                            Tulip.sleep(ofHours(1));
                            return x;
                          })) {
                    results.forEach(_ -> {});
                  }
                });
            settle();
            var seen = EventLoop.current().snapshot();
            assertSays(
                seen,
                "writer",
                "read-write lock read by reader, 1 waiting to write: writer",
                Waker.EVERY_HOLDER,
                "reader");
            assertSays(
                seen,
                "condition",
                "condition of a lock that nobody holds, 1 waiting to be notified: condition",
                Waker.ANYONE);
            assertSays(
                seen,
                "semaphore",
                "semaphore with 0 permits left, 1 waiting: semaphore",
                Waker.ANYONE);
            assertSays(seen, "barrier", "barrier for 2, 1 waiting: barrier", Waker.ANYONE);
            assertSays(seen, "queue", "an item of a queue", Waker.ANYONE);
            assertSays(seen, "sender", "room in a channel", Waker.ANYONE);
            assertSays(seen, "future", "future pending", Waker.ANYONE);
            assertSays(seen, "task", "task awaited", Waker.EVERY_HOLDER, "awaited");
            assertSays(
                seen,
                "set",
                "any of 2 futures: task awaited, future pending",
                Waker.ANYONE,
                "awaited");
            assertSays(seen, "select", "any of 1 channels", Waker.ANYONE);
            assertEquals(Waker.ANY_HOLDER, waitOf(seen, "pool").waker());
            assertEquals("a result", waitOf(seen, "pool").on());
            group.cancel();
          }
        });
  }

  private static void assertSays(
      LoopSnapshot seen, String task, String on, Waker waker, String... holders) {
    var wait = waitOf(seen, task);
    assertEquals(on, wait.on());
    assertEquals(waker, wait.waker());
    assertEquals(List.of(holders), names(wait.holders()));
  }

  @BothEngines
  void theSameThingHasTheSameNumber(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var one = new Queue<Integer>(1);
          var two = new Queue<Integer>(1);
          try (var group = TaskGroup.open()) {
            group.start(
                "a",
                () -> {
                  one.get();
                });
            group.start(
                "b",
                () -> {
                  one.get();
                });
            group.start(
                "c",
                () -> {
                  two.get();
                });
            settle();
            var seen = EventLoop.current().snapshot();
            assertEquals(waitOf(seen, "a").number(), waitOf(seen, "b").number());
            assertTrue(waitOf(seen, "a").number() != waitOf(seen, "c").number());
            group.cancel();
          }
        });
  }

  // Graphs by hand.

  private static TaskSnapshot waiting(long id, Waker waker, long... holders) {
    var refs = new ArrayList<TaskRef>();
    for (long holder : holders) {
      refs.add(new TaskRef(holder, "t" + holder));
    }
    return new TaskSnapshot(
        new TaskRef(id, "t" + id),
        State.WAITING,
        new WaitSnapshot("x" + id, (int) id, waker, refs),
        List.of(),
        null,
        List.of(),
        List.of(),
        List.of());
  }

  private static List<List<String>> cycles(TaskSnapshot... tasks) {
    return AwaitGraph.of(List.of(tasks)).cycles().stream()
        .map(cycle -> names(cycle.stream().map(TaskSnapshot::task).toList()))
        .toList();
  }

  @Test
  void twoRingsAndThoseBehindThem() {
    assertEquals(
        List.of(List.of("t1", "t2"), List.of("t3", "t5", "t4")),
        cycles(
            waiting(1, Waker.EVERY_HOLDER, 2),
            waiting(2, Waker.EVERY_HOLDER, 1),
            waiting(3, Waker.EVERY_HOLDER, 5),
            waiting(4, Waker.EVERY_HOLDER, 3),
            waiting(5, Waker.EVERY_HOLDER, 4),
            waiting(6, Waker.EVERY_HOLDER, 5),
            waiting(7, Waker.ANYONE, 1)));
  }

  @Test
  void aFreeHolderFreesAWholeChain() {
    assertEquals(
        List.of(),
        cycles(
            waiting(1, Waker.EVERY_HOLDER, 2),
            waiting(2, Waker.EVERY_HOLDER, 3),
            waiting(3, Waker.ANY_HOLDER, 1, 4),
            waiting(4, Waker.CLOCK)));
  }

  @Test
  void oneOfManyHoldersThatIsStuckIsEnough() {
    assertEquals(
        List.of(List.of("t1", "t2")),
        cycles(
            waiting(1, Waker.EVERY_HOLDER, 9, 2, 3),
            waiting(2, Waker.EVERY_HOLDER, 1),
            waiting(3, Waker.OUTSIDE)));
  }

  @Test
  void aTaskMayWaitForItself() {
    assertEquals(List.of(List.of("t1")), cycles(waiting(1, Waker.EVERY_HOLDER, 1)));
  }
}
