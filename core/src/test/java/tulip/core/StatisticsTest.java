// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import tulip.core.spi.LoopClock;

/// What a loop counts of itself.
class StatisticsTest {
  /// A clock that is real, as far as the loop knows, and that the test turns.
  private static final class Hand implements LoopClock {
    long now;

    @Override
    public long time() {
      return now;
    }

    @Override
    public long waitFor(long deadline, Outside outside) {
      return deadline == Long.MAX_VALUE ? Long.MAX_VALUE : 0;
    }
  }

  @BothEngines
  void whatTheLoopHasDone(LoopOptions.Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          var before = loop.statistics();
          for (int i = 0; i < 5; i++) {
            loop.callSoon(() -> {});
          }
          for (int i = 0; i < 3; i++) {
            Tulip.createTask(Tulip::yield);
          }
          assertEquals(before.tasks() + 3, loop.statistics().tasks());
          Tulip.yield();
          Tulip.yield();
          var after = loop.statistics();
          assertEquals(before.iterations() + 2, after.iterations());
          assertEquals(before.callbacks() + 5, after.callbacks());
          assertEquals(before.tasksStarted() + 3, after.tasksStarted());
          assertEquals(before.tasks(), after.tasks());
          int rows = engine == LoopOptions.Engine.CARRIER ? 1 : 0;
          assertEquals(before.turns() + rows + 2 * 3 + 2, after.turns());
        });
  }

  @BothEngines
  void howLateTimersAre(LoopOptions.Engine engine) {
    var clock = new Hand();
    try (var loop = EventLoop.create(LoopOptions.DEFAULT.withEngine(engine).withClock(clock))) {
      for (int i = 1; i <= 10; i++) {
        loop.callLater(ofMillis(i), () -> {});
      }
      loop.callLater(ofSeconds(1), () -> {});
      clock.now += ofMillis(10).toNanos();
      loop.runOnce(Duration.ZERO);
      var lag = loop.statistics().timerLag();
      assertEquals(10, lag.count());
      assertEquals(ofMillis(9), lag.max());
      assertEquals(Duration.ZERO, lag.percentile(10));
      clock.now += ofSeconds(1).toNanos();
      loop.runOnce(Duration.ZERO);
      assertEquals(11, loop.statistics().timerLag().count());
      assertEquals(ofMillis(10), loop.statistics().timerLag().max());
    }
  }

  @BothEngines
  void timersOfAVirtualClockHaveNoLag(LoopOptions.Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          Tulip.sleep(ofSeconds(100));
          assertEquals(0, EventLoop.current().statistics().timerLag().count());
        });
  }

  @BothEngines
  void howLongIterationsTake(LoopOptions.Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          var before = loop.statistics().iterationTimes();
          for (int i = 0; i < 1_000; i++) {
            Tulip.yield();
          }
          burn(ofMillis(20));
          for (int i = 0; i < 100; i++) {
            Tulip.yield();
          }
          var times = loop.statistics().iterationTimes().since(before);
          assertTrue(times.max().compareTo(ofMillis(20)) >= 0, times::toString);
        });
  }

  private static void burn(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
