// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions.Engine;

class AsyncFilesTest {
  private static final int LIMIT = 1 << 20;

  @TempDir Path folder;

  private Path file(String name) throws Exception {
    return Files.writeString(folder.resolve(name), name);
  }

  @BothEngines
  void looks(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var file = file("file");
          var link = Files.createSymbolicLink(folder.resolve("link"), file);
          var none = folder.resolve("none");
          assertTrue(AsyncFiles.exists(file));
          assertFalse(AsyncFiles.exists(none));
          assertTrue(AsyncFiles.notExists(none));
          assertTrue(AsyncFiles.isRegularFile(file));
          assertTrue(AsyncFiles.isRegularFile(link));
          assertFalse(AsyncFiles.isRegularFile(link, NOFOLLOW_LINKS));
          assertTrue(AsyncFiles.isDirectory(folder));
          assertTrue(AsyncFiles.isSymbolicLink(link));
          assertTrue(AsyncFiles.isReadable(file));
          assertTrue(AsyncFiles.isWritable(file));
          assertFalse(AsyncFiles.isExecutable(file));
          assertTrue(AsyncFiles.isHidden(folder.resolve(".x")));
          assertTrue(AsyncFiles.isSameFile(file, link));
          assertEquals(4, AsyncFiles.size(file));
          assertEquals(file.toRealPath(), AsyncFiles.toRealPath(link));
          assertEquals(file, AsyncFiles.readSymbolicLink(link));
          assertEquals(-1, AsyncFiles.mismatch(file, link));
          assertEquals("text/plain", AsyncFiles.probeContentType(folder.resolve("a.txt")));
          assertEquals(Files.getOwner(file), AsyncFiles.getOwner(file));
          assertEquals(file, AsyncFiles.setOwner(file, Files.getOwner(file)));
          assertEquals(Files.getFileStore(file), AsyncFiles.getFileStore(file));
          var attributes = AsyncFiles.readAttributes(file, BasicFileAttributes.class);
          assertEquals(4, attributes.size());
          assertEquals(Map.of("nlink", 1), AsyncFiles.readAttributes(file, "unix:nlink"));
          assertEquals(1, AsyncFiles.getAttribute(file, "unix:nlink"));
          assertThrows(NoSuchFileException.class, () -> AsyncFiles.size(none));
        });
  }

  @BothEngines
  void changesAttributes(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var file = file("file");
          var time = FileTime.from(Instant.ofEpochSecond(1_000_000_000));
          AsyncFiles.setLastModifiedTime(file, time);
          assertEquals(time, AsyncFiles.getLastModifiedTime(file));
          var mine = PosixFilePermissions.fromString("rwx------");
          AsyncFiles.setPosixFilePermissions(file, mine);
          assertEquals(mine, AsyncFiles.getPosixFilePermissions(file));
          AsyncFiles.setAttribute(file, "unix:mode", 0644);
          assertEquals(
              "rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        });
  }

  @BothEngines
  void createsMovesAndDeletes(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var deep = AsyncFiles.createDirectories(folder.resolve("a/b/c"));
          assertTrue(Files.isDirectory(deep));
          var file = AsyncFiles.createFile(deep.resolve("file"));
          assertThrows(FileAlreadyExistsException.class, () -> AsyncFiles.createFile(file));
          var twin = AsyncFiles.createLink(folder.resolve("twin"), file);
          assertTrue(Files.isSameFile(twin, file));
          var link = AsyncFiles.createSymbolicLink(folder.resolve("link"), file);
          assertTrue(Files.isSymbolicLink(link));
          var moved = AsyncFiles.move(twin, folder.resolve("moved"));
          assertThrows(FileAlreadyExistsException.class, () -> AsyncFiles.move(moved, link));
          AsyncFiles.move(moved, link, REPLACE_EXISTING);
          assertTrue(Files.isRegularFile(link, NOFOLLOW_LINKS));
          assertThrows(DirectoryNotEmptyException.class, () -> AsyncFiles.delete(deep));
          AsyncFiles.delete(file);
          AsyncFiles.delete(deep);
          assertFalse(AsyncFiles.deleteIfExists(deep));
          assertThrows(NoSuchFileException.class, () -> AsyncFiles.delete(deep));
          assertTrue(Files.exists(AsyncFiles.createTempFile(folder, "x", ".y")));
          assertTrue(Files.isDirectory(AsyncFiles.createTempDirectory(folder, "x")));
          assertTrue(Files.isDirectory(AsyncFiles.createDirectory(folder.resolve("one"))));
        });
  }

  @BothEngines
  void readsAndWritesWholeFiles(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var path = folder.resolve("whole");
          AsyncFiles.write(path, Bytes.ofAscii("abc"));
          AsyncFiles.write(path, Bytes.ofAscii("de"), APPEND);
          assertEquals("abcde", AsyncFiles.readAllBytes(path, 5).ascii());
          assertEquals(
              path + ": the file is longer than the limit of 4 bytes",
              assertThrows(FileLimitException.class, () -> AsyncFiles.readAllBytes(path, 4))
                  .getMessage());
          AsyncFiles.writeString(path, "öne\ntwo\r\nthree");
          assertEquals("öne\ntwo\r\nthree", AsyncFiles.readString(path, LIMIT));
          assertEquals(List.of("öne", "two", "three"), AsyncFiles.readAllLines(path, LIMIT));
          AsyncFiles.writeString(path, "ö", StandardCharsets.ISO_8859_1);
          assertEquals(1, Files.size(path));
          assertEquals("ö", AsyncFiles.readString(path, 1, StandardCharsets.ISO_8859_1));
          assertThrows(MalformedInputException.class, () -> AsyncFiles.readString(path, 1));
          assertThrows(
              CharacterCodingException.class,
              () -> AsyncFiles.writeString(path, "ö", StandardCharsets.US_ASCII));
          assertEquals(1, Files.size(path));
          assertThrows(
              FileAlreadyExistsException.class,
              () -> AsyncFiles.writeString(path, "x", CREATE_NEW));
        });
  }

  @BothEngines
  void bigFilesTooAreReadAndWrittenWhole(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var path = folder.resolve("big");
          var text = "0123456789abcdé\n".repeat(3 * Slices.HOP / 16);
          AsyncFiles.writeString(path, text);
          assertEquals(text, AsyncFiles.readString(path, 2 * text.length()));
          AsyncFiles.writeString(path, text, APPEND);
          assertEquals(text + text, AsyncFiles.readString(path, 3 * text.length()));
        });
  }

  @BothEngines
  void deletesTrees(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var outside = file("outside");
          var tree = Files.createDirectory(folder.resolve("tree"));
          for (int i = 0; i < 30; i++) {
            var branch = Files.createDirectories(tree.resolve("b" + i % 3 + "/c" + i));
            for (int j = 0; j < 20; j++) {
              Files.createFile(branch.resolve("file" + j));
            }
            Files.createSymbolicLink(branch.resolve("link"), outside);
          }
          assertEquals(new DiskUsage(630, 34, 0), AsyncFiles.diskUsage(tree));
          AsyncFiles.deleteTree(tree);
          assertFalse(Files.exists(tree));
          assertTrue(Files.exists(outside));
          AsyncFiles.deleteTree(outside);
          assertFalse(Files.exists(outside));
          assertThrows(NoSuchFileException.class, () -> AsyncFiles.deleteTree(tree));
        });
  }

  @BothEngines
  void countsWhatATreeTakes(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          file("one");
          Files.createDirectory(folder.resolve("sub"));
          file("sub/three");
          Files.createSymbolicLink(folder.resolve("loop"), folder);
          assertEquals(new DiskUsage(3, 2, 3 + 9), AsyncFiles.diskUsage(folder));
          var space = AsyncFiles.diskSpace(folder);
          assertTrue(space.total() >= space.free() && space.free() >= space.usable());
          assertNotNull(space.toString());
        });
  }
}
