// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.core.queue.EndOfChannelException;
import tulip.files.FileEvent.Kind;

class WatchTest {
  @TempDir Path folder;

  private static FileEvent next(Watch watch, Kind kind) {
    FileEvent event;
    do {
      event = watch.events().receive();
    } while (event.kind() != kind);
    return event;
  }

  private static boolean hasThread() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("tulip-watch"));
  }

  /// A thread that was told to end does so at some time.
  private static void awaitNoThread() {
    while (hasThread()) {
      Tulip.blocking(() -> {});
    }
  }

  @BothEngines
  void tellsWhatHappensInAFolder(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          try (var watch = Watch.open(folder)) {
            var path = folder.resolve("file");
            AsyncFiles.createFile(path);
            assertEquals(path, next(watch, Kind.CREATED).path());
            AsyncFiles.writeString(path, "text");
            assertEquals(path, next(watch, Kind.MODIFIED).path());
            AsyncFiles.delete(path);
            assertEquals(path, next(watch, Kind.DELETED).path());
          }
        });
  }

  @BothEngines
  void watchesSeveralFolders(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var one = Files.createDirectory(folder.resolve("one"));
          var two = Files.createDirectory(folder.resolve("two"));
          try (var watch = Watch.open(one)) {
            watch.add(two);
            Files.createFile(two.resolve("x"));
            assertEquals(two.resolve("x"), next(watch, Kind.CREATED).path());
            Files.createFile(one.resolve("y"));
            assertEquals(one.resolve("y"), next(watch, Kind.CREATED).path());
          }
        });
  }

  @BothEngines
  void tellsThatTheFolderIsGone(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var gone = Files.createDirectory(folder.resolve("gone"));
          try (var watch = Watch.open(gone)) {
            Files.delete(gone);
            assertEquals(new FileEvent(Kind.UNWATCHED, gone), watch.events().receive());
          }
        });
  }

  /// Nobody takes the events while far more of them come than channel and system hold.
  @BothEngines
  void tellsThatTooMuchHappened(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          try (var watch = Watch.open(folder)) {
            for (int i = 0; i < 3_000; i++) {
              Files.createFile(folder.resolve("file" + i));
            }
            assertEquals(folder, next(watch, Kind.OVERFLOW).path());
          }
        });
  }

  @BothEngines
  void closingEndsTheIterationAndTheThread(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var watch = Watch.open(folder);
          var task =
              Tulip.createTask(() -> {
                for (var _ : watch.events()) {
                  Tulip.yield();
                }
              });
          Files.createFile(folder.resolve("file"));
          next(watch, Kind.CREATED);
          assertTrue(hasThread());
          watch.close();
          task.await();
          watch.close();
          assertThrows(EndOfChannelException.class, () -> watch.events().receive());
          assertThrows(ClosedWatchServiceException.class, () -> watch.add(folder));
          awaitNoThread();
        });
  }

  @BothEngines
  void theEndOfTheLoopEndsAWatchThatNobodyClosed(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          Watch.open(folder);
          Tulip.yield();
        });
    OnLoop.run(engine, folder, WatchTest::awaitNoThread);
  }

  @BothEngines
  void aCancelledWaitLosesNoEvent(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          try (var watch = Watch.open(folder)) {
            var task = Tulip.createTask(() -> watch.events().receive());
            Tulip.yield();
            task.taskScope().cancel();
            task.awaitDone();
            Files.createFile(folder.resolve("file"));
            assertEquals(Kind.CREATED, watch.events().receive().kind());
          }
        });
  }

  @BothEngines
  void failsAsTheJdkDoesAndLeavesNoThread(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          assertThrows(NoSuchFileException.class, () -> Watch.open(folder.resolve("none")));
          var file = Files.createFile(folder.resolve("file"));
          assertThrows(NotDirectoryException.class, () -> Watch.open(folder, file));
          awaitNoThread();
          assertFalse(hasThread());
        });
  }

  @BothEngines
  void closesItsDescriptors(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          Watch.open(folder).close();
          var before = Set.copyOf(OnLoop.openIn(Path.of("/")));
          int count = descriptors();
          for (int i = 0; i < 10; i++) {
            Watch.open(folder).close();
          }
          assertEquals(count, descriptors(), () -> "before: " + before);
        });
  }

  private static int descriptors() throws Exception {
    try (var all = Files.list(Path.of("/proc/self/fd"))) {
      return (int) all.count();
    }
  }
}
