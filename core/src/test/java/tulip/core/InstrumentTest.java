// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tulip.core.spi.Instrument;

class InstrumentTest {
  /// Writes down what it is told.
  private static final class Notes implements Instrument {
    final List<String> lines = new ArrayList<>();

    @Override
    public void beforeRun() {
      lines.add("run");
    }

    @Override
    public void afterRun() {
      lines.add("ran");
    }

    @Override
    public void taskSpawned(Task<?> task) {
      lines.add(task.name() + " spawned");
    }

    @Override
    public void taskScheduled(Task<?> task) {
      lines.add(task.name() + " scheduled");
    }

    @Override
    public void beforeTaskStep(Task<?> task) {
      lines.add(task.name() + " begins");
    }

    @Override
    public void afterTaskStep(Task<?> task) {
      lines.add(
          task.name()
              + " ends: "
              + (task.isDone() ? "done" : task.isWaitingOutside() ? "outside" : task.waitingFor()));
    }

    @Override
    public void taskExited(Task<?> task) {
      lines.add(task.name() + " exited");
    }

    @Override
    public void beforeIoWait(long nanos) {
      lines.add("wait " + Duration.ofNanos(nanos));
    }

    @Override
    public void afterIoWait(long nanos) {
      lines.add("waited " + Duration.ofNanos(nanos));
    }
  }

  @BothEngines
  void whatATaskDoes(LoopOptions.Engine engine) throws Exception {
    var notes = new Notes();
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          loop.addInstrument(notes);
          try (var group = TaskGroup.open()) {
            group.start("child", EventLoop.callable(() -> Tulip.sleep(ofSeconds(1))));
            group.join();
          }
          assertTrue(loop.removeInstrument(notes));
          assertFalse(loop.removeInstrument(notes));
          Tulip.yield();
        });
    assertEquals(
        List.of(
            "child spawned",
            "child scheduled",
            "main ends: task group of 1 running",
            "child begins",
            "child ends: sleep",
            "child scheduled",
            "child begins",
            "child exited",
            "main scheduled",
            "child ends: done",
            "main begins"),
        notes.lines);
  }

  @BothEngines
  void cancelledYieldingAndEagerTasks(LoopOptions.Engine engine) throws Exception {
    var notes = new Notes();
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          var sleeper = loop.createTask("sleeper", EventLoop.callable(Tulip::sleepForever));
          Tulip.yield();
          loop.addInstrument(notes);
          sleeper.cancel();
          Tulip.yield();
          loop.createEagerTask(() -> "eager");
          loop.removeInstrument(notes);
        });
    assertEquals(
        List.of(
            "sleeper scheduled",
            "main scheduled",
            "main ends: yield",
            "sleeper begins",
            "sleeper exited",
            "sleeper ends: done",
            "main begins",
            "Task-3 spawned",
            "Task-3 scheduled",
            "main ends: yield",
            "Task-3 begins",
            "Task-3 exited",
            "Task-3 ends: done",
            "main begins"),
        notes.lines);
  }

  @BothEngines
  void runsAndWaits(LoopOptions.Engine engine) {
    var notes = new Notes();
    try (var loop = EventLoop.create(LoopOptions.DEFAULT.withEngine(engine))) {
      loop.addInstrument(notes);
      loop.runOnce(Duration.ofNanos(5));
      loop.callSoon(() -> {});
      loop.runOnce(ofSeconds(5));
    }
    assertEquals(
        List.of("run", "wait PT0.000000005S", "waited PT0.000000005S", "ran", "run", "ran"),
        notes.lines);
  }

  @BothEngines
  void oneThatThrowsIsTakenOutAndReported(LoopOptions.Engine engine) throws Exception {
    var notes = new Notes();
    var problem = new IllegalStateException("instrument");
    var broken =
        new Instrument() {
          @Override
          public void beforeTaskStep(Task<?> task) {
            throw problem;
          }
        };
    var errors = new ArrayList<ErrorContext>();
    OnLoop.run(
        OnLoop.options(engine),
        errors,
        () -> {
          var loop = EventLoop.current();
          loop.addInstrument(broken);
          loop.addInstrument(notes);
          Tulip.yield();
          assertFalse(loop.removeInstrument(broken));
          Tulip.yield();
          loop.removeInstrument(notes);
          return null;
        });
    assertEquals(1, errors.size());
    assertSame(problem, errors.getFirst().exception());
    assertSame(broken, errors.getFirst().source());
    assertEquals(2, notes.lines.stream().filter(line -> line.equals("main begins")).count());
  }

  @BothEngines
  void aLoopWithoutInstrumentsHasNothing(LoopOptions.Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          var notes = new Notes();
          loop.addInstrument(notes);
          loop.removeInstrument(notes);
          assertNull(loop.instruments);
        });
  }

  @ParameterizedTest
  @EnumSource(value = LoopOptions.Engine.class, names = "CARRIER")
  void aForeignWaitEndsAStep(LoopOptions.Engine engine) throws Exception {
    var notes = new Notes();
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          var latch = new CountDownLatch(1);
          loop.callSoon(latch::countDown);
          loop.addInstrument(notes);
          latch.await();
          loop.removeInstrument(notes);
        });
    assertEquals(List.of("main ends: outside", "main begins"), notes.lines);
  }
}
