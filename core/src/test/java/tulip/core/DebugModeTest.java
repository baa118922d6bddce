// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tulip.core.LoopOptions.Engine;
import tulip.core.diagnostics.Creation;
import tulip.core.diagnostics.TaskSnapshot;

class DebugModeTest {
  private static LoopOptions debug(Engine engine) {
    return OnLoop.options(engine).withDebug(true);
  }

  private static List<Creation> createdAt(String name) {
    return EventLoop.current().snapshot().tasks().stream()
        .filter(task -> task.task().name().equals(name))
        .map(TaskSnapshot::created)
        .findFirst()
        .orElseThrow();
  }

  private static Task<@Nullable Void> startGrandchild() {
    return Tulip.createTask(() -> {
      var last = EventLoop.current().createTask("last", () -> Tulip.sleep(ofHours(1)));
      Tulip.sleep(ofSeconds(1));
      last.cancel();
    });
  }

  @BothEngines
  void tasksKnowWhereTheyWereCreatedAndTheirCreatorsToo(Engine engine) throws Exception {
    OnLoop.run(
        debug(engine),
        () -> {
          var middle = startGrandchild();
          Tulip.yield();
          var chain = createdAt("last");
          assertEquals(3, chain.size());
          assertEquals(
              List.of(middle.name(), "main", ""), chain.stream().map(Creation::by).toList());
          assertEquals("startGrandchild", methodThatCreated(chain.get(1)));
          assertEquals(
              DebugModeTest.class.getName(), chain.get(0).stack().getFirst().getClassName());
          assertTrue(EventLoop.current().snapshot().toString().contains("created by main\n"));
          middle.await();
          return "";
        });
  }

  private static String methodThatCreated(Creation creation) {
    return creation.stack().getFirst().getMethodName();
  }

  /// A task that starts the next one, and so on for ever, must not fill the memory.
  @BothEngines
  void theChainHasAnEnd(Engine engine) throws Exception {
    OnLoop.run(
        debug(engine),
        () -> {
          Task<Integer> task = next(50);
          Tulip.sleep(ofSeconds(1));
          assertEquals(10, createdAt("last").size());
          task.await();
          return "";
        });
  }

  private static Task<Integer> next(int left) {
    return EventLoop.current()
        .createTask(
            left == 0 ? "last" : "link",
            () -> {
              if (left == 0) {
                Tulip.sleep(ofHours(1));
                return 0;
              }
              return next(left - 1).await() + 1;
            });
  }

  @BothEngines
  void withoutItNothingIsRemembered(Engine engine) throws Exception {
    OnLoop.run(
        OnLoop.options(engine).withDebug(false),
        () -> {
          var task = startGrandchild();
          Tulip.yield();
          assertEquals(List.of(), createdAt("last"));
          task.await();
          assertNull(cancelled(Task.current().scope()).getCause());
          return "";
        });
  }

  private static Throwable causeOf(@Nullable Throwable effect) {
    assertNotNull(effect);
    var cause = effect.getCause();
    assertNotNull(cause);
    return cause;
  }

  private static Cancelled cancelled(Scope around) {
    assertFalse(around.isCancelled());
    var caught = new ArrayList<Cancelled>();
    new Scope()
        .run(() -> {
          Scope.current().cancel("why not");
          try {
            Tulip.sleep(ofSeconds(1));
          } catch (Cancelled e) {
            caught.add(e);
            throw e;
          }
        });
    return caught.getFirst();
  }

  @BothEngines
  void aCancelledWaitSaysWhoCancelledItAndWhere(Engine engine) throws Exception {
    OnLoop.run(
        debug(engine),
        () -> {
          var cause = causeOf(cancelled(Task.current().scope()));
          assertEquals(
              "scope of task main was cancelled by task main: why not", cause.getMessage());
          assertTrue(
              cause.getStackTrace()[0].getMethodName().contains("cancelled"),
              () -> cause.getStackTrace()[0].toString());
          return "";
        });
  }

  @BothEngines
  void aTasksCancellationSaysWhoRequestedIt(Engine engine) throws Exception {
    OnLoop.run(
        debug(engine),
        () -> {
          var task = EventLoop.current().createTask("victim", () -> Tulip.sleep(ofHours(1)));
          Tulip.yield();
          task.cancel("no more");
          task.awaitDone();
          var cancelled = assertThrows(CancellationException.class, task::result);
          assertEquals(
              "task victim was cancelled by task main: no more",
              causeOf(causeOf(cancelled)).getMessage());
          return "";
        });
  }

  /// main cancels a group; its child, being cancelled, cancels another task on its way out.
  @BothEngines
  void theCancellersCancellerIsKnown(Engine engine) throws Exception {
    OnLoop.run(
        debug(engine),
        () -> {
          var loop = EventLoop.current();
          var far = loop.createTask("far", () -> Tulip.sleep(ofHours(1)));
          try (var group = TaskGroup.open()) {
            group.start(
                "middle",
                () -> {
                  try {
                    Tulip.sleep(ofHours(1));
                  } finally {
                    far.taskScope().cancel("its master was cancelled");
                  }
                });
            Tulip.yield();
            group.cancel("all done");
          }
          far.awaitDone();
          var cause = causeOf(far.failure());
          assertEquals(
              "task far was cancelled by task middle: its master was cancelled",
              cause.getMessage());
          assertEquals(
              "group of task main was cancelled by task main: all done",
              causeOf(cause).getMessage());
          return "";
        });
  }

  @BothEngines
  void aTimeoutSaysThatItsTimeWasUp(Engine engine) throws Exception {
    OnLoop.run(
        debug(engine),
        () -> {
          var timeout =
              assertThrows(
                  TimeoutException.class,
                  () -> Tulip.timeout(ofSeconds(1), () -> Tulip.sleep(ofHours(1))));
          assertEquals(
              "scope of task main was cancelled: deadline exceeded",
              causeOf(causeOf(timeout)).getMessage());
          return "";
        });
  }

  @BothEngines
  void aFailureThatNobodyReadIsReportedWithItsCreation(Engine engine) throws Exception {
    var errors = new ArrayList<ErrorContext>();
    OnLoop.run(
        debug(engine),
        errors,
        () -> {
          createFailingTask();
          var future = EventLoop.current().<Integer>createFuture();
          future.setException(new IllegalStateException("unread"));
          Tulip.sleep(ofSeconds(1));
          return "";
        });
    assertEquals(2, errors.size());
    var future = errors.getFirst().message();
    assertTrue(future.contains("was never read\n    created by main\n      at "), future);
    assertTrue(future.contains("(DebugModeTest.java:"), future);
    var task = errors.getLast().message();
    assertTrue(
        task.startsWith("the failure of task failing was never read\n    created by main"), task);
    assertTrue(task.contains("createFailingTask"), task);
  }

  private static void createFailingTask() {
    EventLoop.current()
        .createTask(
            "failing",
            () -> {
              throw new IllegalStateException("unread");
            });
  }
}
