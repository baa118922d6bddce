// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import tulip.core.LoopOptions.Engine;

class RunnerTest {
  private final List<ErrorContext> errors = Collections.synchronizedList(new ArrayList<>());

  private Runner open(LoopOptions options) {
    var runner = Runner.open(options);
    runner.loop().callSoonThreadSafe(() -> runner.loop().setExceptionHandler(errors::add));
    return runner;
  }

  @BothEngines
  void severalMainTasksShareALoop(Engine engine) throws Exception {
    try (var runner = open(OnLoop.options(engine))) {
      var loop = runner.run(EventLoop::current);
      assertEquals(loop, runner.run(EventLoop::current));
      assertEquals(engine.name().toLowerCase(java.util.Locale.ROOT), loop.engine());
    }
  }

  @BothEngines
  void theFailureOfMainIsThrownAsItIs(Engine engine) {
    Block<Void, IOException> main =
        () -> {
          throw new IOException("disk");
        };
    var thrown = assertThrows(IOException.class, () -> Tulip.run(OnLoop.options(engine), main));
    assertEquals("disk", thrown.getMessage());
  }

  @BothEngines
  void runningInsideARunningLoopIsRefused(Engine engine) throws Exception {
    OnLoop.run(engine, () -> assertThrows(IllegalStateException.class, () -> Tulip.run(() -> 1)));
  }

  @BothEngines
  void theRestIsCancelledTheNewestFirst(Engine engine) throws Exception {
    var order = new ArrayList<String>();
    try (var runner = open(OnLoop.options(engine))) {
      runner.run(() -> {
        for (String name : List.of("a", "b", "c")) {
          EventLoop.current().createTask(name, () -> untilCancelled(name, order));
        }
        Tulip.yield();
      });
    }
    assertEquals(List.of("c", "b", "a"), order);
    assertEquals(List.of(), errors);
  }

  private static Void untilCancelled(String name, List<String> order) {
    try {
      Tulip.sleepForever();
    } finally {
      Tulip.shield(() -> Tulip.sleep(ofSeconds(1)));
      order.add(name);
    }
    return null;
  }

  @BothEngines
  void aTaskThatDoesNotEndIsReportedAndLeftBehind(Engine engine) throws Exception {
    var unwound = new CountDownLatch(1);
    try (var runner = open(OnLoop.options(engine).withGrace(ofMillis(50)))) {
      runner.run(() -> {
        Tulip.createTask(() -> {
          try {
            Tulip.shield(Tulip::sleepForever);
          } catch (LoopClosedException e) {
            unwound.countDown();
          }
        });
        Tulip.yield();
      });
    }
    unwound.await();
    assertEquals(2, errors.size(), errors.toString());
    assertTrue(errors.getFirst().message().contains("did not end within PT0.05S"));
    assertTrue(errors.get(1).message().contains("was left behind"));
  }

