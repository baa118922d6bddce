// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tulip.core.EventLoop;
import tulip.core.Future;
import tulip.core.Task;
import tulip.core.Tulip;

/// Tasks: their steps, what they know of themselves, and cancellation as asyncio has it.
abstract class TaskPack extends StagePack {
  // Steps.

  @Test
  void aTaskDoesNotStartInline() throws Exception {
    run(loop -> {
      var task = loop.createTask(() -> trail.add("task"));
      trail.assertIs();
      assertFalse(task.isDone());
      Tulip.yield();
      trail.assertIs("task");
      assertTrue(task.isDone());
    });
  }

  @Test
  void tasksStartInOrder() throws Exception {
    run(loop -> {
      for (int i = 0; i < 5; i++) {
        int number = i;
        loop.createTask(() -> trail.add(number));
      }
      Tulip.yield();
      trail.assertIs(0, 1, 2, 3, 4);
    });
  }

  @Test
  void tasksTakeTurns() throws Exception {
    run(loop -> {
      var tasks = new ArrayList<Task<?>>();
      for (var name : List.of("a", "b", "c")) {
        tasks.add(
            loop.createTask(() -> {
              for (int i = 0; i < 3; i++) {
                trail.add(name + i);
                Tulip.yield();
              }
            }));
      }
      tasks.forEach(Task::await);
      trail.assertIs("a0", "b0", "c0", "a1", "b1", "c1", "a2", "b2", "c2");
    });
  }

  @Test
  void yieldGivesUpOneIteration() throws Exception {
    run(loop -> {
      loop.callSoon(() -> {
        trail.add("first");
        loop.callSoon(trail.mark("second"));
      });
      Tulip.yield();
      trail.add("task");
      Tulip.yield();
      trail.assertIs("first", "task", "second");
    });
  }

  @Test
  void aSleepOfNothingIsAYield() throws Exception {
    run(loop -> {
      loop.callSoon(trail.mark("callback"));
      Tulip.sleep(ofSeconds(0));
      trail.assertIs("callback");
      loop.callSoon(trail.mark("second callback"));
      Tulip.sleep(ofSeconds(-1));
      trail.assertIs("callback", "second callback");
      assertEquals(0, loop.time());
    });
  }

  @Test
  void theResultIsWhatTheCodeReturns() throws Exception {
    run(loop -> {
      assertEquals("result", loop.createTask(() -> "result").await());
      assertNull(loop.createTask(() -> {}).await());
    });
  }

  @Test
  void theFailureIsWhatTheCodeThrows() throws Exception {
    run(loop -> {
      var unchecked = new IllegalStateException("expected");
      var checked = new IOException("expected");
      var error = new LinkageError("expected");
      assertSame(unchecked, failure(loop, unchecked));
      assertSame(checked, failure(loop, checked));
      assertSame(error, failure(loop, error));
    });
  }

  private static @Nullable Throwable failure(EventLoop loop, Throwable failure) {
    var task =
        loop.createTask(() -> {
          if (failure instanceof Exception e) {
            throw e;
          }
          throw (Error) failure;
        });
    task.awaitDone();
    return task.exception();
  }

  @Test
  void awaitingAFailedTaskWrapsOnlyWhatIsChecked() throws Exception {
    run(loop -> {
      var checked = new IOException("expected");
      var task =
          loop.createTask(() -> {
            throw checked;
          });
      assertSame(checked, assertThrows(CompletionException.class, task::await).getCause());
    });
  }

  @Test
  void aTaskMayRecurseDeeply() throws Exception {
    run(loop -> assertEquals(1000, loop.createTask(() -> depth(1000)).await()));
  }

  private static int depth(int left) {
    if (left == 0) {
      Tulip.yield();
      return 0;
    }
    return 1 + depth(left - 1);
  }

  @Test
  void aStackOverflowIsTheTasksFailure() throws Exception {
    run(loop -> {
      var task = loop.createTask(() -> overflow(0));
      assertThrows(StackOverflowError.class, task::await);
      assertEquals("fine", loop.createTask(() -> "fine").await());
    });
  }

