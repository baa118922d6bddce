// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.io.TempDir;
import tulip.bytes.Bytes;
import tulip.core.Action;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;

/// A task is cancelled in each call to the file system that an operation makes: nothing stays open,
/// nothing lies about, and what is there is defined.
class CancellationTest {
  private static final int BIG = 2 * Slices.HOP + 7;
  private static final Bytes OLD = Bytes.ofAscii("old content");
  private static final Bytes NEW = Bytes.wrap(new byte[BIG]);

  @TempDir Path folder;

  /// What is done with an open file.
  private interface Use {
    void with(AsyncFile file) throws Exception;
  }

  private Path path() {
    return folder.resolve("file");
  }

  private List<String> names() throws Exception {
    try (var all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  /// An operation of an open file leaves the position if it was cancelled, and the file usable.
  private void leavesThePosition(Engine engine, Use use) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var opened = new AtomicReference<AsyncFile>();
          Hops.cancelAtEach(
              () -> {
                AsyncFiles.write(path(), NEW);
                opened.set(AsyncFile.open(path(), READ, WRITE).seek(3));
              },
              () -> use.with(opened.get()),
              cancelled -> {
                var file = opened.get();
                if (cancelled) {
                  assertEquals(3, file.position());
                }
                assertEquals(1, file.readAt(0, 1).length());
                file.close();
              });
        });
  }

  @BothEngines
  void readingLeavesThePosition(Engine engine) throws Exception {
    leavesThePosition(engine, file -> file.read(10));
    leavesThePosition(engine, file -> file.read(ByteBuffer.allocate(10)));
    leavesThePosition(engine, file -> file.readExactly(BIG - 3));
    leavesThePosition(engine, file -> file.readAll(BIG));
    leavesThePosition(engine, file -> file.readAt(0, 10));
  }

  @BothEngines
  void readingLeavesTheBuffer(Engine engine) throws Exception {
    var buffer = ByteBuffer.allocate(10);
    leavesThePosition(
        engine,
        file -> {
          try {
            file.read(buffer);
          } finally {
            assertEquals(file.position() - 3, buffer.position());
          }
        });
  }

  @BothEngines
  void writingLeavesThePosition(Engine engine) throws Exception {
    leavesThePosition(engine, file -> file.write(NEW));
    leavesThePosition(engine, file -> file.writeAll(List.of(OLD, NEW, OLD)));
    leavesThePosition(engine, file -> file.writeAt(0, NEW));
    leavesThePosition(engine, file -> file.truncate(1));
    leavesThePosition(engine, file -> file.force(false));
    leavesThePosition(engine, AsyncFile::size);
  }

  @BothEngines
  void aCancelledLockIsNotHeld(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var opened = new AtomicReference<AsyncFile>();
          Hops.cancelAtEach(
              () -> opened.set(AsyncFile.open(path(), CREATE, WRITE)),
              () -> opened.get().lock().close(),
              _ -> {
                try (var other = AsyncFile.open(path(), WRITE);
                    var lock = other.tryLock()) {
                  assertTrue(lock != null && lock.isValid());
                }
                opened.get().close();
              });
        });
  }

  @BothEngines
  void aFileThatWasOpenedTooLateIsClosed(Engine engine) throws Exception {
    closesWhatItOpens(engine, () -> AsyncFile.open(path(), CREATE, WRITE).close());
    closesWhatItOpens(engine, () -> AsyncFile.open(path(), CREATE, APPEND).close());
    closesWhatItOpens(engine, () -> TextReader.open(path()).close());
    closesWhatItOpens(engine, () -> TextWriter.open(path()).close());
    closesWhatItOpens(engine, () -> AsyncFiles.list(folder).close());
    closesWhatItOpens(engine, () -> AsyncFiles.walk(folder).close());
    closesWhatItOpens(engine, () -> AsyncFiles.diskUsage(folder));
    closesWhatItOpens(engine, () -> AsyncFiles.readAllBytes(path(), BIG));
    closesWhatItOpens(engine, () -> AsyncFiles.write(path(), NEW));
    closesWhatItOpens(engine, () -> TemporaryFile.open(folder, "temporary", null).close());
    closesWhatItOpens(engine, () -> TemporaryDirectory.open(folder, "temporary").close());
    closesWhatItOpens(engine, () -> Replacement.open(path()).close());
  }

  private void closesWhatItOpens(Engine engine, Action<Exception> operation) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          Hops.cancelAtEach(
              () -> AsyncFiles.write(path(), NEW),
              operation,
              _ -> {
                assertEquals(List.of(), OnLoop.openIn(folder));
                assertEquals(List.of("file"), names());
              });
        });
  }

  @BothEngines
  void aReplacementIsThereWholeOrNotAtAll(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          Hops.cancelAtEach(
              () -> AsyncFiles.write(path(), OLD),
              () -> AsyncFiles.replace(path(), NEW),
              cancelled -> {
                var content = AsyncFiles.readAllBytes(path(), BIG);
                assertTrue(content.equals(NEW) || (cancelled && content.equals(OLD)));
                assertEquals(List.of("file"), names());
              });
        });
  }

  @BothEngines
  void aCopyIsThereWholeOrNotAtAll(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var source = folder.resolve("source");
          Hops.cancelAtEach(
              () -> {
                AsyncFiles.write(source, NEW);
                AsyncFiles.write(path(), OLD);
              },
              () -> AsyncFiles.copy(source, path(), REPLACE_EXISTING),
              cancelled -> {
                var content = AsyncFiles.readAllBytes(path(), BIG);
                assertTrue(content.equals(NEW) || (cancelled && content.equals(OLD)));
                assertEquals(List.of("file", "source"), names());
                assertEquals(List.of(), OnLoop.openIn(folder));
              });
        });
  }

  @BothEngines
  void aTreeIsDeletedAsFarAsItGot(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var tree = folder.resolve("tree");
          Hops.cancelAtEach(
              () -> {
                if (!Files.exists(tree)) {
                  Files.createDirectory(tree);
                  for (int i = 0; i < 600; i++) {
                    Files.createFile(tree.resolve("file" + i));
                  }
                }
              },
              () -> AsyncFiles.deleteTree(tree),
              cancelled -> assertTrue(cancelled || !Files.exists(tree)));
          assertFalse(Files.exists(tree));
        });
  }

  @BothEngines
  void whoWaitsForAnothersOperationCanBeCancelledAndHasDoneNothing(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var hops = Hops.install();
          try (var file = AsyncFile.open(path(), CREATE, TRUNCATE_EXISTING, WRITE)) {
            hops.hold();
            var first = Tulip.createTask(() -> file.write(OLD));
            var second = Tulip.createTask(() -> file.write(NEW));
            Tulip.yield();
            second.taskScope().cancel();
            Tulip.yield();
            assertTrue(second.isCancelled());
            hops.release();
            first.await();
            assertEquals(OLD.length(), file.size());
          }
        });
  }

  @BothEngines
  void aFileIsClosedInACancelledScopeToo(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var task =
              Tulip.createTask(() -> {
                try (var _ = AsyncFile.open(path(), CREATE, WRITE)) {
                  Tulip.sleepForever();
                }
              });
          while (OnLoop.openIn(folder).isEmpty()) {
            Tulip.blocking(() -> {});
          }
          task.taskScope().cancel();
          task.awaitDone();
          assertEquals(List.of(), OnLoop.openIn(folder));
        });
  }
}
