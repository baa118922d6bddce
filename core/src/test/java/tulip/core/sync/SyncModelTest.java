// SPDX-License-Identifier: Apache-2.0
package tulip.core.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tulip.core.Cancelled;
import tulip.core.Explorer;
import tulip.core.Explorer.How;
import tulip.core.Explorer.Program;
import tulip.core.LoopOptions.Engine;
import tulip.core.Task;
import tulip.core.Tulip;

/// Small programs with each primitive in every order of their tasks, with cancellations at every
/// moment.
class SyncModelTest {
  private static final String[] THREE = {"a", "b", "c"};

  private static void explore(int cancels, How how, Program program) throws Exception {
    int runs = Explorer.on(Engine.CARRIER).cancelling(cancels, how).explore(program);
    assertTrue(runs > 1_000, () -> "only " + runs);
  }

  /// How many are inside.
  private static final class Room {
    private final int size;
    private int inside;

    Room(int size) {
      this.size = size;
    }

    void stay() {
      assertTrue(++inside <= size);
      try {
        Tulip.yield();
      } finally {
        inside--;
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void lock(How how) throws Exception {
    explore(
        2,
        how,
        play -> {
          var lock = new Lock();
          var room = new Room(1);
          for (var name : THREE) {
            play.task(name, () -> lock.run(room::stay));
          }
          play.always(() -> assertTrue(lock.isLocked() || lock.statistics().waiting().isEmpty()));
          play.atEnd(() -> assertFalse(lock.isLocked()));
        });
  }

  @ParameterizedTest
  @EnumSource
  void lockWhoseOwnerEnds(How how) throws Exception {
    explore(
        2,
        how,
        play -> {
          var lock = new Lock();
          var room = new Room(1);
          play.task(
              "owner",
              () -> {
                lock.acquire();
                room.stay();
              });
          for (var name : List.of("a", "b")) {
            play.task(
                name,
                () -> {
                  try {
                    lock.run(room::stay);
                  } catch (BrokenLockException e) {
                    assertTrue(lock.isLocked());
                  }
                });
          }
          play.atEnd(() -> assertEquals(List.of(), lock.statistics().waiting()));
        });
  }

  @ParameterizedTest
  @EnumSource
  void semaphore(How how) throws Exception {
    explore(
        2,
        how,
        play -> {
          var semaphore = Semaphore.bounded(2);
          var room = new Room(2);
          for (var name : THREE) {
            play.task(name, () -> semaphore.run(room::stay));
          }
          play.always(() -> {
            var now = semaphore.statistics();
            assertTrue(now.waiting().isEmpty() || now.permits() == 0);
          });
          play.atEnd(() -> assertEquals(2, semaphore.statistics().permits()));
        });
  }

  @ParameterizedTest
  @EnumSource
  void capacityLimiterThatGrows(How how) throws Exception {
    explore(
        2,
        how,
        play -> {
          var limiter = new CapacityLimiter(1);
          var room = new Room(2);
          for (var name : List.of("a", "b")) {
            play.task(name, () -> limiter.run(room::stay));
          }
          play.task(
              "grows",
              () -> {
                limiter.run(room::stay);
                limiter.setTotal(2);
              });
          play.always(() -> {
            var now = limiter.statistics();
            assertTrue(now.waiting().isEmpty() || now.borrowers().size() >= now.total());
          });
          play.atEnd(() -> assertEquals(0, limiter.borrowed()));
        });
  }

  @ParameterizedTest
  @EnumSource
  void event(How how) throws Exception {
    explore(
        2,
        how,
        play -> {
          var event = new Event();
          play.task("a", event::await);
          play.task("b", event::await);
          play.task(
              "sets",
              () -> {
                try {
                  Tulip.yield();
                } finally {
                  event.set();
                  event.clear(); // who waited was woken all the same
                  event.set();
                }
              });
          play.atEnd(() -> assertEquals(List.of(), event.statistics().waiting()));
        });
  }

  @ParameterizedTest
  @EnumSource
  void barrier(How how) throws Exception {
    explore(
        2,
        how,
        play -> {
          var barrier = new Barrier(3);
          var passed = new ArrayList<Integer>();
          for (var name : THREE) {
            play.task(
                name,
                () -> {
                  try {
                    passed.add(barrier.await());
                  } catch (BrokenBarrierException e) {
                    assertEquals(List.of(), passed);
                  } catch (Cancelled e) {
                    barrier.abort(); // the others would wait for this one
                    throw e;
                  }
                });
          }
          play.atEnd(() -> assertTrue(passed.isEmpty() || passed.size() == 3));
        });
  }

  /// A notification that each passes on to the next: one that is cancelled with it in hand, too.
  @ParameterizedTest
  @EnumSource
  void condition(How how) throws Exception {
    explore(
        1,
        how,
        play -> {
          var condition = new Condition();
          var open = new AtomicBoolean();
          for (var name : THREE) {
            play.task(
                name,
                () ->
                    condition.run(() -> {
                      try {
                        condition.waitFor(open::get);
                        condition.notifyOne();
                      } finally {
                        assertEquals(Task.current(), condition.statistics().lock().owner());
                      }
                    }));
          }
          play.task(
              "opens",
              () ->
                  Tulip.shield(() ->
                      condition.run(() -> {
                        open.set(true);
                        condition.notifyOne();
                        Tulip.yield();
                      })));
          play.atEnd(() -> assertEquals(List.of(), condition.statistics().waiting()));
        });
  }
}
