// SPDX-License-Identifier: Apache-2.0
package tulip.core.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.core.sync.Turns.start;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tulip.core.Cancelled;
import tulip.core.LoopOptions.Engine;
import tulip.core.OnLoop;
import tulip.core.Scope;
import tulip.core.Task;
import tulip.core.Tulip;

/// Many tasks that use one primitive at random, with deadlines and cancellations at random moments:
/// the invariants hold at every step, and when all is still nobody waits without a reason.
class StressTest {
  private static final int SEEDS = 15;
  private static final int TASKS = 8;
  private static final int STEPS = 60;

  /// What the tasks do and what must be true of it.
  private abstract static class Load {
    final Random random;

    Load(Random random) {
      this.random = random;
    }

    abstract void step() throws Exception;

    /// At any time.
    void check() {}

    /// When nobody can go on before the clock does.
    void checkStill() {
      check();
    }

    abstract void checkEnd();

    /// Waits or not.
    final void dawdle() {
      switch (random.nextInt(4)) {
        case 0 -> {}
        case 1, 2 -> Tulip.yield();
        default -> Tulip.sleep(Duration.ofNanos(1 + random.nextInt(5_000)));
      }
    }
  }

  private static final class LockLoad extends Load {
    final Lock lock = new Lock();
    int inside;

    LockLoad(Random random) {
      super(random);
    }

    @Override
    void step() {
      lock.run(() -> {
        assertEquals(1, ++inside);
        try {
          dawdle();
        } finally {
          inside--;
        }
      });
    }

    @Override
    void check() {
      var now = lock.statistics();
      assertTrue(now.waiting().isEmpty() || now.owner() != null);
    }

    @Override
    void checkEnd() {
      assertEquals(new Lock.Statistics(null, List.of()), lock.statistics());
    }
  }

  private static final class SemaphoreLoad extends Load {
    final Semaphore semaphore = Semaphore.bounded(3);
    int inside;

    SemaphoreLoad(Random random) {
      super(random);
    }

    @Override
    void step() {
      if (random.nextInt(4) == 0 && semaphore.tryAcquire()) {
        semaphore.release();
      }
      semaphore.run(() -> {
        assertTrue(++inside <= 3);
        try {
          dawdle();
        } finally {
          inside--;
        }
      });
    }

    @Override
    void check() {
      var now = semaphore.statistics();
      assertTrue(now.waiting().isEmpty() || now.permits() == 0);
    }

    @Override
    void checkEnd() {
      assertEquals(new Semaphore.Statistics(3, 3, List.of()), semaphore.statistics());
    }
  }

  private static final class LimiterLoad extends Load {
    final CapacityLimiter limiter = new CapacityLimiter(2);

    LimiterLoad(Random random) {
      super(random);
    }

    @Override
    void step() {
      int before = Math.max(limiter.total(), limiter.borrowed());
      if (random.nextInt(5) == 0) {
        limiter.setTotal(1 + random.nextInt(4));
      }
      assertTrue(limiter.borrowed() <= Math.max(before, limiter.total()));
      limiter.run(() -> dawdle());
    }

    @Override
    void check() {
      var now = limiter.statistics();
      assertTrue(now.waiting().isEmpty() || now.borrowers().size() >= now.total());
    }

    @Override
    void checkEnd() {
      assertEquals(List.of(), limiter.statistics().borrowers());
      assertEquals(List.of(), limiter.statistics().waiting());
    }
  }

  private static final class RwLoad extends Load {
    final RwLock lock;
    int readers;
    int writers;

    RwLoad(Random random, RwLock lock) {
      super(random);
      this.lock = lock;
    }

    @Override
    void step() {
      switch (random.nextInt(5)) {
        case 0 -> write();
        case 1 -> lock.writer().run(() -> read());
        case 2 -> lock.reader().run(() -> read());
        case 3 -> downgrade();
        default -> read();
      }
    }

    private void read() {
      lock.reader()
          .run(() -> {
            readers++;
            try {
              dawdle();
            } finally {
              readers--;
            }
          });
    }

    private void write() {
      lock.writer()
          .run(() -> {
            writers++;
            assertEquals(1, writers);
            assertEquals(0, readers);
            try {
              dawdle();
            } finally {
              writers--;
            }
            assertEquals(0, readers);
          });
    }

    private void downgrade() {
      lock.writer().acquire();
      try {
        lock.reader().acquire();
      } finally {
        lock.writer().release();
      }
      try {
        dawdle();
      } finally {
        lock.reader().release();
      }
    }

    @Override
    void checkStill() {
      var now = lock.statistics();
      if (!now.waitingWriters().isEmpty()) {
        assertTrue(now.writer() != null || !now.readers().isEmpty(), now::toString);
      } else if (!now.waitingReaders().isEmpty()) {
        assertTrue(now.writer() != null, now::toString);
      }
    }

    @Override
    void checkEnd() {
      assertEquals(new RwLock.Statistics(null, List.of(), List.of(), List.of()), lock.statistics());
    }
  }

