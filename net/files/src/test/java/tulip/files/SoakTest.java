// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.time.Duration.ofNanos;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions;
import tulip.core.LoopOptions.Engine;
import tulip.core.Runner;
import tulip.core.TaskGroup;
import tulip.core.Tulip;

/// Many tasks that work with files and are cancelled at any moment, on real threads and in real
/// time.
@Tag("long")
class SoakTest {
  private static final int TASKS = 20;
  private static final int ROUNDS = 2_000;
  private static final Bytes DATA = Bytes.wrap(new byte[100_000]);

  @TempDir Path folder;

  @BothEngines
  void nothingIsLeftOfTasksThatWereCancelled(Engine engine) throws Exception {
    var options = LoopOptions.DEFAULT.withEngine(engine).withInterruptible(false);
    try (var runner = Runner.open(options)) {
      runner.run(() -> {
        try (var group = TaskGroup.open()) {
          for (int i = 0; i < TASKS; i++) {
            var random = new Random(i);
            var own = Files.createDirectory(folder.resolve("" + i));
            Files.write(own.resolve("file"), DATA.toByteArray());
            group.start(() -> {
              for (int round = 0; round < ROUNDS; round++) {
                Tulip.moveOnAfter(ofNanos(random.nextInt(3_000_000)), () -> work(own, random));
              }
            });
          }
          group.join();
        }
        for (int i = 0; i < TASKS; i++) {
          checkAndClear(folder.resolve("" + i));
        }
      });
    }
    assertEquals(List.of(), OnLoop.openIn(folder));
  }

  private static void work(Path own, Random random) throws Exception {
    var file = own.resolve("file");
    switch (random.nextInt(6)) {
      case 0 -> AsyncFiles.replace(file, DATA);
      case 1 -> AsyncFiles.copy(file, own.resolve("copy" + random.nextInt(9)), REPLACE_EXISTING);
      case 2 -> {
        try (var reader = TextReader.open(file)) {
          assertTrue(reader.readLine() != null);
        }
      }
      case 3 -> AsyncFiles.diskUsage(own);
      case 4 -> {
        try (var temporary = TemporaryFile.open(own, "temporary", null)) {
          temporary.file().write(DATA);
        }
      }
      default -> {
        try (var open = AsyncFile.open(file, CREATE, READ, WRITE);
            var _ = open.lock()) {
          open.write(DATA);
        }
      }
    }
  }

  private static void checkAndClear(Path own) throws Exception {
    try (var entries = AsyncFiles.scan(own)) {
      for (var entry : entries) {
        var name = entry.path().getFileName().toString();
        assertTrue(name.equals("file") || name.startsWith("copy"), name);
      }
    }
    AsyncFiles.deleteTree(own);
  }
}
