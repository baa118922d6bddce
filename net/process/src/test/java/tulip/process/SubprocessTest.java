// SPDX-License-Identifier: Apache-2.0
package tulip.process;

import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.net.LimitOverrunException;

class SubprocessTest {
  private static final int LIMIT = 1 << 20;

  @TempDir Path folder;

  private static String output(Command command) throws IOException {
    return Subprocess.run(command, LIMIT).check().stdout().utf8();
  }

  // Running.

  @BothEngines
  void runsAProgramAndTellsWhatItWrote(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          assertEquals("hello $HOME\n", output(Command.of("echo", "hello $HOME")));
          assertEquals("3\n", output(Command.shell("echo $((1 + 2))")));
          var completed =
              Subprocess.run(
                  Command.shell("echo out; echo err >&2; exit 7").withStderr(Stdio.PIPE), LIMIT);
          assertEquals(7, completed.exitCode());
          assertFalse(completed.succeeded());
          assertEquals(0, completed.signal());
          assertEquals("out\n", completed.stdout().utf8());
          assertEquals("err\n", completed.stderr().utf8());
          var error = assertThrows(ProcessFailedException.class, completed::check);
          assertTrue(error.toString().endsWith(" ended with exit code 7: err"), error::toString);
          assertEquals(completed, error.completed());
        });
  }

  @BothEngines
  void feedsInputWhileItReadsOutput(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var much = Bytes.wrap(new byte[3_000_000]);
          var completed = Subprocess.run(Command.of("cat"), much, much.length());
          assertEquals(much, completed.stdout());
          assertEquals(0, completed.exitCode());
        });
  }

  @BothEngines
  void thatAProgramDoesNotReadItsInputIsNoError(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var much = Bytes.wrap(new byte[3_000_000]);
          assertEquals(0, Subprocess.run(Command.of("true"), much, LIMIT).exitCode());
        });
  }

  @BothEngines
  void aProgramThatWritesTooMuchIsEnded(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var yes = Command.of("yes");
          assertThrows(LimitOverrunException.class, () -> Subprocess.run(yes, 1000));
        });
  }

  @BothEngines
  void aProgramThatIsNotThereIsAnError(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var none = Command.of("/no/such/program");
          var error = assertThrows(IOException.class, () -> Subprocess.start(none));
          assertTrue(error.toString().contains("No such file or directory"), error::toString);
          var nowhere = Command.of("true").withDirectory(folder.resolve("none"));
          assertThrows(IOException.class, () -> Subprocess.start(nowhere));
        });
  }

  // Streams.

  @BothEngines
  void talksWithAProgram(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var cat = Subprocess.start(Command.of("cat"))) {
            for (int i = 0; i < 100; i++) {
              cat.stdin().write("line " + i + "\n");
              assertEquals("line " + i, cat.stdout().readLine());
            }
            cat.stdin().closeOutput();
            assertNull(cat.stdout().readLine());
            assertEquals(0, cat.waitFor());
          }
        });
  }

  /// The pipe holds 64 KiB, and the reader reads a block ahead: more than that `seq` cannot write.
  @BothEngines
  void aProgramWaitsForItsReader(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var seq = Subprocess.start(Command.of("seq", "1000000"))) {
            assertEquals("1", seq.stdout().readLine());
            Tulip.sleep(ofMillis(50));
            assertNull(seq.exitCode());
            long sum = 1;
            for (var line : seq.stdout().lines()) {
              sum += Long.parseLong(line);
            }
            assertEquals(500_000_500_000L, sum);
            assertEquals(0, seq.waitFor());
          }
        });
  }

  @BothEngines
  void aWriterWaitsForTheProgram(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var sleep = Subprocess.start(Command.of("sleep", "1000"))) {
            var much = Bytes.wrap(new byte[1_000_000]);
            assertFalse(Tulip.moveOnAfter(ofMillis(50), () -> sleep.stdin().write(much)));
            assertTrue(sleep.stdin().unsent() > 0);
          }
        });
  }

  @BothEngines
  void writingToAProgramThatHasEndedIsABrokenPipe(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var ended = Subprocess.start(Command.of("true"))) {
            ended.waitFor();
            assertThrows(
                IOException.class,
                () -> {
                  while (true) {
                    ended.stdin().write("x");
                    ended.stdin().flush();
                    Tulip.yield();
                  }
                });
          }
        });
  }

  @BothEngines
  void whatWasWrittenBeforeTheEndCanBeReadAfterIt(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var echo = Subprocess.start(Command.of("echo", "last words"))) {
            echo.waitFor();
            assertEquals("last words", echo.stdout().readLine());
            assertNull(echo.stdout().readLine());
          }
        });
  }

  @BothEngines
  void onlyPipesAreStreams(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var command = Command.of("true").withStdin(Stdio.DISCARD).withStdout(Stdio.DISCARD);
          try (var process = Subprocess.start(command)) {
            assertThrows(IllegalStateException.class, process::stdin);
            assertThrows(IllegalStateException.class, process::stdout);
            var error = assertThrows(IllegalStateException.class, process::stderr);
            assertTrue(error.toString().endsWith("is no pipe: start it with Stdio.PIPE"));
          }
        });
  }

  @BothEngines
  void mergesErrorsIntoTheOutput(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var command = Command.shell("echo a; echo b >&2; echo c").withStderr(Stdio.MERGE);
          assertEquals("a\nb\nc\n", output(command));
        });
  }

  @BothEngines
  void readsAndWritesFiles(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var in = Files.writeString(folder.resolve("in"), "text\n");
          var out = folder.resolve("out");
          var copy = Command.of("cat").withStdin(Stdio.from(in));
          Subprocess.run(copy.withStdout(Stdio.to(out)), 0).check();
          Subprocess.run(copy.withStdout(Stdio.appendTo(out)), 0).check();
          assertEquals("text\ntext\n", Files.readString(out));
          var complain = Command.shell("echo err >&2").withStderr(Stdio.to(out));
          assertEquals("", output(complain));
          assertEquals("err\n", Files.readString(out));
          assertEquals("", output(Command.of("cat").withStdin(Stdio.DISCARD)));
          assertEquals("", output(Command.shell("echo x >&2").withStderr(Stdio.DISCARD)));
        });
  }

  @BothEngines
  void runsInAFolderWithAnEnvironment(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var real = folder.toRealPath();
          assertEquals(real + "\n", output(Command.of("pwd").withDirectory(real)));
          var echo = Command.shell("echo $A $B ${HOME:+home}");
          assertEquals("1 2\n", output(echo.withEnvironment(Map.of("A", "1", "B", "2"))));
          var more = output(echo.withVariable("A", "x"));
          assertEquals("x" + (System.getenv("HOME") == null ? "" : " home") + "\n", more);
        });
  }

  @BothEngines
  void aCommandIsChecked(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var file = folder.resolve("file");
          var cat = Command.of("cat", "-n");
          assertEquals("cat -n", cat.toString());
          assertThrows(IllegalArgumentException.class, Command::of);
          assertThrows(IllegalArgumentException.class, () -> cat.withStdin(Stdio.to(file)));
          assertThrows(IllegalArgumentException.class, () -> cat.withStdout(Stdio.from(file)));
          assertThrows(IllegalArgumentException.class, () -> cat.withStdout(Stdio.MERGE));
          assertThrows(IllegalArgumentException.class, () -> cat.withStderr(Stdio.from(file)));
          assertThrows(IllegalArgumentException.class, () -> cat.withGrace(ofMillis(-1)));
        });
  }

  // The end.

  @BothEngines
  void signalsEndAProgram(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var sleep = Command.of("sleep", "1000");
          try (var process = Subprocess.start(sleep)) {
            assertNull(process.exitCode());
            process.terminate();
            assertEquals(128 + 15, process.waitFor());
            assertEquals(143, process.exitCode());
            process.terminate();
            process.kill();
            process.sendSignal("HUP");
          }
          try (var process = Subprocess.start(sleep)) {
            process.kill();
            assertEquals(128 + 9, process.waitFor());
          }
          try (var process = Subprocess.start(sleep)) {
            process.sendSignal("usr1");
            assertEquals(128 + 10, process.waitFor());
            assertTrue(process.toString().contains("sleep 1000"));
            assertEquals(process.pid(), process.handle().pid());
          }
          try (var process = Subprocess.start(sleep)) {
            assertThrows(IllegalArgumentException.class, () -> process.sendSignal("NOSUCH"));
            assertThrows(IllegalArgumentException.class, () -> process.sendSignal("; reboot"));
            process.sendSignal("TERM");
            assertEquals(143, process.waitFor());
          }
        });
  }

  @BothEngines
  void whatAProgramSaysToASignalIsHeard(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var script = "trap 'echo told; exit 3' TERM; echo ready; while :; do sleep 0.01; done";
          try (var process = Subprocess.start(Command.shell(script))) {
            assertEquals("ready", process.stdout().readLine());
            process.terminate();
            assertEquals("told", process.stdout().readLine());
            assertEquals(3, process.waitFor());
          }
        });
  }

  @BothEngines
  void closingKillsAProgramThatDoesNotWantToEnd(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var stubborn = "trap '' TERM; echo ready; while :; do sleep 0.01; done";
          var process = Subprocess.start(Command.shell(stubborn).withGrace(ofMillis(50)));
          assertEquals("ready", process.stdout().readLine());
          process.close();
          process.close();
          assertEquals(137, process.exitCode());
        });
  }

  @BothEngines
  void descendantsEndWithItWhenTold(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var family = Command.shell("sleep 1000 & echo $!; wait").withDescendants(true);
          long child;
          try (var process = Subprocess.start(family)) {
            child = Long.parseLong(process.stdout().readLine());
            assertTrue(ProcessHandle.of(child).orElseThrow().isAlive());
          }
          assertFalse(ProcessHandle.of(child).map(ProcessHandle::isAlive).orElse(false));
        });
  }

  @BothEngines
  void manyRunAtOnce(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var numbers = IntStream.range(0, 200).boxed().toList();
          var outputs = Tulip.gather(numbers, n -> output(Command.of("echo", "" + n)));
          assertEquals(numbers.stream().map(n -> n + "\n").toList(), outputs);
        });
  }

  // Pipelines.

  @BothEngines
  void aPipelinePassesOutputOn(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var pipeline =
              Pipeline.start(
                  Command.of("cat"), Command.of("sort"), Command.of("head", "-n", "1"))) {
            pipeline.stdin().write("b\nc\na\n");
            pipeline.stdin().close();
            assertEquals("a", pipeline.stdout().readLine());
            assertNull(pipeline.stdout().readLine());
            assertEquals(List.of(0, 0, 0), pipeline.waitFor());
            assertEquals(3, pipeline.processes().size());
          }
        });
  }

  @BothEngines
  void aPipelineThatHasEnoughEndsItsSource(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var pipeline = Pipeline.start(Command.of("yes"), Command.of("head", "-n", "2"))) {
            assertEquals("y", pipeline.stdout().readLine());
            assertNotNull(pipeline.waitFor());
            assertEquals(128 + 13, pipeline.processes().getFirst().exitCode());
          }
          try (var endless = Pipeline.start(Command.of("yes"), Command.of("cat"))) {
            assertEquals("y", endless.stdout().readLine());
          }
        });
  }
}
