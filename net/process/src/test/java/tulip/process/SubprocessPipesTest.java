// SPDX-License-Identifier: Apache-2.0
package tulip.process;

import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.util.List;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions.Engine;
import tulip.core.Task;
import tulip.core.Tulip;
import tulip.net.LimitOverrunException;

/// The pipes of a program at their limits: much in either direction, ends in the middle, and what
/// the two sides do not hear of each other.
class SubprocessPipesTest {
  private static final Command CAT = Command.of("cat");
  private static final Command SLEEP = Command.of("sleep", "1000");

  /// As large as the system's pipe, one more, and a lot.
  private static final List<Integer> SIZES = List.of(8192, 65_536, 65_537, 219_264, 1_000_000);

  private static Bytes pattern(int size) {
    var bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31 + (i >> 8));
    }
    return Bytes.wrap(bytes);
  }

  private static Task<Boolean> write(Subprocess process, int size) {
    return Tulip.createTask(() -> {
      process.stdin().write(Bytes.wrap(new byte[size]));
      process.stdin().flush();
      return true;
    });
  }

  // Input.

  @BothEngines
  void inputOfAnySizeComesBack(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          for (int size : SIZES) {
            var all = pattern(size);
            assertEquals(all, Subprocess.run(CAT, all, size).stdout());
          }
        });
  }

  @BothEngines
  void noInputIsAnEnd(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var done = Subprocess.run(CAT, Bytes.EMPTY, 0).check();
          assertTrue(done.stdout().isEmpty());
        });
  }

  @BothEngines
  void flushingWaitsUntilTheSystemHasEverything(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var sleep = Subprocess.start(SLEEP)) {
            assertTrue(write(sleep, 65_536).await());
            var more = write(sleep, 1);
            assertFalse(Tulip.moveOnAfter(ofMillis(50), more::awaitDone));
            more.cancel();
            more.awaitDone();
          }
        });
  }

  @BothEngines
  void closingTheInputWaitsForWhoWrites(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var count = Subprocess.start(Command.shell("sleep 0.05; wc -c"))) {
            var write = write(count, 300_000);
            Tulip.yield();
            count.stdin().close();
            write.awaitDone();
            assertEquals("300000", count.stdout().readLine());
          }
        });
  }

  @BothEngines
  void abortingTheInputEndsWhoWrites(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var sleep = Subprocess.start(SLEEP)) {
            var write = write(sleep, 300_000);
            Tulip.yield();
            sleep.stdin().abort();
            write.awaitDone();
            assertInstanceOf(ClosedChannelException.class, write.exception());
          }
        });
  }

  @BothEngines
  void aProgramThatEndsEndsWhoWritesToIt(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var sleep = Subprocess.start(SLEEP)) {
            var write = write(sleep, 300_000);
            Tulip.yield();
            sleep.kill();
            write.awaitDone();
            assertInstanceOf(IOException.class, write.exception());
          }
        });
  }

  @BothEngines
  void aPipeHasOneDirection(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var cat = Subprocess.start(CAT)) {
            assertThrows(NonReadableChannelException.class, () -> cat.stdin().read());
            cat.stdout().write("x");
            var e = assertThrows(IOException.class, () -> cat.stdout().flush());
            assertTrue(e.toString().endsWith("-stdout, which is read from"), e::toString);
          }
        });
  }

  // Output.

  @BothEngines
  void outputOfAnySizeIsRead(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          for (int size : SIZES) {
            var zeros = Command.of("head", "-c", "" + size, "/dev/zero");
            assertEquals(size, Subprocess.run(zeros, size).check().stdout().length());
          }
        });
  }

  @BothEngines
  void outputHasALimitForEachPipe(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var both = Command.shell("printf 12345; printf 67890 >&2").withStderr(Stdio.PIPE);
          var done = Subprocess.run(both, 5).check();
          assertEquals("12345", done.stdout().ascii());
          assertEquals("67890", done.stderr().ascii());
          assertThrows(LimitOverrunException.class, () -> Subprocess.run(both, 4));
          var errors = Command.shell("printf 1; printf 67890 >&2").withStderr(Stdio.PIPE);
          assertThrows(LimitOverrunException.class, () -> Subprocess.run(errors, 4));
        });
  }

  @BothEngines
  void aProgramThatIsKilledEndsACommunication(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var cat = Subprocess.start(Command.shell("echo ready; exec sleep 1000"))) {
            var talk = Tulip.createTask(() -> cat.communicate(pattern(1_000_000), 100));
            Tulip.sleep(ofMillis(50));
            cat.kill();
            var done = talk.await();
            assertEquals(9, done.signal());
            assertEquals("ready\n", done.stdout().ascii());
          }
        });
  }

  @BothEngines
  void whatWasNotReadIsThereAfterTheEnd(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var process = Subprocess.start(Command.shell("echo 1; read x; echo 2; echo $x"))) {
            assertEquals("1", process.stdout().readLine());
            process.stdin().write("three\n");
            assertEquals(0, process.waitFor());
            assertEquals("2\nthree\n", process.stdout().readAll(100).ascii());
          }
        });
  }

  @BothEngines
  void aProgramThatClosesItsOutputHasNotEnded(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var process = Subprocess.start(Command.shell("exec >&-; read x; exit 7"))) {
            assertNull(process.stdout().readLine());
            assertNull(process.exitCode());
            process.stdin().write("\n");
            assertEquals(7, process.waitFor());
          }
        });
  }

  // What is not inherited.

  @BothEngines
  void aProgramHasNoOtherDescriptors(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var _ = Subprocess.start(CAT)) {
            var list = Command.of("ls", "/proc/self/fd").withStderr(Stdio.DISCARD);
            var own = Subprocess.run(list, 1000).check().stdout().ascii();
            assertEquals("0\n1\n2\n3\n", own); // the last is the folder that it lists
          }
        });
  }

  /// If a program had the pipe of another one, that would never see an end.
  @BothEngines
  void theInputOfAProgramIsItsOwn(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          try (var one = Subprocess.start(CAT);
              var _ = Subprocess.start(SLEEP)) {
            one.stdin().close();
            assertNull(one.stdout().readLine());
            assertEquals(0, one.waitFor());
          }
        });
  }
}
