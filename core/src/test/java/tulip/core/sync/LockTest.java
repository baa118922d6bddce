// SPDX-License-Identifier: Apache-2.0
package tulip.core.sync;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.core.sync.Turns.assertContains;
import static tulip.core.sync.Turns.join;
import static tulip.core.sync.Turns.names;
import static tulip.core.sync.Turns.settle;
import static tulip.core.sync.Turns.start;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import tulip.core.BothEngines;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.ForeignWaitError;
import tulip.core.LoopOptions.Engine;
import tulip.core.OnLoop;
import tulip.core.Task;
import tulip.core.Tulip;

class LockTest {
  private final Lock lock = new Lock();

  @BothEngines
  void isHeldForTheTimeOfABlock(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          assertFalse(lock.isLocked());
          int answer =
              lock.run(() -> {
                assertTrue(lock.isLocked());
                assertSame(Task.current(), lock.owner());
                return 42;
              });
          assertEquals(42, answer);
          assertFalse(lock.isLocked());
          assertNull(lock.owner());
        });
  }

  @BothEngines
  void isReleasedWhenTheBlockThrows(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          assertThrows(
              IOException.class,
              () ->
                  lock.run(() -> {
                    throw new IOException("x");
                  }));
          assertFalse(lock.isLocked());
        });
  }

  @BothEngines
  void aReleaseThatFailsDoesNotHideWhatTheBlockThrew(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var e =
              assertThrows(
                  IOException.class,
                  () ->
                      lock.run(() -> {
                        lock.release();
                        throw new IOException("x");
                      }));
          assertEquals(1, e.getSuppressed().length);
          assertThrows(IllegalStateException.class, () -> lock.run(() -> lock.release()));
        });
  }

  @BothEngines
  void whoWaitsLongestGoesFirst(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var trail = new ArrayList<String>();
          lock.acquire();
          var tasks = new ArrayList<Task<?>>();
          for (var name : List.of("a", "b", "c")) {
            tasks.add(start(name, () -> lock.run(() -> trail.add(name))));
          }
          settle();
          assertEquals(List.of("a", "b", "c"), names(lock.statistics().waiting()));
          lock.release();
          join(tasks);
          assertEquals(List.of("a", "b", "c"), trail);
          assertFalse(lock.isLocked());
        });
  }

  @BothEngines
  void aReleasedLockBelongsToTheNextAtOnceAndCannotBeOvertaken(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var trail = new ArrayList<String>();
          lock.acquire();
          var task = start("a", () -> lock.run(() -> trail.add("a")));
          settle();
          lock.release();
          assertSame(task, lock.owner());
          assertFalse(lock.tryAcquire());
          lock.run(() -> trail.add("main"));
          assertEquals(List.of("a", "main"), trail);
        });
  }

  @BothEngines
  void aFreeLockIsTakenWithoutGivingUpTheTurn(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var trail = new ArrayList<String>();
          var other = start("other", () -> trail.add("other"));
          for (int i = 0; i < 100; i++) {
            lock.run(() -> {});
          }
          trail.add("main");
          other.await();
          assertEquals(List.of("main", "other"), trail);
        });
  }

  @BothEngines
  void aFreeLockIsTakenByACancelledTask(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var task =
              start(
                  "a",
                  () -> {
                    Task.current().cancel();
                    lock.acquire();
                    lock.release();
                    Tulip.yield();
                  });
          task.awaitDone();
          assertTrue(task.isCancelled());
          assertFalse(lock.isLocked());
        });
  }

  @BothEngines
  void tryAcquireNeverWaits(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          assertTrue(lock.tryAcquire());
          start("a", () -> assertFalse(lock.tryAcquire())).await();
          lock.release();
        });
  }

  @BothEngines
  void isNotReentrant(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          lock.acquire();
          var e = assertThrows(IllegalStateException.class, lock::acquire);
          assertContains("not re-entrant", e.getMessage());
          assertThrows(IllegalStateException.class, lock::tryAcquire);
          lock.release();
        });
  }

  @BothEngines
  void onlyTheOwnerReleases(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          assertThrows(IllegalStateException.class, lock::release);
          lock.acquire();
          start(
                  "thief",
                  () -> {
                    var e = assertThrows(IllegalStateException.class, lock::release);
                    assertContains("task thief cannot release", e.getMessage());
                    assertContains("held by", e.getMessage());
                  })
              .await();
          lock.release();
        });
  }

  @BothEngines
  void aDeadlineLimitsTheWait(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var holder = start("holder", () -> lock.run(() -> Tulip.sleep(ofSeconds(10))));
          Tulip.yield();
          assertThrows(
              TimeoutException.class, () -> Tulip.timeout(ofSeconds(1), () -> lock.acquire()));
          assertSame(holder, lock.owner());
          Tulip.timeout(ofSeconds(10), () -> lock.acquire());
          lock.release();
        });
  }

  @BothEngines
  void aDeadlineThatPassesAfterTheHandOverLosesNothing(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          // both in one iteration, the release first
          var holder = start("holder", () -> lock.run(() -> Tulip.sleep(ofSeconds(1))));
          Tulip.yield();
          Tulip.timeout(
              ofSeconds(1),
              () -> {
                lock.acquire();
                assertSame(Task.current(), lock.owner());
                lock.release();
              });
          holder.await();
        });
  }

  @BothEngines
  void aForeignResumeIsNoHandOver(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          lock.acquire();
          var trail = new ArrayList<String>();
          var task = start("a", () -> lock.run(() -> trail.add("a")));
          settle();
          task.resume();
          settle();
          assertEquals(List.of(), trail);
          task.resume();
          lock.release(); // while it is on its way for nothing
          task.await();
          assertEquals(List.of("a"), trail);
        });
  }

  @BothEngines
  void callbacksAndOtherThreadsAreRefused(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var messages = new ArrayList<String>();
          EventLoop.current()
              .callSoon(() -> {
                messages.add(assertThrows(IllegalStateException.class, lock::acquire).getMessage());
                messages.add(assertThrows(IllegalStateException.class, lock::release).getMessage());
              });
          Tulip.yield();
          Tulip.yield();
          assertEquals(2, messages.size());
          for (var message : messages) {
            assertContains("start a task that does", message);
          }
          Tulip.blocking(() ->
              messages.add(assertThrows(IllegalStateException.class, lock::acquire).getMessage()));
          assertContains("call this inside Tulip.run", messages.getLast());
        });
  }

  @BothEngines
  void belongsToTheLoopOfTheFirstThatWaits(Engine engine) throws Exception {
    OnLoop.run(engine, () -> lock.run(() -> {}));
    OnLoop.run(
        engine,
        () -> {
          lock.acquire(); // nobody has waited yet
          var task = start("a", () -> lock.run(() -> {}));
          Tulip.yield();
          lock.release();
          task.await();
        });
    OnLoop.run(
        engine,
        () -> {
          var e = assertThrows(IllegalStateException.class, lock::acquire);
          assertContains("this Lock belongs to event loop", e.getMessage());
          assertThrows(IllegalStateException.class, lock::tryAcquire);
        });
  }

  @BothEngines
  void aLockHeldOnOneLoopCannotBeAwaitedOnAnother(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          lock.acquire();
          Tulip.blocking(() ->
              OnLoop.run(
                  engine,
                  () -> {
                    var e = assertThrows(IllegalStateException.class, lock::acquire);
                    assertContains("cannot be used on", e.getMessage());
                  }));
          lock.release();
        });
  }

  @Test
  void needsALoop() {
    var e = assertThrows(IllegalStateException.class, lock::acquire);
    assertContains("call this inside Tulip.run", e.getMessage());
  }

  @BothEngines
  void saysWhoHoldsAndWhoWaits(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          assertEquals("lock that nobody holds", lock.toString());
          assertEquals(new Lock.Statistics(null, List.of()), lock.statistics());
          var holder = start("holder", () -> lock.run(() -> Tulip.sleep(ofSeconds(1))));
          var tasks = new ArrayList<Task<?>>();
          for (int i = 0; i < 12; i++) {
            tasks.add(start("w" + i, () -> lock.run(() -> {})));
          }
          settle();
          assertEquals(new Lock.Statistics(holder, List.copyOf(tasks)), lock.statistics());
          assertEquals(
              "lock held by holder, 12 waiting: w0, w1, w2, w3, w4, w5, w6, w7, w8, w9, ...",
              lock.toString());
          assertEquals(lock.toString(), String.valueOf(tasks.getFirst().waitingFor()));
          join(tasks);
          holder.await();
        });
  }

  @BothEngines
  void whoWaitsIsToldWhenTheOwnerEndsWithTheLockInHand(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var holder =
              start(
                  "holder",
                  () -> {
                    lock.acquire();
                    Tulip.sleep(ofSeconds(1));
                  });
          Tulip.yield();
          var others = new ArrayList<Task<?>>();
          for (var name : List.of("a", "b")) {
            others.add(
                start(name, () -> assertThrows(BrokenLockException.class, () -> lock.acquire())));
          }
          var e = assertThrows(BrokenLockException.class, () -> lock.run(() -> {}));
          assertContains("task holder ended without releasing", e.getMessage());
          join(others);
          holder.await();
          assertThrows(BrokenLockException.class, lock::tryAcquire);
          assertThrows(IllegalStateException.class, lock::release);
          assertEquals("lock held by holder, which has ended", lock.toString());
        });
  }

  @BothEngines
  void whoComesLaterIsToldThatTheOwnerHasEnded(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          start("holder", () -> lock.acquire()).await();
          assertThrows(BrokenLockException.class, lock::acquire);
        });
  }

  @BothEngines
  void anOwnerThatGotTheLockByHandOverIsWatchedToo(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          lock.acquire();
          start("a", () -> lock.acquire());
          var b = start("b", () -> assertThrows(BrokenLockException.class, () -> lock.acquire()));
          settle();
          lock.release();
          b.await();
        });
  }

  @BothEngines
  void anOwnerThatReleasesMayEndWithoutHarm(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var tasks = new ArrayList<Task<?>>();
          for (int i = 0; i < 5; i++) {
            tasks.add(start("t" + i, () -> lock.run(() -> Tulip.sleep(ofSeconds(1)))));
          }
          join(tasks);
          lock.run(() -> {});
        });
  }

  @BothEngines
  void theFailureOfAnOwnerThatEndsIsStillReported(Engine engine) throws Exception {
    var errors = new ArrayList<ErrorContext>();
    OnLoop.run(
        OnLoop.options(engine),
        errors,
        () -> {
          start(
              "holder",
              () -> {
                lock.acquire();
                Tulip.sleep(ofSeconds(1));
                throw new IOException("the failure");
              });
          Tulip.yield();
          assertThrows(BrokenLockException.class, lock::acquire);
          return 0;
        });
    assertEquals(1, errors.size(), errors::toString);
  }

  /// Its wait is refused before it begins: it must not stand in the queue all the same.
  @Test
  void aTaskThatCannotWaitAnyMoreIsNotHandedTheLock() throws Exception {
    OnLoop.run(
        Engine.CARRIER,
        () -> {
          lock.acquire();
          var task =
              start(
                  "a",
                  () -> {
                    assertThrows(InterruptedException.class, () -> Thread.sleep(60_000));
                    assertThrows(ForeignWaitError.class, lock::acquire);
                  });
          task.awaitDone();
          assertTrue(task.exception() instanceof ForeignWaitError);
          lock.release();
          assertFalse(lock.isLocked());
        });
  }
}
