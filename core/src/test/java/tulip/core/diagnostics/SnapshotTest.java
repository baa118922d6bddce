// SPDX-License-Identifier: Apache-2.0
package tulip.core.diagnostics;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tulip.core.BothEngines;
import tulip.core.EventLoop;
import tulip.core.LoopClosedException;
import tulip.core.LoopOptions.Engine;
import tulip.core.OnLoop;
import tulip.core.Runner;
import tulip.core.Task;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.diagnostics.TaskSnapshot.State;
import tulip.core.sync.Event;
import tulip.core.sync.Lock;

class SnapshotTest {
  static TaskSnapshot find(List<TaskSnapshot> tasks, String name) {
    return tasks.stream().filter(task -> task.task().name().equals(name)).findFirst().orElseThrow();
  }

  static WaitSnapshot waitOf(LoopSnapshot snapshot, String name) {
    var wait = find(snapshot.tasks(), name).waitsFor();
    assertNotNull(wait, () -> name + " does not wait");
    return wait;
  }

  static List<String> names(List<TaskRef> tasks) {
    return tasks.stream().map(TaskRef::name).toList();
  }

  @BothEngines
  void eachTaskSaysWhatItDoes(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var lock = new Lock();
          var event = new Event();
          try (var group = TaskGroup.open()) {
            group.start("owner", () -> lock.run(event::await));
            group.start("waiter", () -> lock.run(() -> {}));
            group.start("sleeper", () -> Tulip.sleep(ofSeconds(90)));
            Tulip.sleep(ofMillis(1));
            group.start("newcomer", () -> {});
            var seen = EventLoop.current().snapshot();

            assertEquals(State.RUNNING, find(seen.tasks(), "main").state());
            assertNull(find(seen.tasks(), "main").waitsFor());
            assertEquals(State.READY, find(seen.tasks(), "newcomer").state());
            assertEquals(State.WAITING, find(seen.tasks(), "waiter").state());
            assertEquals(
                List.of("main", "owner", "waiter", "sleeper", "newcomer"),
                names(seen.tasks().stream().map(TaskSnapshot::task).toList()));
            assertEquals(Waker.EVERY_HOLDER, waitOf(seen, "waiter").waker());
            assertEquals(List.of("owner"), names(waitOf(seen, "waiter").holders()));
            assertTrue(waitOf(seen, "waiter").on().startsWith("lock held by owner"));
            assertEquals(Waker.ANYONE, waitOf(seen, "owner").waker());
            assertEquals(Waker.CLOCK, waitOf(seen, "sleeper").waker());
            assertEquals("sleep with 89.999 s left", waitOf(seen, "sleeper").on());
            event.set();
            group.join();
          }
        });
  }

  @BothEngines
  void aTaskThatIsResumedIsReady(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var event = new Event();
          try (var group = TaskGroup.open()) {
            group.start("woken", event::await);
            Tulip.yield();
            event.set();
            assertEquals(
                State.READY, find(EventLoop.current().snapshot().tasks(), "woken").state());
            group.join();
          }
        });
  }

  @BothEngines
  void parentsChildrenAndScopesAreKnown(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          var loner = loop.createTask("loner", () -> Tulip.sleep(ofHours(1)));
          try (var group = TaskGroup.open()) {
            group.start(
                "child",
                () ->
                    Tulip.shield(() ->
                        Tulip.moveOnAfter(
                            ofSeconds(5),
                            () -> {
                              try (var inner = TaskGroup.open()) {
                                inner.start("grandchild", () -> Tulip.sleep(ofSeconds(2)));
                                inner.join();
                              }
                            })));
            Tulip.sleep(ofSeconds(1));
            var seen = loop.snapshot();
            var child = find(seen.tasks(), "child");

            assertNull(find(seen.tasks(), "main").parent());
            assertNull(find(seen.tasks(), "loner").parent());
            assertEquals(find(seen.tasks(), "main").task(), child.parent());
            assertEquals(child.task(), find(seen.tasks(), "grandchild").parent());
            assertEquals(List.of("child"), names(find(seen.tasks(), "main").children()));
            assertEquals(List.of("grandchild"), names(child.children()));
            assertEquals(3, child.scopes().size());
            assertEquals(Duration.ofSeconds(4), child.scopes().getFirst().left());
            assertTrue(child.scopes().get(1).shielded());
            assertEquals(ScopeSnapshot.Kind.TASK, child.scopes().getLast().kind());
            group.cancel("enough");
            seen = loop.snapshot();
            assertEquals("enough", find(seen.tasks(), "main").scopes().getFirst().reason());
            assertTrue(find(seen.tasks(), "main").scopes().getFirst().cancelled());
            loner.taskScope().cancel();
          }
        });
  }

  @BothEngines
  void theStackBeginsInTheCodeThatWaits(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var group = TaskGroup.open()) {
            group.start("deep", () -> outer(2));
            Tulip.sleep(ofMillis(1));
            var snapshot = EventLoop.current().snapshot();
            var methods =
                find(snapshot.tasks(), "deep").stack().stream()
                    .map(StackTraceElement::getMethodName)
                    .toList();
            assertEquals(
                List.of("sleepUntil", "sleep", "outer", "outer", "outer"), methods.subList(0, 5));
            assertFalse(methods.contains("run"), methods::toString);
            var own = find(snapshot.tasks(), "main").stack().getFirst();
            assertEquals(SnapshotTest.class.getName(), own.getClassName());
            group.join();
          }
        });
  }

  private static void outer(int depth) {
    if (depth > 0) {
      outer(depth - 1);
    } else {
      Tulip.sleep(ofSeconds(1));
    }
  }

  @Test
  void aForeignWaitIsOutside() throws Exception {
    OnLoop.run(
        Engine.CARRIER,
        () -> {
          var go = new CountDownLatch(1);
          try (var group = TaskGroup.open()) {
            group.start("foreign", () -> go.await());
            Tulip.yield();
            var seen = EventLoop.current().snapshot();
            var foreign = find(seen.tasks(), "foreign");
            assertEquals(State.OUTSIDE, foreign.state());
            assertEquals(
                "await",
                foreign.stack().stream()
                    .map(StackTraceElement::getMethodName)
                    .filter("await"::equals)
                    .findFirst()
                    .orElse(""));
            assertEquals(1, seen.sources().foreign());
            go.countDown();
            group.join();
          }
        });
  }

  @BothEngines
  void whatComesFromOutsideSaysSo(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var go = new CountDownLatch(1);
          var stage = new CompletableFuture<String>();
          try (var group = TaskGroup.open()) {
            group.start("job", () -> Tulip.blocking(() -> go.await(10, TimeUnit.SECONDS)));
            group.start("stage", () -> Tulip.await(stage));
            group.start("forever", Tulip::sleepForever);
            Tulip.yield();
            var seen = EventLoop.current().snapshot();
            for (var name : List.of("job", "stage", "forever")) {
              assertEquals(Waker.OUTSIDE, waitOf(seen, name).waker());
            }
            assertEquals("future pending of a job in an executor", waitOf(seen, "job").on());
            assertEquals(1, seen.sources().jobs());
            go.countDown();
            group.cancel();
          }
        });
  }

  @BothEngines
  void anotherThreadMayLookWhileTheLoopRuns(Engine engine) throws Exception {
    try (var runner = Runner.open(OnLoop.options(engine))) {
      var stopped = new CompletableFuture<Integer>();
      var begun = new CountDownLatch(1);
      var looker =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  begun.await();
                  int most = 0;
                  for (int i = 0; i < 200; i++) {
                    var seen = runner.loop().snapshot(ofSeconds(10));
                    assertTrue(seen.answered());
                    seen.awaits();
                    most = Math.max(most, seen.tasks().size());
                  }
                  stopped.complete(most);
                } catch (Throwable t) {
                  stopped.completeExceptionally(t);
                }
              });
      runner.run(() -> {
        begun.countDown();
        var lock = new Lock();
        while (!stopped.isDone()) {
          Tulip.gather(
              List.of(1, 2, 3, 4),
              _ ->
                  lock.run(() -> {
                    Tulip.yield();
                    return 1;
                  }));
        }
      });
      looker.join();
      assertEquals(5, stopped.get());
    }
  }

  @BothEngines
  void aBlockedLoopSaysWhoBlocksItAndWhere(Engine engine) throws Exception {
    try (var runner = Runner.open(OnLoop.options(engine))) {
      var inside = new CountDownLatch(1);
      var release = new CompletableFuture<Boolean>();
      var looker =
          CompletableFuture.supplyAsync(() -> {
            awaitUnchecked(inside);
            var seen = runner.loop().snapshot(ofMillis(20));
            release.complete(true);
            return seen;
          });
      runner.run(
          () -> Task.current().loop().createTask("spinner", () -> spin(inside, release)).await());
      var seen = looker.get();
      assertFalse(seen.answered());
      assertEquals(
          List.of("spinner"), names(seen.tasks().stream().map(TaskSnapshot::task).toList()));
      assertEquals(State.RUNNING, seen.tasks().getFirst().state());
      assertTrue(
          seen.tasks().getFirst().stack().stream()
              .anyMatch(frame -> frame.getMethodName().equals("spin")),
          seen::toString);
      assertTrue(seen.toString().contains("does not answer"), seen::toString);
      assertEquals(DeadlockReport.Verdict.ALIVE, seen.deadlocks().verdict());
    }
  }

  @BothEngines
  void aCallbackThatBlocksTheLoopIsShownWithItsStack(Engine engine) throws Exception {
    try (var runner = Runner.open(OnLoop.options(engine))) {
      var inside = new CountDownLatch(1);
      var release = new CompletableFuture<Boolean>();
      runner.loop().callSoonThreadSafe(() -> spin(inside, release));
      inside.await();
      var seen = runner.loop().snapshot(ofMillis(20));
      release.complete(true);
      assertFalse(seen.answered());
      assertEquals(List.of(), seen.tasks());
      assertTrue(
          seen.stack().stream().anyMatch(frame -> frame.getMethodName().equals("spin")),
          seen::toString);
    }
  }

  private static void spin(CountDownLatch inside, CompletableFuture<Boolean> release) {
    inside.countDown();
    while (!release.isDone()) {
      Thread.onSpinWait();
    }
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @BothEngines
  void aClosedLoopAnswersNobody(Engine engine) {
    var loop = EventLoop.create(OnLoop.options(engine));
    assertEquals(List.of(), loop.snapshot().tasks());
    loop.close();
    assertThrows(LoopClosedException.class, loop::snapshot);
    assertFalse(loop.snapshot(ofSeconds(1)).answered());
  }

  @BothEngines
  void aHundredThousandTasksAreSeenAndOnlySomeAreWritten(Engine engine) throws Exception {
    int many = engine == Engine.CARRIER ? 100_000 : 10_000;
    OnLoop.run(
        engine,
        () -> {
          var lock = new Lock();
          try (var group = TaskGroup.open()) {
            lock.run(() -> {
              for (int i = 0; i < many; i++) {
                group.start(() -> lock.run(() -> {}));
              }
              Tulip.yield();
              var seen = EventLoop.current().snapshot();
              assertEquals(many + 1, seen.tasks().size());
              assertEquals(many + 2, seen.tree().rows().size());
              assertTrue(seen.toString().contains("and " + (many + 1 - 50) + " more"));
              assertTrue(seen.tree().toString().lines().count() < 1_100);
              assertTrue(seen.awaits().toString().lines().count() < 1_100);
              assertEquals(List.of(), seen.awaits().cycles());
            });
            group.join();
          }
        });
  }
}
