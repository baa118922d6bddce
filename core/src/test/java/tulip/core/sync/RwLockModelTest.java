// SPDX-License-Identifier: Apache-2.0
package tulip.core.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.core.Action;
import tulip.core.Explorer;
import tulip.core.Explorer.How;
import tulip.core.Explorer.Play;
import tulip.core.LoopOptions.Engine;
import tulip.core.Task;
import tulip.core.Tulip;

/// The read-write lock in every order of its tasks, and with a cancellation at every moment.
class RwLockModelTest {
  private final Explorer carrier = Explorer.on(Engine.CARRIER);

  /// What a task does with the lock. Each step takes a turn of its own.
  enum Role {
    READ {
      @Override
      void perform(Model model) {
        model.reading(Tulip::yield);
      }
    },
    WRITE {
      @Override
      void perform(Model model) {
        model.writing(Tulip::yield);
      }
    },
    READ_TWICE {
      @Override
      void perform(Model model) {
        model.reading(() -> {
          Tulip.yield();
          model.reading(Tulip::yield);
        });
      }
    },
    WRITE_AND_READ {
      @Override
      void perform(Model model) {
        model.writing(() -> {
          Tulip.yield();
          model.reading(Tulip::yield);
        });
      }
    },
    DOWNGRADE {
      @Override
      void perform(Model model) {
        model.lock.writer().acquire();
        try {
          model.write(Tulip::yield);
          model.lock.reader().acquire();
        } finally {
          model.lock.writer().release();
        }
        try {
          model.read(Tulip::yield);
        } finally {
          model.lock.reader().release();
        }
      }
    },
    TRY_READ {
      @Override
      void perform(Model model) {
        if (model.lock.reader().tryAcquire()) {
          try {
            model.read(Tulip::yield);
          } finally {
            model.lock.reader().release();
          }
        }
      }
    },
    DIE_READING {
      @Override
      void perform(Model model) {
        model.mayBreak = true;
        model.lock.reader().acquire();
        Tulip.yield();
      }
    },
    DIE_WRITING {
      @Override
      void perform(Model model) {
        model.mayBreak = true;
        model.lock.writer().acquire();
        Tulip.yield();
      }
    };

    abstract void perform(Model model);
  }

  /// A lock, who is inside by their own account, and the rules.
  static final class Model {
    final RwLock lock;
    final boolean phaseFair;
    final List<Task<?>> reading = new ArrayList<>();
    final List<Task<?>> writing = new ArrayList<>();
    final List<Task<?>> leaving = new ArrayList<>();
    boolean mayBreak;
    RwLock.Statistics before;

    Model(boolean phaseFair) {
      this.phaseFair = phaseFair;
      lock = phaseFair ? RwLock.phaseFair() : new RwLock();
      before = lock.statistics();
    }

    void perform(Role role) {
      try {
        role.perform(this);
      } catch (BrokenLockException e) {
        assertTrue(mayBreak, e::getMessage);
      }
    }

    void reading(Action<RuntimeException> block) {
      lock.reader().run(() -> read(block));
    }

    void writing(Action<RuntimeException> block) {
      lock.writer().run(() -> write(block));
    }

    void read(Action<RuntimeException> block) {
      inside(reading, block);
    }

    void write(Action<RuntimeException> block) {
      inside(writing, block);
    }

    private void inside(List<Task<?>> side, Action<RuntimeException> block) {
      var task = Task.current();
      side.add(task);
      checkInside(task);
      try {
        block.run();
      } finally {
        checkInside(task);
        side.remove(task);
      }
    }

    private void checkInside(Task<?> task) {
      var others = Stream.concat(reading.stream(), writing.stream()).filter(other -> other != task);
      assertEquals(0, writing.contains(task) ? others.count() : 0, "somebody is beside the writer");
      assertTrue(writing.isEmpty() || writing.contains(task), "a reader beside the writer");
    }

    /// Compares the lock before and after a turn.
    void checkTurn() {
      var now = lock.statistics();
      checkNobodyWaitsInVain(now);
      checkNobodyOvertakes(now);
      before = now;
    }