  @Test
  void aTaskInForeignCodeIsInterrupted() throws Exception {
    var interrupted = new AtomicBoolean();
    var never = new CountDownLatch(1);
    try (var runner = open(OnLoop.options(Engine.CARRIER))) {
      runner.run(() -> {
        Tulip.createTask(() -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            interrupted.set(true);
            throw e;
          }
        });
        Tulip.yield();
      });
    }
    assertTrue(interrupted.get());
    assertEquals(List.of(), errors);
  }

  @BothEngines
  void blockingJobsMayEndBeforeTheLoopCloses(Engine engine) throws Exception {
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var ended = new AtomicBoolean();
    try (var runner = open(OnLoop.options(engine))) {
      runner.run(() -> {
        EventLoop.current()
            .runInExecutor(
                null,
                () -> {
                  begun.countDown();
                  go.await();
                  ended.set(true);
                  return null;
                });
        begun.await();
        EventLoop.current().callLater(ofSeconds(1), () -> {});
      });
      go.countDown();
    }
    assertTrue(ended.get());
    assertEquals(List.of(), errors);
  }

  @BothEngines
  void aBlockingJobThatDoesNotEndIsReportedAndInterrupted(Engine engine) throws Exception {
    var begun = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    try (var runner = open(OnLoop.options(engine).withGrace(ofMillis(50)))) {
      runner.run(() -> {
        EventLoop.current()
            .runInExecutor(
                null,
                () -> {
                  begun.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    interrupted.countDown();
                  }
                  return null;
                });
        begun.await();
      });
    }
    interrupted.await();
    assertEquals(1, errors.size());
    assertTrue(errors.getFirst().message().startsWith("1 blocking jobs did not end"));
  }

  @BothEngines
  void theDefaultExecutorIsShutDownWhenItsJobsHaveEnded(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          var go = new CountDownLatch(1);
          var job = loop.runInExecutor(null, () -> go.await(10, TimeUnit.SECONDS));
          assertThrows(TimeoutException.class, () -> loop.shutdownDefaultExecutor(ofSeconds(-1)));
          go.countDown();
          loop.shutdownDefaultExecutor(ofSeconds(10));
          assertTrue(job.result());
          assertThrows(
              RejectedExecutionException.class, () -> loop.runInExecutor(null, () -> "late"));
        });
  }

  @BothEngines
  void interruptingTheCallerCancelsMain(Engine engine) throws Exception {
    var inside = new CountDownLatch(1);
    var thrown = new java.util.concurrent.CompletableFuture<Throwable>();
    var flag = new AtomicBoolean();
    var caller =
        Thread.ofPlatform()
            .start(() -> {
              try {
                Tulip.run(
                    OnLoop.options(engine),
                    () -> {
                      inside.countDown();
                      Tulip.sleepForever();
                    });
              } catch (Cancelled e) {
                flag.set(Thread.currentThread().isInterrupted());
                thrown.complete(e);
              }
            });
    inside.await();
    caller.interrupt();
    assertTrue(thrown.get().toString().contains("interrupted"));
    assertTrue(flag.get(), "the caller keeps its interrupt");
  }

  @BothEngines
  void aFailureThatNobodyReadsIsReportedWhenItsCreatorEnds(Engine engine) throws Exception {
    try (var runner = open(OnLoop.options(engine))) {
      runner.run(() -> {
        Tulip.createTask(() -> {
          throw new IOException("unread");
        });
        Tulip.sleep(ofSeconds(1));
        assertEquals(List.of(), errors, "main may still read it");
      });
      assertEquals(1, errors.size());
      assertInstanceOf(IOException.class, errors.getFirst().exception());
    }
  }

  @BothEngines
  void aFailureThatIsReadLaterIsNotReported(Engine engine) throws Exception {
    try (var runner = open(OnLoop.options(engine))) {
      runner.run(() -> {
        var task =
            Tulip.createTask(() -> {
              throw new IllegalStateException("read");
            });
        Tulip.sleep(ofSeconds(1));
        assertThrows(IllegalStateException.class, task::await);
      });
    }
    assertEquals(List.of(), errors);
  }

  @Test
  void aVirtualThreadMayRunALoop() throws Exception {
    var name = new java.util.concurrent.CompletableFuture<String>();
    Thread.ofVirtual().start(() -> name.complete(Tulip.run(() -> EventLoop.current().engine())));
    assertEquals("carrier", name.get());
  }

  @Test
  void theStackSizeOfTheLoopBoundsTheRecursionOfItsTasks() {
    var options = LoopOptions.DEFAULT.withInterruptible(false);
    int small = Tulip.run(options.withStackSize(512 << 10), () -> depth());
    int large = Tulip.run(options.withStackSize(64 << 20), () -> depth());
    assertTrue(large > 10 * small, small + " and " + large);
  }

  private static int depth() {
    int[] depth = {0};
    try {
      recurse(depth);
    } catch (StackOverflowError e) {
      return depth[0];
    }
    return -1;
  }

  @SuppressWarnings("InfiniteRecursion") // until the stack is full
  private static void recurse(int[] depth) {
    depth[0]++;
    recurse(depth);
  }

  @Test
  void theThreadsOfALoopEndWithIt() throws Exception {
    var threads = new ArrayList<Thread>();
    Tulip.run(
        LoopOptions.DEFAULT.withInterruptible(false).withName("ending"),
        () -> {
          threads.add(Tulip.blocking(Thread::currentThread));
        });
    for (var thread : threads) {
      thread.join();
      assertFalse(thread.isAlive());
    }
  }

  @BothEngines
  void aClosedRunnerRefusesToRun(Engine engine) {
    var runner = open(OnLoop.options(engine));
    runner.close();
    runner.close();
    assertThrows(LoopClosedException.class, () -> runner.run(() -> 1));
  }

  @BothEngines
  void aFailureDuringTheShutdownIsReported(Engine engine) {
    try (var runner = open(OnLoop.options(engine))) {
      runner.run(() -> {
        Tulip.createTask(() -> {
          try {
            Tulip.sleepForever();
          } catch (Cancelled e) {
            throw new IllegalStateException("clean-up", e);
          }
        });
        Tulip.yield();
      });
    }
    assertEquals(1, errors.size());
    assertInstanceOf(IllegalStateException.class, errors.getFirst().exception());
  }
}
