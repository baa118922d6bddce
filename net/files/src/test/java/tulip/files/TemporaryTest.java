// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;

/// Temporary files and folders, and replacements, which are made of them.
class TemporaryTest {
  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (var all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @BothEngines
  void aTemporaryFileGoesWithItsBlock(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          Path path;
          try (var temporary = TemporaryFile.open()) {
            path = temporary.path();
            assertEquals("rw-------", permissions(path));
            temporary.file().write(Bytes.ofAscii("abc"));
            assertEquals("abc", temporary.file().seek(0).readAll(3).ascii());
          }
          assertFalse(Files.exists(path));
          try (var temporary = TemporaryFile.open(folder, "pre", ".suf")) {
            assertTrue(names().getFirst().matches("pre.*\\.suf"));
            Files.delete(temporary.path());
          }
          assertThrows(
              NoSuchFileException.class,
              () -> TemporaryFile.open(folder.resolve("none"), "pre", null));
        });
  }

  @BothEngines
  void aTemporaryFolderGoesWithAllThatIsInIt(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          try (var temporary = TemporaryDirectory.open(folder, "work")) {
            assertEquals("rwx------", permissions(temporary.path()));
            AsyncFiles.createDirectories(temporary.path().resolve("a/b"));
            AsyncFiles.writeString(temporary.path().resolve("a/b/c"), "text");
          }
          assertEquals(List.of(), names());
          Path path;
          try (var temporary = TemporaryDirectory.open()) {
            path = temporary.path();
            Files.delete(path);
          }
          assertFalse(Files.exists(path));
        });
  }

  @BothEngines
  void theyGoInACancelledScopeToo(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var task =
              Tulip.createTask(() -> {
                try (var _ = TemporaryFile.open(folder, "file", null);
                    var directory = TemporaryDirectory.open(folder, "folder")) {
                  Files.createFile(directory.path().resolve("inside"));
                  Tulip.sleepForever();
                }
              });
          while (names().size() < 2) {
            Tulip.blocking(() -> {});
          }
          task.taskScope().cancel();
          task.awaitDone();
          assertTrue(task.isCancelled());
          assertEquals(List.of(), names());
        });
  }

  // Replacements.

  @BothEngines
  void aReplacementAppearsWhole(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var path = Files.writeString(folder.resolve("settings"), "old");
          Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
          try (var replacement = Replacement.open(path)) {
            replacement.file().write(Bytes.ofAscii("new"));
            assertEquals("old", Files.readString(path));
            assertEquals(2, names().size());
            replacement.commit();
            assertEquals("new", Files.readString(path));
            assertThrows(ClosedChannelException.class, replacement::commit);
          }
          assertEquals("rw-r-----", permissions(path));
          assertEquals(List.of("settings"), names());
          AsyncFiles.replace(path, Bytes.ofAscii("newer"));
          assertEquals("newer", Files.readString(path));
        });
  }

  @BothEngines
  void withoutACommitNothingHappens(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var path = folder.resolve("settings");
          try (var replacement = Replacement.open(path)) {
            replacement.file().write(Bytes.ofAscii("new"));
          }
          assertEquals(List.of(), names());
          AsyncFiles.replace(path, Bytes.ofAscii("first"));
          assertEquals("first", Files.readString(path));
        });
  }

  @BothEngines
  void aLinkIsFollowedToWhatIsReplaced(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var path = Files.writeString(folder.resolve("settings"), "old");
          var link = Files.createSymbolicLink(folder.resolve("link"), path);
          AsyncFiles.replace(link, Bytes.ofAscii("new"));
          assertTrue(Files.isSymbolicLink(link));
          assertEquals("new", Files.readString(path));
        });
  }
}