    /// A writer that was cancelled lets the readers behind it in when it has its turn.
    private void checkNobodyWaitsInVain(RwLock.Statistics now) {
      before.waitingWriters().stream()
          .filter(task -> task != now.writer() && !now.waitingWriters().contains(task))
          .forEach(leaving::add);
      leaving.removeIf(Task::isDone);
      boolean written = now.writer() != null;
      boolean held = written || !now.readers().isEmpty();
      boolean toWrite = !now.waitingWriters().isEmpty();
      assertTrue(held || !toWrite, "a writer waits for nobody");
      assertTrue(
          written || toWrite || !leaving.isEmpty() || now.waitingReaders().isEmpty(),
          "a reader waits for nobody");
    }

    private void checkNobodyOvertakes(RwLock.Statistics now) {
      var writer = now.writer();
      boolean writerLeft = before.writer() != null && before.writer() != writer;
      if (writer != null && writer != before.writer() && !before.waitingWriters().isEmpty()) {
        assertEquals(first(before.waitingWriters(), now.waitingWriters()), writer);
        assertTrue(!phaseFair || !writerLeft || now.waitingReaders().isEmpty(), "not its phase");
      }
      var newReaders = new ArrayList<>(now.readers());
      newReaders.removeAll(before.readers());
      newReaders.remove(before.writer()); // it is the only one that may go on as a reader
      newReaders.remove(writer);
      if (!newReaders.isEmpty()) {
        boolean phase = phaseFair && writerLeft;
        assertTrue(phase || now.waitingWriters().isEmpty(), "a reader overtook a writer");
      }
    }

    /// The first of those that waited and have neither gone on waiting nor given up.
    private static Task<?> first(List<Task<?>> before, List<Task<?>> now) {
      return before.stream().filter(task -> !now.contains(task)).findFirst().orElseThrow();
    }

    void checkEnd() {
      if (!mayBreak) {
        assertEquals(
            new RwLock.Statistics(null, List.of(), List.of(), List.of()), lock.statistics());
      }
    }
  }

  private static int explore(Explorer explorer, boolean phaseFair, List<Role> roles)
      throws Exception {
    try {
      return explorer.explore(play -> begin(play, new Model(phaseFair), roles));
    } catch (AssertionError e) {
      throw new AssertionError(roles + ": " + e.getMessage(), e);
    }
  }

  private static void begin(Play play, Model model, List<Role> roles) {
    for (int i = 0; i < roles.size(); i++) {
      var role = roles.get(i);
      play.task(i + "-" + role, () -> model.perform(role));
    }
    play.always(model::checkTurn);
    play.atEnd(model::checkEnd);
  }

  /// Every choice of so many roles, in ascending order: the order of the tasks is the explorer's.
  private static List<List<Role>> casts(int size, Role first) {
    if (size == 0) {
      return List.of(List.of());
    }
    var casts = new ArrayList<List<Role>>();
    for (var role : EnumSet.range(first, Role.DIE_WRITING)) {
      for (var others : casts(size - 1, role)) {
        var cast = new ArrayList<>(others);
        cast.addFirst(role);
        casts.add(cast);
      }
    }
    return casts;
  }

  /// Every cast of so many tasks.
  ///
  /// @return how many schedules there were
  private static int exploreAll(Explorer explorer, boolean phaseFair, int size) throws Exception {
    int runs = 0;
    for (var roles : casts(size, Role.READ)) {
      runs += explore(explorer, phaseFair, roles);
    }
    return runs;
  }

  @Timeout(120)
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void threeTasksOfWhomOneIsCancelled(boolean phaseFair) throws Exception {
    assertTrue(exploreAll(carrier.cancelling(1, How.REQUEST), phaseFair, 3) > 200_000);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void twoTasksCancelledTwice(boolean phaseFair) throws Exception {
    assertTrue(exploreAll(carrier.cancelling(2, How.REQUEST), phaseFair, 2) > 5_000);
    assertTrue(exploreAll(carrier.cancelling(2, How.SCOPE), phaseFair, 2) > 5_000);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void onTheOtherEngine(boolean phaseFair) throws Exception {
    var baton = Explorer.on(Engine.BATON);
    assertTrue(exploreAll(baton.cancelling(1, How.REQUEST), phaseFair, 2) > 1_000);
  }

  @Tag("long")
  @Timeout(1_000)
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void fourTasks(boolean phaseFair) throws Exception {
    assertTrue(exploreAll(carrier, phaseFair, 4) > 500_000);
  }

  @Tag("long")
  @Timeout(1_000)
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void threeTasksOfWhomOneIsCancelledForGood(boolean phaseFair) throws Exception {
    assertTrue(exploreAll(carrier.cancelling(1, How.SCOPE), phaseFair, 3) > 200_000);
  }
}
