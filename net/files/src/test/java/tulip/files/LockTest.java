// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;

/// Locks of a file; the time is virtual, so that waiting for one takes none.
class LockTest {
  /// Locks the file of its argument, says so, and ends with its input.
  private static final String OTHER_PROCESS =
      """
      import fcntl, sys
      file = open(sys.argv[1], "r+")
      fcntl.lockf(file, fcntl.LOCK_EX)
      print("locked", flush=True)
      sys.stdin.read()
      """;

  @TempDir Path folder;

  private AsyncFile open() throws Exception {
    return AsyncFile.open(folder.resolve("file"), CREATE, READ, WRITE);
  }

  @BothEngines
  void excludesOthersUntilItIsClosed(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          try (var one = open();
              var two = open()) {
            var lock = one.lock();
            assertTrue(lock.isValid());
            assertFalse(lock.isShared());
            assertNull(two.tryLock());
            var waiting = Tulip.createTask(() -> two.lock());
            Tulip.sleep(ofSeconds(10));
            assertFalse(waiting.isDone());
            lock.close();
            lock.close();
            assertFalse(lock.isValid());
            waiting.await().close();
            assertNotNull(one.tryLock());
          }
        });
  }

  @BothEngines
  void coversARegion(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          try (var one = open();
              var two = open();
              var _ = one.lock(0, 10, false);
              var _ = two.lock(10, 10, false);
              var shared = one.lock(30, 10, true)) {
            assertTrue(shared.isShared());
            assertNull(two.tryLock(5, 10, true));
          }
        });
  }

  @BothEngines
  void aWaitForALockCanBeCancelled(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          try (var one = open();
              var two = open();
              var _ = one.lock()) {
            assertFalse(Tulip.moveOnAfter(ofSeconds(1), () -> two.lock()));
            assertEquals(0, two.size());
          }
        });
  }

  @BothEngines
  void waitsForAnotherProcess(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          try (var file = open()) {
            var other =
                new ProcessBuilder("python3", "-c", OTHER_PROCESS, file.path().toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (var output = other.inputReader()) {
              assertEquals("locked", Tulip.blocking(output::readLine));
              assertNull(file.tryLock());
              var waiting = Tulip.createTask(() -> file.lock());
              Tulip.sleep(ofSeconds(1));
              assertFalse(waiting.isDone());
              other.getOutputStream().close();
              waiting.await().close();
            } finally {
              other.destroyForcibly();
              Tulip.blocking(() -> other.waitFor());
            }
          }
        });
  }
}
