// SPDX-License-Identifier: Apache-2.0
package tulip.core.sync;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.core.sync.Turns.assertContains;
import static tulip.core.sync.Turns.join;
import static tulip.core.sync.Turns.settle;
import static tulip.core.sync.Turns.start;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tulip.core.BothEngines;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.OnLoop;
import tulip.core.Task;
import tulip.core.Tulip;

class RwLockTest {
  private final RwLock lock = new RwLock();
  private final RwLock.Side reader = lock.reader();
  private final RwLock.Side writer = lock.writer();
  private final ArrayList<String> trail = new ArrayList<>();

  private Task<@Nullable Void> take(RwLock.Side side, String name) {
    return start(
        name,
        () ->
            side.run(() -> {
              trail.add(name);
              Tulip.sleep(ofSeconds(1));
            }));
  }

  @BothEngines
  void manyReadAtOnce(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var barrier = new Barrier(5);
          var tasks = new ArrayList<Task<?>>();
          for (int i = 0; i < 5; i++) {
            tasks.add(start("r" + i, () -> reader.run(() -> barrier.await())));
          }
          join(tasks);
          assertFalse(reader.isLocked());
        });
  }

  @BothEngines
  void oneWritesAtOnce(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var inside = new int[1];
          var tasks = new ArrayList<Task<?>>();
          for (int i = 0; i < 5; i++) {
            tasks.add(
                start(
                    "w" + i,
                    () ->
                        writer.run(() -> {
                          assertEquals(1, ++inside[0]);
                          Tulip.sleep(ofSeconds(1));
                          inside[0]--;
                        })));
          }
          join(tasks);
          assertFalse(writer.isLocked());
        });
  }

  @BothEngines
  void nobodyReadsWhileOneWrites(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          writer.acquire();
          assertTrue(writer.isLocked());
          assertFalse(reader.isLocked());
          var task = take(reader, "r");
          settle();
          assertEquals(List.of(), trail);
          writer.release();
          assertTrue(reader.isLocked());
          task.await();
        });
  }

  @BothEngines
  void nobodyWritesWhileOneReads(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          reader.acquire();
          var task = take(writer, "w");
          settle();
          assertEquals(List.of(), trail);
          reader.release();
          assertTrue(writer.isLocked());
          task.await();
        });
  }

  @BothEngines
  void whatIsFreeIsTakenWithoutGivingUpTheTurn(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var other = start("other", () -> trail.add("other"));
          for (int i = 0; i < 100; i++) {
            reader.run(() -> {});
            writer.run(() -> {});
          }
          trail.add("main");
          other.await();
          assertEquals(List.of("main", "other"), trail);
        });
  }

  @BothEngines
  void bothSidesAreReentrant(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          for (var side : List.of(reader, writer)) {
            side.run(() -> side.run(() -> assertTrue(side.isLocked())));
            assertFalse(side.isLocked());
            side.acquire();
            assertTrue(side.tryAcquire());
            side.release();
            assertTrue(side.isLocked());
            side.release();
            assertFalse(side.isLocked());
            assertThrows(IllegalStateException.class, side::release);
          }
        });
  }

  /// Else it would wait for the writer, and the writer for it.
  @BothEngines
  void aReaderReadsAgainThoughAWriterWaits(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          reader.acquire();
          var task = take(writer, "w");
          settle();
          reader.acquire();
          reader.release();
          settle();
          assertEquals(List.of(), trail);
          reader.release();
          task.await();
        });
  }

  @BothEngines
  void aReaderCannotWrite(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          reader.acquire();
          assertContains(
              "cannot write while it reads",
              assertThrows(IllegalStateException.class, writer::acquire).getMessage());
          assertThrows(IllegalStateException.class, writer::tryAcquire);
          reader.release();
          writer.run(() -> {});
        });
  }

  @BothEngines
  void aWriterMayReadAndWriteAgain(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          writer.run(
              () -> reader.run(() -> writer.run(() -> reader.run(() -> trail.add("inside")))));
          assertEquals(List.of("inside"), trail);
          assertFalse(writer.isLocked());
          assertFalse(reader.isLocked());
        });
  }

  @BothEngines
  void aWriterBecomesAReader(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          writer.acquire();
          reader.acquire();
          var readerTask = take(reader, "r");
          settle();
          writer.release();
          assertFalse(writer.isLocked());
          settle();
          assertEquals(List.of("r"), trail); // it reads along
          assertThrows(IllegalStateException.class, writer::acquire);
          readerTask.await();
          var writerTask = take(writer, "w");
          settle();
          assertEquals(List.of("r"), trail);
          reader.release();
          writerTask.await();
        });
  }

  @BothEngines
  void aWriterThatReadsMayReleaseInAnyOrder(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          writer.acquire();
          reader.acquire();
          reader.release();
          assertTrue(writer.isLocked());
          var task = take(reader, "r");
          settle();
          assertEquals(List.of(), trail);
          writer.release();
          task.await();
        });
  }

  @BothEngines
  void aWaitingWriterGoesBeforeReadersThatComeLater(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          reader.acquire();
          var tasks = List.of(take(writer, "w"), take(reader, "r"));
          settle();
          assertFalse(start("try", () -> assertFalse(reader.tryAcquire())).isDone());
          settle();
          assertEquals(List.of(), trail);
          reader.release();
          join(tasks);
          assertEquals(List.of("w", "r"), trail);
        });
  }

  @BothEngines
  void writersGoBeforeReadersThatCameEarlier(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          writer.acquire();
          var tasks = List.of(take(reader, "r1"), take(writer, "w1"), take(reader, "r2"));
          settle();
          writer.release();
          settle();
          var late = take(writer, "w2");
          join(tasks);
          late.await();
          assertEquals(List.of("w1", "w2", "r1", "r2"), trail);
        });
  }

  @BothEngines
  void aPhaseFairLockLetsReadersInAfterEachWriter(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var fair = RwLock.phaseFair();
          fair.writer().acquire();
          var tasks = new ArrayList<Task<?>>();
          for (int i = 1; i <= 2; i++) {
            tasks.add(take(fair.writer(), "w" + i));
            tasks.add(take(fair.reader(), "r" + i));
          }
          settle();
          fair.writer().release();
          settle();
          // both readers are in; one that comes now waits for a writer's phase, and not for two
          tasks.add(take(fair.reader(), "r3"));
          join(tasks);
          assertEquals(List.of("r1", "r2", "w1", "r3", "w2"), trail);
        });
  }

  @BothEngines
  void aPhaseFairLockWithoutReadersLetsWritersFollowEachOther(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var fair = RwLock.phaseFair();
          var tasks = List.of(take(fair.writer(), "w1"), take(fair.writer(), "w2"));
          join(tasks);
          assertEquals(List.of("w1", "w2"), trail);
        });
  }

  @BothEngines
  void onlyWhoHoldsASideReleasesIt(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          assertThrows(IllegalStateException.class, reader::release);
          assertThrows(IllegalStateException.class, writer::release);
          reader.acquire();
          assertThrows(IllegalStateException.class, writer::release);
          start(
                  "thief",
                  () ->
                      assertContains(
                          "task thief cannot release: it does not hold the read side",
                          assertThrows(IllegalStateException.class, reader::release).getMessage()))
              .await();
          reader.release();
          writer.acquire();
          assertThrows(IllegalStateException.class, reader::release);
          start("thief", () -> assertThrows(IllegalStateException.class, writer::release)).await();
          writer.release();
        });
  }

  @BothEngines
  void tryAcquireTakesWhatIsFree(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          assertTrue(reader.tryAcquire());
          start(
                  "a",
                  () -> {
                    assertFalse(writer.tryAcquire());
                    assertTrue(reader.tryAcquire());
                    reader.release();
                  })
              .await();
          reader.release();
          assertTrue(writer.tryAcquire());
          start(
                  "b",
                  () -> {
                    assertFalse(writer.tryAcquire());
                    assertFalse(reader.tryAcquire());
                  })
              .await();
          writer.release();
        });
  }

  @BothEngines
  void aBlockThatThrowsReleases(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          for (var side : List.of(reader, writer)) {
            assertThrows(
                IOException.class,
                () ->
                    side.run(() -> {
                      throw new IOException("x");
                    }));
            assertFalse(side.isLocked());
          }
        });
  }

  @BothEngines
  void aCancelledWriterLetsTheReadersBehindItIn(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          reader.acquire();
          var first = take(writer, "w");
          var second = take(reader, "r");
          settle();
          first.cancel();
          settle();
          assertEquals(List.of("r"), trail);
          second.await();
          reader.release();
        });
  }

  @BothEngines
  void aWriterWhoseDeadlinePassesLetsTheReadersBehindItIn(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          reader.acquire();
          var first =
              start(
                  "w",
                  () ->
                      assertThrows(
                          TimeoutException.class,
                          () -> Tulip.timeout(ofSeconds(5), () -> writer.acquire())));
          settle();
          take(reader, "r").await();
          first.await();
          reader.release();
        });
  }

  @BothEngines
  void oneOfTwoCancelledWritersLetsNobodyIn(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          reader.acquire();
          var tasks = List.of(take(writer, "w1"), take(writer, "w2"), take(reader, "r"));
          settle();
          tasks.getFirst().cancel();
          settle();
          assertEquals(List.of(), trail);
          reader.release();
          join(tasks.subList(1, 3));
          assertEquals(List.of("w2", "r"), trail);
        });
  }

  @BothEngines
  void aReaderCancelledWhileItWaitsLeavesTheOthers(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          writer.acquire();
          var tasks = List.of(take(reader, "r1"), take(reader, "r2"), take(writer, "w"));
          settle();
          tasks.getFirst().cancel();
          writer.release();
          join(tasks.subList(1, 3));
          assertEquals(List.of("w", "r2"), trail);
          assertFalse(reader.isLocked());
        });
  }

  @BothEngines
  void whoWaitsIsToldWhenTheWriterEndsWithTheLockInHand(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var holder =
              start(
                  "holder",
                  () -> {
                    writer.acquire();
                    Tulip.sleep(ofSeconds(1));
                  });
          Tulip.yield();
          var other =
              start("a", () -> assertThrows(BrokenLockException.class, () -> writer.acquire()));
          assertContains(
              "task holder ended without releasing",
              assertThrows(BrokenLockException.class, reader::acquire).getMessage());
          other.await();
          holder.await();
          assertThrows(BrokenLockException.class, reader::tryAcquire);
        });
  }

  @BothEngines
  void whoWaitsIsToldWhenAReaderEndsWithTheLockInHand(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          start("good", () -> reader.run(() -> Tulip.sleep(ofSeconds(3))));
          start("bad", () -> reader.run(() -> reader.acquire()));
          start(
              "late",
              () -> {
                reader.acquire();
                Tulip.sleep(ofSeconds(1));
              });
          Tulip.yield();
          assertThrows(BrokenLockException.class, writer::acquire);
        });
  }

  @BothEngines
  void aHolderThatGotTheLockByHandOverIsWatchedToo(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          reader.acquire();
          var bad = start("bad", () -> writer.acquire());
          var task =
              start("a", () -> assertThrows(BrokenLockException.class, () -> writer.acquire()));
          settle();
          reader.release();
          task.await();
          bad.await();
        });
  }

  @BothEngines
  void whoComesLaterIsToldThatAHolderHasEnded(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          start("bad", () -> reader.acquire()).await();
          assertThrows(BrokenLockException.class, writer::acquire);
          assertThrows(BrokenLockException.class, writer::acquire);
        });
  }

  @BothEngines
  void aLockHeldOnOneLoopCannotBeAwaitedOnAnother(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          writer.acquire();
          Tulip.blocking(() ->
              OnLoop.run(
                  engine,
                  () -> {
                    assertThrows(IllegalStateException.class, writer::acquire);
                    assertThrows(IllegalStateException.class, reader::acquire);
                  }));
          writer.release();
        });
  }

  @BothEngines
  void aHolderThatReleasesMayEndWithoutHarm(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var tasks = new ArrayList<Task<?>>();
          for (int i = 0; i < 4; i++) {
            tasks.add(take(reader, "r" + i));
            tasks.add(take(writer, "w" + i));
          }
          join(tasks);
          assertEquals(8, trail.size());
        });
  }

  @BothEngines
  void callbacksAndOtherLoopsAreRefused(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var errors = new ArrayList<Throwable>();
          EventLoop.current()
              .callSoon(
                  () -> errors.add(assertThrows(IllegalStateException.class, reader::acquire)));
          reader.acquire();
          var task = take(writer, "w");
          settle();
          assertEquals(1, errors.size());
          reader.release();
          task.await();
        });
    OnLoop.run(
        engine,
        () -> {
          assertContains(
              "this RwLock belongs to",
              assertThrows(IllegalStateException.class, reader::acquire).getMessage());
          assertThrows(IllegalStateException.class, writer::acquire);
        });
  }

  @BothEngines
  void saysWhoHoldsAndWhoWaits(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          assertEquals("read-write lock that nobody holds", lock.toString());
          var holder = take(writer, "holder");
          var r = take(reader, "r");
          var w = take(writer, "w");
          settle();
          assertEquals(
              new RwLock.Statistics(holder, List.of(), List.of(r), List.of(w)), lock.statistics());
          assertEquals(
              "read-write lock written by holder, 1 waiting to write: w, 1 waiting to read: r",
              lock.toString());
          join(List.of(holder, w));
          settle();
          assertEquals(
              new RwLock.Statistics(null, List.of(r), List.of(), List.of()), lock.statistics());
          assertEquals("read-write lock read by r", lock.toString());
          assertEquals("read side of a read-write lock read by r", reader.toString());
          r.await();
        });
  }
}
