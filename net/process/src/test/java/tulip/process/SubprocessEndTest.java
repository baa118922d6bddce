// SPDX-License-Identifier: Apache-2.0
package tulip.process;

import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;

/// The end of programs: who hears of it, and what it leaves.
class SubprocessEndTest {
  private static final Command SLEEP = Command.of("sleep", "1000");

  @BothEngines
  void allWhoWaitAreTold(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var process = Subprocess.start(Command.shell("read x; exit 3"))) {
            var waits = Stream.generate(() -> Tulip.createTask(process::waitFor)).limit(3).toList();
            Tulip.yield();
            waits.getFirst().cancel();
            process.stdin().write("\n");
            assertEquals(3, waits.get(1).await());
            assertEquals(3, waits.get(2).await());
            waits.getFirst().awaitDone();
            assertEquals(3, process.waitFor());
          }
        });
  }

  @BothEngines
  void theExitCodeIsThereWithoutWaiting(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var process = Subprocess.start(Command.shell("exit 4"))) {
            while (process.exitCode() == null) {
              Tulip.yield();
            }
            assertEquals(4, process.exitCode());
          }
        });
  }

  @BothEngines
  void closingLeavesTheExitCodeOfAProgramThatHasEnded(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var process = Subprocess.start(Command.shell("exit 5"));
          assertEquals(5, process.waitFor());
          process.close();
          assertEquals(5, process.exitCode());
          assertEquals(5, process.waitFor());
        });
  }

  @BothEngines
  void closingEndsAProgramThatRuns(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var process = Subprocess.start(SLEEP);
          var wait = Tulip.createTask(process::waitFor);
          Tulip.yield();
          process.close();
          assertEquals(128 + 15, wait.await());
        });
  }

  @BothEngines
  void aProgramThatWasStoppedIsClosedAllTheSame(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var process = Subprocess.start(SLEEP.withGrace(ofMillis(20)));
          process.sendSignal("STOP");
          while (!Files.readString(Path.of("/proc/" + process.pid() + "/stat")).contains(") T ")) {
            Tulip.yield(); // the system takes its time
          }
          assertNull(process.exitCode());
          process.close();
          assertEquals(128 + 9, process.exitCode());
        });
  }

  @BothEngines
  void aSignalThatIsIgnoredEndsNothing(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var deaf = Command.shell("trap '' HUP; echo ready; read x; echo done");
          try (var process = Subprocess.start(deaf)) {
            assertEquals("ready", process.stdout().readLine());
            process.sendSignal("HUP");
            process.stdin().write("\n");
            assertEquals("done", process.stdout().readLine());
            assertEquals(0, process.waitFor());
          }
        });
  }

  @BothEngines
  void aProgramThatCannotStartLeavesNoPipe(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          for (int i = 0; i < 10; i++) {
            assertThrows(IOException.class, () -> Subprocess.start(Command.of("/no/such")));
            assertThrows(IOException.class, () -> Subprocess.start(Command.of("/etc/passwd")));
          }
        });
  }

  @BothEngines
  void manyThatEndAtOnceAreAllHeardOf(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var all = Stream.generate(() -> start(SLEEP)).limit(30).toList();
          var codes = Tulip.createTask(() -> Tulip.gather(all, Subprocess::waitFor));
          Tulip.yield();
          all.forEach(Subprocess::kill);
          assertEquals(IntStream.range(0, 30).mapToObj(_ -> 137).toList(), codes.await());
          all.forEach(Subprocess::close);
        });
  }

  private static Subprocess start(Command command) {
    try {
      return Subprocess.start(command);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BothEngines
  void othersThatWaitForTheirChildrenDoNotInterfere(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var ours = Subprocess.start(Command.shell("read x; exit 6"))) {
            var theirs = Tulip.blocking(() -> new ProcessBuilder("true").start().waitFor());
            assertEquals(0, theirs);
            ours.stdin().write("\n");
            assertEquals(6, ours.waitFor());
          }
        });
  }

  @BothEngines
  void aPipelineThatIsClosedEndsAllItsPrograms(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var pipeline = Pipeline.start(SLEEP, SLEEP, SLEEP);
          assertEquals(
              List.of(false, false, false),
              pipeline.processes().stream().map(it -> it.exitCode() != null).toList());
          pipeline.close();
          assertEquals(List.of(143, 143, 143), pipeline.waitFor());
        });
  }

  @BothEngines
  void aRunThatRunsOutOfTimeIsOver(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var noisy = Command.shell("while :; do echo x; sleep 0.01; done");
          assertFalse(Tulip.moveOnAfter(ofMillis(50), () -> Subprocess.run(noisy, 1 << 20)));
          assertTrue(ProcessHandle.current().children().toList().isEmpty());
        });
  }
}