  /// A queue of two places, built from a lock and two conditions.
  private static final class ConditionLoad extends Load {
    final Lock lock = new Lock();
    final Condition notEmpty = new Condition(lock);
    final Condition notFull = new Condition(lock);
    final ArrayDeque<Integer> items = new ArrayDeque<>();
    int put;
    int taken;

    ConditionLoad(Random random) {
      super(random);
    }

    @Override
    void step() {
      if (random.nextBoolean()) {
        lock.run(() -> {
          notFull.waitFor(() -> items.size() < 2);
          items.add(put++);
          notEmpty.notifyOne();
          dawdle();
        });
      } else {
        lock.run(() -> {
          notEmpty.waitFor(() -> !items.isEmpty());
          assertEquals(taken++, items.remove());
          notFull.notifyOne();
          dawdle();
        });
      }
    }

    @Override
    void checkStill() {
      if (!lock.isLocked()) {
        assertTrue(items.isEmpty() || notEmpty.statistics().waiting().isEmpty());
        assertTrue(items.size() == 2 || notFull.statistics().waiting().isEmpty());
      }
    }

    @Override
    void checkEnd() {
      assertFalse(lock.isLocked());
      assertEquals(put, taken + items.size());
      assertEquals(List.of(), notEmpty.statistics().waiting());
      assertEquals(List.of(), notFull.statistics().waiting());
    }
  }

  private static final class BarrierLoad extends Load {
    final Barrier barrier = new Barrier(3);
    final int[] counts = new int[3];

    BarrierLoad(Random random) {
      super(random);
    }

    @Override
    void step() {
      if (random.nextInt(20) == 0) {
        barrier.reset();
      }
      try {
        counts[barrier.await()]++;
      } catch (BrokenBarrierException e) {
        dawdle();
      }
    }

    @Override
    void check() {
      assertTrue(barrier.waiting() < 3);
    }

    @Override
    void checkEnd() {
      assertEquals(0, barrier.waiting());
      assertEquals(counts[0], counts[1]);
      assertEquals(counts[0], counts[2]);
    }
  }

  private static final class EventLoad extends Load {
    final Event event = new Event();

    EventLoad(Random random) {
      super(random);
    }

    @Override
    void step() {
      switch (random.nextInt(4)) {
        case 0 -> event.set();
        case 1 -> event.clear();
        default -> event.await();
      }
    }

    @Override
    void check() {
      assertTrue(!event.isSet() || event.statistics().waiting().isEmpty());
    }

    @Override
    void checkEnd() {
      assertEquals(List.of(), event.statistics().waiting());
    }
  }

  enum Kind {
    LOCK,
    SEMAPHORE,
    LIMITER,
    RW_LOCK,
    PHASE_FAIR_RW_LOCK,
    CONDITION,
    BARRIER,
    EVENT
  }

  private static Load load(Kind kind, Random random) {
    return switch (kind) {
      case LOCK -> new LockLoad(random);
      case SEMAPHORE -> new SemaphoreLoad(random);
      case LIMITER -> new LimiterLoad(random);
      case RW_LOCK -> new RwLoad(random, new RwLock());
      case PHASE_FAIR_RW_LOCK -> new RwLoad(random, RwLock.phaseFair());
      case CONDITION -> new ConditionLoad(random);
      case BARRIER -> new BarrierLoad(random);
      case EVENT -> new EventLoad(random);
    };
  }

  record Case(Kind kind, Engine engine) {}

  static List<Case> cases() {
    var cases = new ArrayList<Case>();
    for (var kind : Kind.values()) {
      cases.add(new Case(kind, Engine.CARRIER));
      cases.add(new Case(kind, Engine.BATON));
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theInvariantsHold(Case test) throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      try {
        OnLoop.run(test.engine(), () -> stress(load(test.kind(), random)));
      } catch (AssertionError e) {
        throw new AssertionError("with seed " + seed, e);
      }
    }
  }

  private static void stress(Load load) {
    var tasks = new ArrayList<Task<?>>();
    for (int i = 0; i < TASKS; i++) {
      tasks.add(start("t" + i, () -> work(load)));
    }
    while (!tasks.stream().allMatch(Task::isDone)) {
      tasks.get(load.random.nextInt(TASKS)).cancel("at random");
      Tulip.sleep(Duration.ofNanos(100_000 + load.random.nextInt(200_000)));
      load.checkStill();
    }
    tasks.forEach(Task::await);
    load.checkEnd();
  }

  private static void work(Load load) throws Exception {
    for (int i = 0; i < STEPS; i++) {
      var scope = new Scope();
      if (load.random.nextBoolean()) {
        scope.timeout(Duration.ofNanos(1 + load.random.nextInt(20_000)));
      } else {
        scope.timeout(Duration.ofMillis(1)); // or a condition that never comes true is forever
      }
      try {
        scope.run(() -> {
          load.step();
          load.check();
        });
      } catch (Cancelled e) {
        Task.current().uncancel();
      }
      load.check();
    }
  }
}
