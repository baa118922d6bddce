// SPDX-License-Identifier: Apache-2.0
package tulip.it.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.core.LoopOptions.Engine.CARRIER;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.Task;
import tulip.core.TaskGroup;
import tulip.core.Tulip;

/// Who runs now, on which loop: also after waits that Tulip did not see begin.
class CurrentTaskTest {
  private static final int TASKS = 20;
  private static final int ROUNDS = 50;

  @OnEachEngine
  void isRightAfterForeignWaits(LoopOptions options) {
    var lock = new ReentrantLock();
    Tulip.run(
        options,
        () -> {
          try (var group = TaskGroup.open()) {
            for (int i = 0; i < TASKS; i++) {
              group.start(() -> waitAndLook(EventLoop.current(), lock));
            }
            group.join();
          }
        });
  }

  private static void waitAndLook(EventLoop loop, ReentrantLock lock) throws Exception {
    var me = Task.current();
    for (int i = 0; i < ROUNDS; i++) {
      switch (i % 4) {
        case 0 -> Thread.sleep(Duration.ofNanos(100_000));
        case 1 -> {
          lock.lock();
          try {
            TimeUnit.MICROSECONDS.sleep(10);
          } finally {
            lock.unlock();
          }
        }
        case 2 ->
            CompletableFuture.runAsync(
                    () -> {}, CompletableFuture.delayedExecutor(100, TimeUnit.MICROSECONDS))
                .join();
        default -> Tulip.yield();
      }
      assertSame(me, Task.current());
      assertSame(me, loop.currentTask());
      assertSame(loop, EventLoop.current());
      assertTrue(loop.inLoop());
    }
  }

  /// The tasks of both wake each other up through one lock.
  @OnEachEngine
  void twoLoopsDoNotMixUp(LoopOptions options) throws Exception {
    var lock = new ReentrantLock();
    var failures = new CompletableFuture<String>();
    var threads = new Thread[2];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new Thread(() -> isRight(options, lock, failures));
      threads[i].start();
    }
    for (var thread : threads) {
      Patience.join(thread);
    }
    assertNull(failures.getNow(null));
  }

  private void isRight(
      LoopOptions options, ReentrantLock lock, CompletableFuture<String> failures) {
    try {
      Tulip.run(
          options,
          () -> {
            var loop = EventLoop.current();
            try (var group = TaskGroup.open()) {
              for (int i = 0; i < TASKS; i++) {
                group.start(() -> waitAndLook(loop, lock));
              }
              group.join();
            }
          });
    } catch (Throwable t) {
      failures.complete(t.toString());
    }
  }

  /// A child that is no task runs on the loop of the task that started it, but has no turn there.
  @OnEachEngine
  void aChildThatIsNoTaskIsCountedAndCannotWait(LoopOptions options) throws Exception {
    boolean onTheLoop = options.engine() == CARRIER;
    Tulip.run(
        options,
        () -> {
          var loop = EventLoop.current();
          assertEquals(0, loop.strangerTurns());
          var refusal = new CompletableFuture<String>();
          var child =
              Thread.startVirtualThread(() -> {
                var refused =
                    assertThrows(
                        IllegalStateException.class, () -> Tulip.sleep(Duration.ofMillis(1)));
                assertThrows(IllegalStateException.class, () -> loop.callSoon(() -> {}));
                assertNull(loop.currentTask());
                refusal.complete(refused.getMessage());
              });
          var message = Tulip.await(refusal);
          assertTrue(
              message.contains(onTheLoop ? "is no task of this loop" : "inside Tulip.run"),
              message);
          child.join();
          assertEquals(onTheLoop, loop.strangerTurns() > 0);
          try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            assertEquals("done", executor.submit(() -> "done").get());
          }
          assertSame(loop, Task.current().loop());
        });
  }

  /// It waits in foreign code like a task, and outlives the loop like one.
  @OnEachEngine
  void aChildThatIsNoTaskOutlivesTheLoop(LoopOptions options) throws Exception {
    var go = new CountDownLatch(1);
    var child =
        Tulip.<Thread, RuntimeException>run(
            options,
            () ->
                Thread.startVirtualThread(() -> {
                  try {
                    go.await();
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                }));
    go.countDown();
    Patience.join(child);
  }
}
