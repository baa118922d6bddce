// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RealProcessTest {
  private static final Duration LIMIT = ofSeconds(20);

  @TempDir private Path folder;

  @Test
  void talks() throws Exception {
    try (var cat = RealProcess.start(folder, "cat")) {
      cat.send("hello\n");
      cat.awaitOutput("hello\n", LIMIT);
      assertTrue(cat.isAlive());
      cat.endInput();
      assertEquals(0, cat.end(LIMIT));
    }
  }

  @Test
  void runsToItsEndInItsFolder() throws Exception {
    assertEquals(folder.toRealPath() + "\n", RealProcess.run(folder, LIMIT, "pwd"));
  }

  @Test
  void aFailureTellsTheStatusAndTheOutput() {
    var e =
        assertThrows(
            IOException.class,
            () -> RealProcess.run(folder, LIMIT, "sh", "-c", "echo bad >&2; exit 7"));
    assertEquals("status 7 of sh -c echo bad >&2; exit 7:\nbad\n", e.getMessage());
  }

  @Test
  void waitsHaveLimits() throws Exception {
    try (var sleep = RealProcess.start(folder, "sleep", "100")) {
      assertThrows(IOException.class, () -> sleep.awaitOutput("x", ofMillis(10)));
      assertThrows(IOException.class, () -> sleep.end(ofMillis(10)));
      sleep.terminate();
      assertEquals(143, sleep.end(LIMIT));
      assertThrows(IOException.class, () -> sleep.awaitOutput("x", LIMIT));
    }
  }

  @Test
  void noSuchProgram() {
    var e =
        assertThrows(
            IOException.class, () -> RealProcess.run(folder, LIMIT, "no-such-program-anywhere"));
    assertTrue(String.valueOf(e.getMessage()).contains("no-such-program-anywhere"), e::toString);
  }

  @Test
  void closingKillsTheChildrenToo() throws Exception {
    var shell = RealProcess.start(folder, "sh", "-c", "sleep 100 & echo $!; wait");
    shell.awaitOutput("\n", LIMIT);
    var child = ProcessHandle.of(Long.parseLong(shell.output().strip())).orElseThrow();
    shell.close();
    assertFalse(shell.isAlive());
    child.onExit().join();
  }

  /// A program whose JVM ends before its child does.
  static final class Forgetful {
    public static void main(String[] arguments) throws IOException {
      var child = RealProcess.start(Path.of("."), "sleep", "100");
      System.out.println(child.pid());
      if (arguments.length > 0) {
        Runtime.getRuntime().halt(0); // no shutdown hook runs
      }
    }
  }

  private void assertKilledWithItsJvm(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--class-path", System.getProperty("java.class.path")));
    command.add(Forgetful.class.getName());
    command.addAll(List.of(arguments));
    var pid = RealProcess.run(folder, ofSeconds(40), command.toArray(String[]::new)).strip();
    ProcessHandle.of(Long.parseLong(pid)).ifPresent(child -> child.onExit().join());
  }

  @Test
  void theEndOfTheJvmKills() throws Exception {
    assertKilledWithItsJvm();
  }

  @Test
  void theDeathOfTheJvmKills() throws Exception {
    assertKilledWithItsJvm("halt");
  }
}
