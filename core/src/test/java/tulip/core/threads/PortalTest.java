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
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tulip.core.Action;
import tulip.core.BothEngines;
import tulip.core.Cancelled;
import tulip.core.ContextVar;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.LoopOptions.Engine;
import tulip.core.OnLoop;
import tulip.core.Runner;
import tulip.core.Task;
import tulip.core.Tulip;

/// Calls into a loop from threads that are none of its tasks.
class PortalTest {
  private static final ContextVar<String> USER = ContextVar.of("user", "nobody");

  /// Runs something on a plain thread while the loop goes on, and waits for its end.
  private static void onThread(Action<Exception> code) throws Exception {
    var done = new CompletableFuture<String>();
    Thread.ofPlatform()
        .start(() -> {
          try {
            code.run();
            done.complete("done");
          } catch (Throwable t) {
            done.completeExceptionally(t);
          }
        });
    Tulip.await(done);
  }

  // Calls.

  @BothEngines
  void aThreadCallsAndWaits(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          try (var portal = Portal.open()) {
            onThread(() -> {
              assertEquals(
                  "result",
                  portal.call(() -> {
                    assertSame(loop, EventLoop.current());
                    Tulip.yield();
                    return "result";
                  }));
              assertNotSame(portal.call(() -> Task.current()), portal.call(() -> Task.current()));
            });
          }
        });
  }

  @BothEngines
  void whatACallThrowsIsItsCallersAlone(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var portal = Portal.open()) {
            onThread(() -> {
              var failure = new IOException("expected");
              assertSame(failure, assertThrows(IOException.class, () -> fail(portal, failure)));
              var error = new AssertionError("expected");
              assertSame(error, assertThrows(AssertionError.class, () -> fail(portal, error)));
              var submitted = portal.submit(() -> Integer.parseInt("twelve"));
              var thrown = assertThrows(ExecutionException.class, submitted::get);
              assertInstanceOf(NumberFormatException.class, thrown.getCause());
              assertEquals("still open", portal.call(() -> "still open"));
            });
            portal.join();
          }
        });
  }

  private static void fail(Portal portal, Throwable failure) throws Exception {
    portal.call(() -> {
      throw failure instanceof Error error ? sneak(error) : (Exception) failure;
    });
  }

  private static Exception sneak(Error error) {
    throw error;
  }

  @BothEngines
  void callsOfOneThreadBeginInOrderAndRunSideBySide(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var portal = Portal.open()) {
            var begun = new ArrayList<Integer>();
            var go = EventLoop.current().<String>createFuture();
            onThread(() -> {
              var all =
                  IntStream.range(0, 100)
                      .mapToObj(i ->
                          portal.submit(() -> {
                            begun.add(i);
                            go.awaitDone();
                            return i;
                          }))
                      .toList();
              portal.call(() -> go.setResult("go"));
              for (int i = 0; i < 100; i++) {
                assertEquals(i, all.get(i).get());
              }
            });
            assertEquals(IntStream.range(0, 100).boxed().toList(), begun);
          }
        });
  }

  @BothEngines
  void contextVariablesTravel(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var portal = Portal.open()) {
            onThread(() -> {
              try (var _ = USER.set("ada")) {
                assertEquals("ada", portal.call(() -> USER.get()));
                assertEquals("ada", portal.submit(() -> USER.get()).get());
                portal.call(() -> USER.set("eve"));
                assertEquals("ada", USER.get());
              }
              assertEquals("nobody", portal.call(() -> USER.get()));
            });
          }
        });
  }

  @BothEngines
  void aTaskOfAnotherLoopWaitsWithoutBlockingThatLoop(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var portal = Portal.open()) {
            onThread(() ->
                OnLoop.run(
                    engine,
                    () -> {
                      var here = EventLoop.current();
                      var go = new CompletableFuture<String>();
                      here.callSoon(() -> go.complete("went on"));
                      assertEquals("went on", portal.call(() -> Tulip.await(go)));
                      var task =
                          Tulip.createTask(
                              () -> portal.call((Action<Exception>) Tulip::sleepForever));
                      Tulip.yield();
                      task.cancel();
                      task.awaitDone();
                      assertTrue(task.isCancelled());
                      return null;
                    }));
            assertEquals(2, EventLoop.current().taskCount() + 1, "the other's call has ended");
          }
        });
  }

  // Cancellation.

  @BothEngines
  void anInterruptCancelsTheCallAndWaitsForItsEnd(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var portal = Portal.open()) {
            var trail = new ArrayList<String>();
            onThread(() -> {
              var me = Thread.currentThread();
              var cancelled =
                  assertThrows(
                      Cancelled.class,
                      () ->
                          portal.call(() -> {
                            me.interrupt();
                            try {
                              Tulip.sleepForever();
                            } finally {
                              Tulip.shield(() -> Tulip.sleep(ofSeconds(1)));
                              trail.add("cleaned up");
                            }
                          }));
              assertTrue(cancelled.reason().contains("interrupted"), cancelled.reason());
              assertEquals(List.of("cleaned up"), trail);
              assertTrue(Thread.interrupted(), "the interrupt is kept");
            });
          }
        });
  }

  @BothEngines
  void cancellingTheFutureCancelsTheTask(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var portal = Portal.open()) {
            var ended = EventLoop.current().<String>createFuture();
            onThread(() -> {
              var began = new CountDownLatch(1);
              var future =
                  portal.submit(() -> {
                    began.countDown();
                    try {
                      Tulip.sleepForever();
                    } catch (Cancelled e) {
                      ended.setResult(e.reason());
                      throw e;
                    }
                    return null;
                  });
              began.await();
              assertTrue(future.cancel(false));
              assertTrue(future.isCancelled());
            });
            assertEquals("its future was cancelled", ended.await());
          }
        });
  }

  @BothEngines
  void aCallThatIsCancelledBeforeItBeganNeverBegins(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var portal = Portal.open()) {
            var submitted =
                portal.submit(() -> {
                  throw new AssertionError("it ran");
                });
            submitted.cancel(false);
            Tulip.yield();
            Tulip.yield();
            portal.join();
          }
        });
  }

  @BothEngines
  void aFailureAfterTheFutureWasCancelledIsReported(Engine engine) throws Exception {
    var errors = new ArrayList<ErrorContext>();
    OnLoop.run(
        OnLoop.options(engine),
        errors,
        () -> {
          try (var portal = Portal.open()) {
            var submitted =
                portal.submit(() -> {
                  try {
                    Tulip.sleepForever();
                  } catch (Cancelled e) {
                    throw new IOException("expected", e);
                  }
                  return null;
                });
            Tulip.yield();
            Tulip.yield();
            submitted.cancel(false);
            portal.join();
          }
          return null;
        });
    assertEquals(1, errors.size(), errors::toString);
    assertInstanceOf(IOException.class, errors.getFirst().exception());
  }

  @BothEngines
  void cancelEndsAllCallsAndTakesNoMore(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var portal = Portal.open()) {
            onThread(() -> {
              var one = portal.submit(() -> sleepAnd("one"));
              var two = portal.submit(() -> sleepAnd("two"));
              portal.call(Tulip::yield);
              portal.cancel("enough");
              assertThrows(CancellationException.class, one::get);
              assertThrows(CancellationException.class, two::get);
              assertThrows(IllegalStateException.class, () -> portal.call(() -> "late"));
            });
          }
        });
  }

  private static String sleepAnd(String result) {
    Tulip.sleepForever();
    return result;
  }

  @BothEngines
  void theEndOfTheOwnerEndsTheCalls(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var opened = EventLoop.current().<Portal>createFuture();
          var owner =
              Tulip.createTask(() -> {
                try (var portal = Portal.open()) {
                  opened.setResult(portal);
                  Tulip.sleepForever();
                }
              });
          var portal = opened.await();
          var call = portal.submit(() -> sleepAnd("never"));
          Tulip.yield();
          Tulip.yield();
          owner.cancel();
          owner.awaitDone();
          assertTrue(call.isCancelled());
          assertThrows(IllegalStateException.class, () -> portal.submit(() -> "late"));
        });
  }

  // The started hand-shake.

  @BothEngines
  void aServiceTellsWhenItIsReadyAndRunsOn(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var portal = Portal.open()) {
            onThread(() -> {
              var service =
                  portal.<Integer>startAndWait(status -> {
                    Tulip.yield();
                    status.started(8080);
                    Tulip.sleepForever();
                  });
              assertEquals(8080, service.value());
              assertFalse(service.end().isDone());
              service.end().cancel(false);
              var failing =
                  portal.<String>startAndWait(status -> {
                    status.started("up");
                    throw new IOException("expected");
                  });
              var thrown = assertThrows(ExecutionException.class, () -> failing.end().get());
              assertInstanceOf(IOException.class, thrown.getCause());
            });
            portal.join();
          }
        });
  }

  @BothEngines
  void aServiceThatNeverGetsReadyFailsForItsStarter(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var portal = Portal.open()) {
            onThread(() -> {
              assertThrows(IllegalStateException.class, () -> portal.startAndWait(_ -> {}));
              var thrown =
                  assertThrows(
                      ArithmeticException.class,
                      () ->
                          portal.startAndWait(_ -> {
                            throw new ArithmeticException("expected");
                          }));
              assertEquals("expected", thrown.getMessage());
              assertEquals("still open", portal.call(() -> "still open"));
            });
          }
        });
  }

  // Misuse.

  @BothEngines
  void aCallFromItsOwnLoopIsRefused(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var portal = Portal.open()) {
            var thrown =
                assertThrows(IllegalStateException.class, () -> portal.call(() -> "deadlock"));
            assertTrue(String.valueOf(thrown.getMessage()).contains("wait for itself"));
            var inCallback = EventLoop.current().<Throwable>createFuture();
            EventLoop.current()
                .callSoon(() ->
                    inCallback.setResult(
                        assertThrows(
                            IllegalStateException.class, () -> portal.call(() -> "deadlock"))));
            assertEquals(thrown.getMessage(), inCallback.await().getMessage());
            assertThrows(
                IllegalStateException.class, () -> portal.startAndWait(_ -> Tulip.sleepForever()));
            assertEquals("submitted", Tulip.await(portal.submit(() -> "submitted")));
          }
        });
  }

  /// The host's thread gives the loop its turns: blocked, it would wait for itself too.
  @BothEngines
  void aCallFromTheThreadOfTheLoopsHostIsRefused(Engine engine) throws Exception {
    try (var host = Executors.newSingleThreadExecutor()) {
      var options = LoopOptions.DEFAULT.withEngine(engine).withInterruptible(false);
      Tulip.runAsGuest(
              host::execute,
              options,
              () -> {
                try (var portal = Portal.open()) {
                  Tulip.onHost(() ->
                      assertThrows(
                          IllegalStateException.class, () -> portal.call(() -> "deadlock")));
                  onThread(() -> assertEquals("called", portal.call(() -> "called")));
                }
                return null;
              })
          .get();
    }
  }

  @BothEngines
  void onlyItsOwnerClosesAPortal(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var portal = Portal.open()) {
            var other =
                Tulip.createTask(() -> assertThrows(IllegalStateException.class, portal::close));
            assertTrue(String.valueOf(other.await().getMessage()).contains("opened"));
            onThread(() -> {
              assertThrows(IllegalStateException.class, portal::close);
              assertThrows(IllegalStateException.class, portal::join);
              assertEquals("still open", portal.call(() -> "still open"));
            });
          }
        });
  }

  @BothEngines
  void aClosedPortalRefuses(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var portal = Portal.open();
          var queued = portal.submit(() -> "not begun");
          portal.close();
          portal.close();
          onThread(() -> {
            var thrown = assertThrows(IllegalStateException.class, () -> portal.call(() -> "late"));
            assertTrue(String.valueOf(thrown.getMessage()).contains("closed"));
          });
          var thrown = assertThrows(ExecutionException.class, queued::get);
          assertInstanceOf(IllegalStateException.class, thrown.getCause());
          assertTrue(portal.toString().contains("closed"));
        });
  }

  /// What is queued when a loop is closed is dropped; who waits for it must not wait for ever.
  @Test
  void aLoopThatClosesOverAPortalLeavesNobodyWaiting() throws Exception {
    var loop = EventLoop.create(LoopOptions.DEFAULT.withEngine(Engine.BATON));
    loop.setExceptionHandler(_ -> {});
    var opened = loop.<Portal>createFuture();
    loop.createTask(() -> {
      try (var portal = Portal.open()) {
        opened.setResult(portal);
        Tulip.sleepForever();
      }
    });
    while (!opened.isDone()) {
      loop.runOnce(Duration.ofMillis(1));
    }
    var portal = opened.result();
    var running = portal.submit(() -> sleepAnd("never"));
    loop.runOnce(Duration.ZERO);
    loop.runOnce(Duration.ZERO);
    var queued = portal.submit(() -> "never");
    loop.close();
    assertThrows(Exception.class, running::get);
    assertThrows(Exception.class, queued::get);
  }

  // A loop of its own.

  @BothEngines
  void aProgramWithoutALoopStartsOne(Engine engine) throws Exception {
    Portal kept;
    CompletableFuture<String> left;
    try (var portal = Portal.start(OnLoop.options(engine))) {
      kept = portal;
      assertEquals(3, portal.call(() -> sleepAndCount(3)));
      left = portal.submit(() -> sleepAnd("never"));
      portal.call(Tulip::yield);
    }
    assertTrue(left.isCancelled());
    assertTrue(kept.loop().isClosed());
    assertThrows(IllegalStateException.class, () -> kept.call(() -> "late"));
  }

  private static int sleepAndCount(int seconds) {
    long begin = EventLoop.current().time();
    Tulip.sleep(ofSeconds(seconds));
    return (int) ((EventLoop.current().time() - begin) / 1_000_000_000);
  }

  @BothEngines
  void itIsNotClosedFromInside(Engine engine) throws Exception {
    try (var portal = Portal.start(OnLoop.options(engine))) {
      var thrown = assertThrows(IllegalStateException.class, () -> portal.call(portal::close));
      assertTrue(String.valueOf(thrown.getMessage()).contains("outside"));
      assertEquals("still open", portal.call(() -> "still open"));
    }
  }

  @BothEngines
  void aLoopInALoopIsRefused(Engine engine) throws Exception {
    OnLoop.run(engine, () -> assertThrows(IllegalStateException.class, Portal::start));
  }

  @Test
  void aPortalNeedsATask() {
    assertThrows(IllegalStateException.class, Portal::open);
    try (var runner = Runner.open()) {
      var refused = new CompletableFuture<Throwable>();
      runner
          .loop()
          .callSoonThreadSafe(
              () -> refused.complete(assertThrows(IllegalStateException.class, Portal::open)));
      assertTrue(String.valueOf(refused.join().getMessage()).contains("callback"));
    }
  }
}
