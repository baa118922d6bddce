// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import tulip.core.LoopOptions.Engine;

class CopyTest {
  private static final int BIG = 3 * Slices.HOP + 5;

  @TempDir Path folder;

  private Path big() throws Exception {
    var bytes = new byte[BIG];
    new Random(7).nextBytes(bytes);
    return Files.write(folder.resolve("big"), bytes);
  }

  private Path target() {
    return folder.resolve("target");
  }

  private int count() throws IOException {
    try (var all = Files.list(folder)) {
      return (int) all.count();
    }
  }

  @BothEngines
  void tellsHowFarItIs(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var progress = new ArrayList<Long>();
          AsyncFiles.copy(big(), target(), progress::add);
          assertEquals(-1, Files.mismatch(big(), target()));
          assertEquals(
              List.of((long) Slices.HOP, 2L * Slices.HOP, 3L * Slices.HOP, (long) BIG), progress);
          assertEquals(2, count());
        });
  }

  @BothEngines
  void copiesAnEmptyFile(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          AsyncFiles.copy(Files.createFile(folder.resolve("empty")), target());
          assertEquals(0, Files.size(target()));
        });
  }

  @BothEngines
  void replacesOnlyWhenTold(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          Files.writeString(target(), "old");
          var error =
              assertThrows(
                  FileAlreadyExistsException.class, () -> AsyncFiles.copy(big(), target()));
          assertEquals(target().toString(), error.getMessage());
          assertEquals("old", Files.readString(target()));
          AsyncFiles.copy(big(), target(), REPLACE_EXISTING);
          assertEquals(-1, Files.mismatch(big(), target()));
          var missing = folder.resolve("missing");
          assertThrows(
              NoSuchFileException.class,
              () -> AsyncFiles.copy(missing, target(), REPLACE_EXISTING));
          assertThrows(
              UnsupportedOperationException.class,
              () -> AsyncFiles.copy(big(), target(), ATOMIC_MOVE));
          assertEquals(2, count());
        });
  }

  @BothEngines
  void copiesAttributesWhenTold(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var source = big();
          var time = FileTime.from(Instant.ofEpochSecond(1_000_000_000));
          Files.setLastModifiedTime(source, time);
          Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("rwxrwxrwx"));
          AsyncFiles.copy(source, target(), COPY_ATTRIBUTES);
          assertEquals(time, Files.getLastModifiedTime(target()));
          assertEquals(
              Files.getPosixFilePermissions(source), Files.getPosixFilePermissions(target()));
          var plain = folder.resolve("plain");
          AsyncFiles.copy(source, plain);
          assertTrue(Files.isExecutable(plain));
          assertTrue(Files.getLastModifiedTime(plain).compareTo(time) > 0);
        });
  }

  @BothEngines
  void foldersAndLinksAreCopiedAsTheJdkDoes(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var full = Files.createDirectory(folder.resolve("folder"));
          Files.createFile(full.resolve("inside"));
          AsyncFiles.copy(full, target());
          assertTrue(Files.isDirectory(target()));
          assertFalse(Files.exists(target().resolve("inside")));
          var link = Files.createSymbolicLink(folder.resolve("link"), big());
          AsyncFiles.copy(link, folder.resolve("link2"), NOFOLLOW_LINKS);
          assertEquals(big(), Files.readSymbolicLink(folder.resolve("link2")));
          AsyncFiles.copy(link, folder.resolve("content"));
          assertEquals(BIG, Files.size(folder.resolve("content")));
          assertFalse(Files.isSymbolicLink(folder.resolve("content")));
          AsyncFiles.copy(link, big(), REPLACE_EXISTING);
          assertEquals(BIG, Files.size(folder.resolve("big")));
          var dangling =
              Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("none"));
          AsyncFiles.copy(big(), dangling, REPLACE_EXISTING);
          assertEquals(BIG, Files.size(dangling));
        });
  }

  @BothEngines
  void aFailingProgressLeavesNothing(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var error =
              assertThrows(
                  IllegalStateException.class,
                  () ->
                      AsyncFiles.copy(
                          big(),
                          target(),
                          _ -> {
                            throw new IllegalStateException("expected");
                          }));
          assertEquals("expected", error.getMessage());
          assertEquals(1, count());
        });
  }
}
