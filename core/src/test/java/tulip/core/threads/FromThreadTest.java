// SPDX-License-Identifier: Apache-2.0
package tulip.core.threads;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import tulip.core.BothEngines;
import tulip.core.Cancelled;
import tulip.core.EventLoop;
import tulip.core.LoopClosedException;
import tulip.core.LoopOptions;
import tulip.core.LoopOptions.Engine;
import tulip.core.OnLoop;
import tulip.core.Scope;
import tulip.core.Task;
import tulip.core.Tulip;

/// What a call on a thread does on the loop, in the name of its task.
class FromThreadTest {
  @BothEngines
  void aBlockRunsInTheWaitingTask(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var task = Task.current();
          var scope = new Scope();
          scope.run(() ->
              ToThread.run(() -> {
                assertSame(task, FromThread.run(() -> Task.current()));
                assertSame(scope, FromThread.run(Scope::current));
                var sum = new int[1];
                for (int i = 0; i < 100; i++) {
                  int number = i;
                  FromThread.run(() -> {
                    Tulip.sleep(ofSeconds(1));
                    sum[0] += number;
                  });
                }
                assertEquals(4950, sum[0]);
              }));
        });
  }

  @BothEngines
  void whatTheBlockThrowsIsTheThreads(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var failure = new IOException("expected");
          assertEquals(
              "caught",
              ToThread.run(() -> {
                var caught =
                    assertThrows(
                        IOException.class,
                        () ->
                            FromThread.run(() -> {
                              throw failure;
                            }));
                assertSame(failure, caught);
                return "caught";
              }));
        });
  }

  @BothEngines
  void aBlockIsCancelledWithItsTask(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var trail = new ArrayList<String>();
          var scope = new Scope().timeout(ofSeconds(1));
          scope.run(() ->
              ToThread.run(() -> {
                assertThrows(Cancelled.class, () -> FromThread.run(Tulip::sleepForever));
                FromThread.run(() -> Tulip.shield(() -> Tulip.sleep(ofSeconds(1))));
                trail.add("cleaned up");
                FromThread.run(() -> Tulip.sleep(ofSeconds(1)));
                trail.add("not reached");
              }));
          assertEquals(List.of("cleaned up"), trail);
          assertTrue(scope.wasCancelled());
        });
  }

  @BothEngines
  void aCallAsksWhetherItIsCancelled(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var scope = new Scope();
          var loop = EventLoop.current();
          scope.run(() -> {
            ToThread.run(() -> {
              FromThread.checkCancelled();
              loop.callSoonThreadSafe(() -> scope.cancel("enough"));
              var first = assertThrows(Cancelled.class, FromThreadTest::checkForEver);
              assertEquals("enough", first.reason());
              FromThread.checkCancelled();
              return "not reached";
            });
            throw new AssertionError("the call has thrown");
          });
          assertTrue(scope.wasCancelled());
        });
  }

  private static void checkForEver() {
    while (true) {
      FromThread.checkCancelled();
      Thread.onSpinWait();
    }
  }

  @BothEngines
  void aRequestIsToldOnce(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          var task =
              Tulip.createTask(() -> {
                var self = Task.current();
                ToThread.run(() -> {
                  loop.callSoonThreadSafe(self::cancel);
                  assertThrows(Cancelled.class, FromThreadTest::checkForEver);
                  FromThread.checkCancelled();
                  FromThread.run(() -> Tulip.sleep(ofSeconds(1)));
                });
                Tulip.sleep(ofSeconds(1));
                return "went on";
              });
          assertEquals("went on", task.await());
          assertEquals(1, task.cancelling());
        });
  }

  @BothEngines
  void aRequestEndsTheNextBlock(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var go = new CountDownLatch(1);
          var task =
              Tulip.createTask(() ->
                  ToThread.run(() -> {
                    go.await();
                    FromThread.run(Tulip::sleepForever);
                  }));
          Tulip.yield();
          task.cancel();
          Tulip.yield();
          go.countDown();
          task.awaitDone();
          assertTrue(task.isCancelled());
        });
  }

  @BothEngines
  void aCallKnowsItsDeadline(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          assertEquals(Long.MAX_VALUE, ToThread.run(() -> FromThread.effectiveDeadline()));
          long when = EventLoop.current().time() + ofSeconds(5).toNanos();
          new Scope()
              .deadline(when)
              .run(() -> assertEquals(when, ToThread.run(() -> FromThread.effectiveDeadline())));
        });
  }

  @BothEngines
  void aBlockMayMakeACallOfItsOwn(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var inner =
              ToThread.run(
                  () -> FromThread.run(() -> ToThread.run(() -> FromThread.run(() -> "inner"))));
          assertEquals("inner", inner);
        });
  }

  @BothEngines
  void othersHaveNoWayBack(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var inTask = assertThrows(IllegalStateException.class, () -> FromThread.run(() -> "no"));
          assertTrue(String.valueOf(inTask.getMessage()).contains("ToThread.run"));
          assertThrows(
              IllegalStateException.class, () -> Tulip.blocking(FromThread::checkCancelled));
          var elsewhere =
              ToThread.run(() -> {
                var other = new CompletableFuture<String>();
                Thread.ofPlatform().start(() -> askFromElsewhere(other));
                return other.join();
              });
          assertTrue(elsewhere.contains("ToThread.run"), elsewhere);
        });
  }

  private static void askFromElsewhere(CompletableFuture<String> answer) {
    try {
      answer.complete(FromThread.run(() -> "no"));
    } catch (IllegalStateException e) {
      answer.complete(String.valueOf(e.getMessage()));
    }
  }

  /// Whoever closes a loop over a task that waits for a call gets neither a hang nor a lost thread.
  @Test
  void aLoopThatClosesLetsTheCallGo() throws Exception {
    var told = new CompletableFuture<Throwable>();
    var began = new CountDownLatch(1);
    var loop = EventLoop.create(LoopOptions.DEFAULT.withEngine(Engine.CARRIER));
    loop.setExceptionHandler(_ -> {});
    var task =
        loop.createTask(() ->
            ToThread.run(() -> {
              began.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                told.complete(
                    assertThrows(LoopClosedException.class, () -> FromThread.run(() -> "no")));
              }
            }));
    while (began.getCount() > 0) {
      loop.runOnce(java.time.Duration.ofMillis(1));
    }
    loop.close();
    assertTrue(String.valueOf(told.get().getMessage()).contains("closed"));
    assertFalse(task.isCancelled());
  }
}
