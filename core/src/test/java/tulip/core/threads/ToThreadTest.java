// SPDX-License-Identifier: Apache-2.0
package tulip.core.threads;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tulip.core.BothEngines;
import tulip.core.Cancelled;
import tulip.core.ContextVar;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.ExceptionGroup;
import tulip.core.LoopOptions.Engine;
import tulip.core.OnLoop;
import tulip.core.Scope;
import tulip.core.Task;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.sync.CapacityLimiter;

/// Calls on threads: their results, their limiters, and what becomes of them on cancellation.
class ToThreadTest {
  private static final ThreadOptions INTERRUPT =
      ThreadOptions.DEFAULT.withOnCancel(OnCancel.INTERRUPT);
  private static final ThreadOptions ABANDON = ThreadOptions.DEFAULT.withOnCancel(OnCancel.ABANDON);
  private static final ContextVar<String> USER = ContextVar.of("user", "nobody");

  /// Waits on a thread until it is interrupted.
  private static void parkUntilInterrupted() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  // The call.

  @BothEngines
  void aCallRunsOnAThreadOfItsOwn(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var thread = ToThread.run(Thread::currentThread);
          assertNotSame(Task.current().thread(), thread);
          assertFalse(thread.isVirtual());
          assertTrue(thread.isDaemon());
          assertEquals("tulip-main", ToThread.run(() -> Thread.currentThread().getName()));
        });
  }

  @BothEngines
  void theLoopGoesOnAndItsClockStands(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          long begin = EventLoop.current().time();
          var go = new CountDownLatch(1);
          EventLoop.current().callLater(ofSeconds(1), () -> {});
          EventLoop.current().callSoon(go::countDown);
          ToThread.run(() -> go.await());
          assertEquals(begin, EventLoop.current().time());
        });
  }

  @BothEngines
  void whatTheCallThrowsComesOutAsItIs(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var checked = new IOException("expected");
          assertSame(
              checked,
              assertThrows(
                  IOException.class,
                  () ->
                      ToThread.run(() -> {
                        throw checked;
                      })));
          var error = new AssertionError("expected");
          assertSame(
              error,
              assertThrows(
                  AssertionError.class,
                  () ->
                      ToThread.run(() -> {
                        throw error;
                      })));
        });
  }

  @BothEngines
  void contextVariablesTravelThereAndNotBack(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var _ = USER.set("ada")) {
            assertEquals("ada", ToThread.run(() -> USER.get()));
            ToThread.run(() -> {
              USER.set("eve");
              assertEquals("eve", FromThread.run(() -> USER.get()));
            });
            assertEquals("ada", USER.get());
          }
        });
  }

  // Limiters.

  @BothEngines
  void noMoreRunAtOnceThanTheLimiterAllows(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var limiter = new CapacityLimiter(3);
          var now = new AtomicInteger();
          var most = new AtomicInteger();
          try (var group = TaskGroup.open()) {
            for (int i = 0; i < 50; i++) {
              group.start(() ->
                  ToThread.run(
                      ThreadOptions.DEFAULT.withLimiter(limiter),
                      () -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        LockSupport.parkNanos(1000);
                        now.decrementAndGet();
                      }));
            }
            group.join();
          }
          assertTrue(most.get() <= 3, () -> most + " at once");
          assertEquals(0, limiter.borrowed());
        });
  }

  @BothEngines
  void theDefaultLimiterIsTheLoops(Engine engine) throws Exception {
    OnLoop.run(
        OnLoop.options(engine).withBlockingThreads(2),
        () -> {
          assertEquals(2, ToThread.defaultLimiter().total());
          assertSame(ToThread.defaultLimiter(), Tulip.createTask(ToThread::defaultLimiter).await());
          int borrowed =
              ToThread.run(() -> FromThread.run(() -> ToThread.defaultLimiter().borrowed()));
          assertEquals(1, borrowed);
          assertEquals(0, ToThread.defaultLimiter().borrowed());
          return null;
        });
  }

  @BothEngines
  void whoIsCancelledInTheQueueNeverGetsAThread(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var options = ThreadOptions.DEFAULT.withLimiter(new CapacityLimiter(0));
          assertFalse(
              Tulip.moveOnAfter(
                  ofSeconds(1),
                  () ->
                      ToThread.run(
                          options,
                          () -> {
                            throw new AssertionError("it ran");
                          })));
        });
  }

  // Cancellation.

  @BothEngines
  void aCancelledTaskWaitsForItsCallAndLosesNothing(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var trail = new ArrayList<String>();
          var scope = new Scope();
          scope.run(() -> {
            var began = new CountDownLatch(1);
            var go = new CountDownLatch(1);
            EventLoop.current()
                .callSoon(() -> {
                  scope.cancel();
                  EventLoop.current().callSoon(go::countDown);
                });
            trail.add(
                ToThread.run(() -> {
                  began.countDown();
                  go.await();
                  return "result";
                }));
            Tulip.yield();
            trail.add("not reached");
          });
          assertEquals(List.of("result"), trail);
          assertTrue(scope.wasCancelled());
        });
  }

  @BothEngines
  void aRequestIsMadeAgainAfterTheCall(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var go = new CountDownLatch(1);
          var trail = new ArrayList<String>();
          var task =
              Tulip.createTask(() -> {
                trail.add(
                    ToThread.run(() -> {
                      go.await();
                      return "result";
                    }));
                var cancelled = assertThrows(Cancelled.class, Tulip::yield);
                assertEquals(1, Task.current().cancelling());
                trail.add(cancelled.reason());
                Tulip.yield();
                throw cancelled;
              });
          Tulip.yield();
          task.cancel("enough");
          Tulip.yield();
          go.countDown();
          task.awaitDone();
          assertTrue(task.isCancelled());
          assertEquals(List.of("result", "enough"), trail);
        });
  }

  @BothEngines
  void aFailingSiblingIsToldWhenTheCallHasEnded(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var ended = new AtomicInteger();
          var go = new CountDownLatch(1);
          var thrown =
              assertThrows(
                  ExceptionGroup.class,
                  () ->
                      TaskGroup.run(group -> {
                        group.start(() -> {
                          EventLoop.current().callSoon(go::countDown);
                          throw new IOException("sibling");
                        });
                        ToThread.run(() -> {
                          go.await();
                          ended.set(1);
                        });
                      }));
          assertEquals(1, ended.get());
          assertEquals("sibling", thrown.exceptions().getFirst().getMessage());
        });
  }

  /// The simple way had left its call behind in this case.
  @BothEngines
  void blockingWaitsForItsCallWhenASiblingFails(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var ended = new AtomicInteger();
          var go = new CountDownLatch(1);
          assertThrows(
              ExceptionGroup.class,
              () ->
                  TaskGroup.run(group -> {
                    group.start(() -> {
                      EventLoop.current()
                          .callSoon(() -> EventLoop.current().callSoon(go::countDown));
                      throw new IOException("sibling");
                    });
                    try {
                      Tulip.blocking(() -> {
                        go.await();
                        ended.set(1);
                      });
                    } finally {
                      assertEquals(1, ended.get());
                    }
                  }));
        });
  }

  @BothEngines
  void anInterruptEndsACallThatGivesWay(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var scope = new Scope().timeout(ofSeconds(1));
          var interrupted = new CountDownLatch(1);
          var began = EventLoop.current().createFuture();
          var loop = EventLoop.current();
          began.addDoneCallback(_ -> scope.cancel("too slow"));
          scope.run(() -> {
            var thrown =
                assertThrows(
                    Cancelled.class,
                    () ->
                        ToThread.run(
                            INTERRUPT,
                            () -> {
                              loop.callSoonThreadSafe(began::cancel);
                              try {
                                parkUntilInterrupted();
                              } finally {
                                interrupted.countDown();
                              }
                            }));
            assertEquals(0, interrupted.getCount());
            assertInstanceOf(InterruptedException.class, thrown.getSuppressed()[0]);
            throw thrown;
          });
          assertTrue(scope.wasCancelled());
          assertEquals("too slow", scope.reason());
          assertFalse(ToThread.run(Thread::interrupted), "the next call is not interrupted");
        });
  }

  @BothEngines
  void aCallThatDoesNotGiveWayToItsInterruptKeepsItsResult(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var task =
              Tulip.createTask(() -> {
                var result =
                    ToThread.run(
                        INTERRUPT,
                        () -> {
                          try {
                            parkUntilInterrupted();
                          } catch (InterruptedException e) {
                            return "saved";
                          }
                          return "never";
                        });
                assertThrows(Cancelled.class, Tulip::yield);
                return result;
              });
          Tulip.yield();
          task.cancel();
          assertEquals("saved", task.await());
        });
  }

  @BothEngines
  void anAbandonedCallIsLeftBehind(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var limiter = new CapacityLimiter(1);
          var go = new CountDownLatch(1);
          var told = new CountDownLatch(1);
          var refused = new AtomicInteger();
          var task =
              Tulip.createTask(() ->
                  ToThread.run(
                      ABANDON.withLimiter(limiter),
                      () -> {
                        go.await();
                        assertThrows(Cancelled.class, FromThread::checkCancelled);
                        assertThrows(Cancelled.class, FromThread::checkCancelled);
                        assertThrows(Cancelled.class, () -> FromThread.run(Tulip::yield));
                        refused.set(3);
                        told.countDown();
                        return "dropped";
                      }));
          Tulip.yield();
          task.cancel();
          Tulip.sleep(ofSeconds(60)); // virtual time does not wait for it any more
          assertTrue(task.isCancelled());
          assertEquals(1, limiter.borrowed(), "its thread is still in use");
          go.countDown();
          Tulip.blocking(() -> told.await());
          assertEquals(3, refused.get());
          limiter.acquire();
          limiter.release();
        });
  }

  @BothEngines
  void theFailureOfAnAbandonedCallIsReported(Engine engine) throws Exception {
    var errors = new ArrayList<ErrorContext>();
    OnLoop.run(
        OnLoop.options(engine),
        errors,
        () -> {
          var go = new CountDownLatch(1);
          var limiter = new CapacityLimiter(1);
          assertFalse(
              Tulip.moveOnAfter(
                  Duration.ZERO,
                  () ->
                      ToThread.run(
                          ABANDON.withLimiter(limiter),
                          () -> {
                            go.await();
                            throw new IOException("expected");
                          })));
          assertFalse(
              Tulip.moveOnAfter(ofSeconds(1), () -> limiter.acquire()), "the call has not ended");
          go.countDown();
          Tulip.shield(limiter::acquire);
          return null;
        });
    assertEquals(1, errors.size(), errors::toString);
    var failure = errors.getFirst().exception();
    assertTrue(failure instanceof IOException, String.valueOf(failure));
  }

  @BothEngines
  void aCallThatEndedInTimeIsNotAbandoned(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var scope = new Scope();
          scope.run(() -> {
            var ended = new CountDownLatch(1);
            EventLoop.current()
                .callSoon(() -> {
                  awaitOnLoop(ended);
                  scope.cancel();
                });
            assertEquals(
                "result",
                ToThread.run(
                    ABANDON,
                    () -> {
                      ended.countDown();
                      return "result";
                    }));
          });
        });
  }

  /// Holds the loop up until a thread is at its end, so that the cancellation comes too late.
  private static void awaitOnLoop(CountDownLatch ended) {
    while (ended.getCount() > 0) {
      Thread.onSpinWait();
    }
  }
}