  /// asyncio holds its tasks weakly, and loses some.
  @Test
  void aTaskThatNobodyHoldsRunsToItsEnd() throws Exception {
    run(loop -> {
      for (int i = 0; i < 10; i++) {
        int number = i;
        loop.createTask(() -> {
          Tulip.sleep(ofSeconds(1));
          Tulip.yield();
          trail.add(number);
        });
      }
      Tulip.yield();
      System.gc();
      Tulip.sleep(ofSeconds(2));
      trail.assertIs(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    });
  }

  @Test
  void tenThousandTasksRun() throws Exception {
    run(loop -> {
      var sum = new int[1];
      var tasks = new ArrayList<Task<?>>();
      for (int i = 0; i < 10_000; i++) {
        tasks.add(
            loop.createTask(() -> {
              Tulip.sleep(ofSeconds(1));
              sum[0]++;
            }));
      }
      tasks.forEach(Task::await);
      assertEquals(10_000, sum[0]);
    });
  }

  @Test
  void aTaskCannotAwaitItself() throws Exception {
    run(loop -> {
      var self = new ArrayList<Task<?>>();
      self.add(
          loop.createTask(() -> {
            assertThrows(IllegalStateException.class, () -> self.getFirst().await());
            return "refused";
          }));
      assertEquals("refused", self.getFirst().await());
    });
  }

  // What a task knows.

  @Test
  void aTaskKnowsItselfAndItsLoop() throws Exception {
    run(loop -> {
      Task<Task<?>> task = loop.createTask(() -> Task.current());
      assertSame(task, task.await());
      assertSame(loop, task.loop());
      assertSame(loop, loop.createTask(() -> EventLoop.current()).await());
      assertSame(loop.currentTask(), Task.current());
      assertNotEquals(task, loop.currentTask());
    });
  }

  @Test
  void aTaskHasItsNameOrANumber() throws Exception {
    run(loop -> {
      var named = loop.createTask("importer", () -> Thread.currentThread().getName());
      var first = loop.createTask(() -> 1);
      var second = loop.createTask(() -> 2);
      assertEquals("importer", named.name());
      assertEquals("importer", named.await());
      assertEquals("Task-" + first.id(), first.name());
      assertTrue(second.id() > first.id());
      assertTrue(named.toString().contains("importer"));
    });
  }

  @Test
  void theLoopListsItsTasksTheOldestFirst() throws Exception {
    run(loop -> {
      var self = Task.current();
      var first = loop.createTask(Tulip::yield);
      var second = loop.createTask(Tulip::yield);
      assertEquals(List.of(self, first, second), loop.allTasks());
      assertEquals(3, loop.taskCount());
      second.await();
      assertEquals(List.of(self), loop.allTasks());
      assertEquals(1, loop.taskCount());
    });
  }

  @Test
  void aTaskTellsWhatItWaitsFor() throws Exception {
    run(loop -> {
      var future = loop.<Integer>createFuture();
      var task = loop.createTask(future::await);
      Tulip.yield();
      assertSame(future, task.waitingFor());
      future.setResult(1);
      task.await();
      assertNull(task.waitingFor());
    });
  }

  @Test
  void aTaskIsAVirtualThreadWithLocalsOfItsOwn() throws Exception {
    run(loop -> {
      var local = new ThreadLocal<String>();
      local.set("mine");
      assertTrue(Thread.currentThread().isVirtual());
      var task = loop.createTask(() -> String.valueOf(local.get()));
      assertEquals("null", task.await());
      assertEquals("mine", local.get());
    });
  }

  @Test
  void nobodyElseGivesATaskItsResult() throws Exception {
    run(loop -> {
      var task = loop.createTask(() -> 1);
      Future<Integer> future = task;
      assertThrows(UnsupportedOperationException.class, () -> future.setResult(2));
      assertThrows(
          UnsupportedOperationException.class,
          () -> future.setException(new IOException("unexpected")));
      assertEquals(1, task.await());
    });
  }

  // Eager tasks.

  @Test
  void anEagerTaskRunsToItsFirstWaitAtOnce() throws Exception {
    run(loop -> {
      var starter = Task.current();
      var task =
          loop.createEagerTask(() -> {
            trail.add("eager");
            assertNotEquals(starter, Task.current());
            Tulip.sleep(ofSeconds(1));
            trail.add("later");
            return "result";
          });
      trail.add("starter");
      assertSame(starter, Task.current());
      assertFalse(task.isDone());
      assertEquals("result", task.await());
      trail.assertIs("eager", "starter", "later");
    });
  }

  @Test
  void anEagerTaskThatNeverWaitsIsDoneAtOnce() throws Exception {
    run(loop -> {
      loop.callSoon(trail.mark("callback"));
      var task = loop.createEagerTask(() -> "result");
      assertTrue(task.isDone());
      assertEquals("result", task.result());
      trail.assertIs();
      assertEquals(List.of(Task.current()), loop.allTasks());
    });
  }

  @Test
  void anEagerTaskThatFailsFailsForWhoAwaitsIt() throws Exception {
    run(loop -> {
      var task =
          loop.createEagerTask(() -> {
            throw new IOException("expected");
          });
      assertTrue(task.isDone());
      assertInstanceOf(IOException.class, task.exception());
    });
  }

  @Test
  void eagerTasksNest() throws Exception {
    run(loop -> {
      var outer =
          loop.createEagerTask(() -> {
            trail.add("outer");
            var inner = loop.createEagerTask(() -> trail.marks().size());
            return inner.result();
          });
      assertEquals(1, outer.result());
    });
  }

  @Test
  void anEagerTaskThatWaitsCanBeCancelled() throws Exception {
    run(loop -> {
      var task =
          loop.createEagerTask(() -> {
            Tulip.sleepForever();
            return 1;
          });
      task.cancel();
      task.awaitDone();
      assertTrue(task.isCancelled());
    });
  }

  @Test
  void aCallbackCannotStartAnEagerTask() throws Exception {
    run(loop -> {
      loop.callSoon(() -> {
        assertThrows(IllegalStateException.class, () -> loop.createEagerTask(() -> 1));
        trail.add("refused");
      });
      Tulip.yield();
      trail.assertIs("refused");
    });
  }
}
