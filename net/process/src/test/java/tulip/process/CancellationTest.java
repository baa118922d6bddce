// SPDX-License-Identifier: Apache-2.0
package tulip.process;

import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import tulip.bytes.Bytes;
import tulip.core.Action;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;

/// What a task leaves behind that is cancelled while it deals with a program: [OnLoop] sees to it
/// that this is nothing.
class CancellationTest {
  private static final Duration SOON = ofMillis(30);
  private static final Command SLEEP = Command.of("sleep", "1000");

  @BothEngines
  void aCancelledStartLeavesNoProcess(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          for (int i = 0; i < 5; i++) {
            var task = Tulip.createTask(() -> Subprocess.start(SLEEP));
            Tulip.yield();
            task.taskScope().cancel();
            task.awaitDone();
            assertTrue(task.isCancelled());
            var pipeline = Tulip.createTask(() -> Pipeline.start(SLEEP, SLEEP));
            Tulip.yield();
            pipeline.taskScope().cancel();
            pipeline.awaitDone();
            assertTrue(pipeline.isCancelled());
          }
        });
  }

  @BothEngines
  void aCancelledRunEndsTheProgram(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          assertFalse(Tulip.moveOnAfter(SOON, () -> Subprocess.run(SLEEP, 0)));
          var deaf = Command.shell("trap '' TERM; while :; do sleep 0.01; done").withGrace(SOON);
          assertFalse(Tulip.moveOnAfter(SOON, () -> Subprocess.run(deaf, 0)));
          var full = Bytes.wrap(new byte[1_000_000]);
          assertFalse(Tulip.moveOnAfter(SOON, () -> Subprocess.run(SLEEP, full, 0)));
        });
  }

  @BothEngines
  void aCancelledReadLosesNothing(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var cat = Subprocess.start(Command.of("cat"))) {
            for (int i = 0; i < 20; i++) {
              assertFalse(Tulip.moveOnAfter(ofMillis(1), () -> cat.stdout().readLine()));
              cat.stdin().write(i + "\n");
              assertEquals("" + i, cat.stdout().readLine());
            }
          }
        });
  }

  @BothEngines
  void aCancelledWriteIsWrittenWhole(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var cat = Subprocess.start(Command.of("cat"))) {
            var much = Bytes.wrap(new byte[500_000]);
            assertFalse(Tulip.moveOnAfter(SOON, () -> cat.stdin().write(much)));
            try (var group = TaskGroup.open()) {
              group.start(() -> cat.stdin().close());
              assertEquals(much, cat.stdout().readAll(much.length()));
              group.join();
            }
          }
        });
  }

  @BothEngines
  void aCancelledWaitLeavesTheProgramAlone(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var sleep = Subprocess.start(SLEEP)) {
            Action<RuntimeException> wait = sleep::waitFor;
            assertFalse(Tulip.moveOnAfter(SOON, wait));
            assertNull(sleep.exitCode());
          }
        });
  }

  @BothEngines
  void aBlockIsLeftOnlyWhenTheProgramHasEnded(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var command =
              Command.shell("trap 'sleep 0.05; exit 0' TERM; echo; while :; do sleep 0.01; done");
          var started = new Subprocess[1];
          var task =
              Tulip.createTask(() -> {
                try (var process = Subprocess.start(command)) {
                  started[0] = process;
                  process.stdout().readLine();
                  Tulip.sleepForever();
                }
              });
          Tulip.sleep(ofMillis(100));
          task.taskScope().cancel();
          task.awaitDone();
          assertEquals(0, started[0].exitCode());
        });
  }

  @Tag("long")
  @BothEngines
  void nothingIsLeftOfProgramsThatWereCancelledAtAnyMoment(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var group = TaskGroup.open()) {
            for (int i = 0; i < 10; i++) {
              var random = new Random(i);
              group.start(() -> {
                for (int round = 0; round < 200; round++) {
                  var limit = Duration.ofNanos(random.nextInt(20_000_000));
                  Tulip.moveOnAfter(
                      limit,
                      () ->
                          Subprocess.run(
                              Command.of("cat"), Bytes.wrap(new byte[300_000]), 300_000));
                }
              });
            }
            group.join();
          }
        });
  }
}
