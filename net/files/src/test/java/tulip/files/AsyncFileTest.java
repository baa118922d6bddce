// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;

class AsyncFileTest {
  private static final Bytes TEXT = Bytes.ofAscii("0123456789");

  @TempDir Path folder;

  private Path ten() throws Exception {
    return Files.write(folder.resolve("ten"), TEXT.toByteArray());
  }

  @BothEngines
  void readsPieceByPieceToTheEnd(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          try (var file = AsyncFile.open(ten())) {
            assertEquals("0123", file.read(4).ascii());
            assertEquals(4, file.position());
            assertEquals("456789", file.read(100).ascii());
            assertEquals(Bytes.EMPTY, file.read(100));
            assertEquals(10, file.position());
            assertEquals(10, file.size());
          }
        });
  }

  @BothEngines
  void readsIntoABuffer(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          try (var file = AsyncFile.open(ten())) {
            var buffer = ByteBuffer.allocate(8).position(1).limit(7);
            assertEquals(6, file.read(buffer));
            assertEquals(7, buffer.position());
            assertEquals("\0" + "012345\0", Bytes.copyOf(buffer.array()).ascii());
            assertEquals(0, file.read(buffer));
            assertEquals(4, file.read(buffer.clear()));
            assertEquals(-1, file.read(buffer));
            assertEquals(2, file.readAt(8, buffer.clear()));
            assertEquals(-1, file.readAt(10, buffer));
            assertEquals(10, file.position());
          }
        });
  }

  @BothEngines
  void readsJustSoMuchOrFails(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          try (var file = AsyncFile.open(ten())) {
            assertEquals("012", file.readExactly(3).ascii());
            var error = assertThrows(EOFException.class, () -> file.readExactly(8));
            assertEquals(
                file.path() + " ends 7 bytes into the 8 that were to be read at 3",
                error.getMessage());
            assertEquals(3, file.position());
            assertEquals("3456789", file.readExactly(7).ascii());
          }
        });
  }

  @BothEngines
  void readsAllWithinALimit(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          try (var file = AsyncFile.open(ten())) {
            var error = assertThrows(FileLimitException.class, () -> file.readAll(9));
            assertEquals(
                file.path() + ": the file is longer than the limit of 9 bytes", error.getMessage());
            assertEquals(9, error.limit());
            assertEquals(0, file.position());
            assertEquals(TEXT, file.readAll(10));
            assertEquals(Bytes.EMPTY, file.readAll(0));
            assertEquals("89", file.seek(8).readAll(Integer.MAX_VALUE).ascii());
          }
        });
  }

  /// The kernel's own files say that they are empty.
  @BothEngines
  void readsAFileThatDoesNotTellItsSize(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var status = Path.of("/proc/self/status");
          try (var file = AsyncFile.open(status)) {
            assertEquals(0, file.size());
            assertTrue(file.readAll(1 << 20).ascii().startsWith("Name:"));
            assertThrows(FileLimitException.class, () -> file.seek(0).readAll(20));
          }
          assertTrue(AsyncFiles.readString(status, 1 << 20).startsWith("Name:"));
          assertThrows(FileLimitException.class, () -> AsyncFiles.readString(status, 20));
        });
  }

  @BothEngines
  void writesAtItsPosition(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          try (var file = AsyncFile.open(ten(), READ, WRITE)) {
            file.seek(2).write(Bytes.ofAscii("ab"));
            assertEquals(4, file.position());
            file.write(ByteBuffer.wrap(new byte[] {'c'}));
            file.writeAll(List.of(Bytes.ofAscii("d"), Bytes.EMPTY, Bytes.ofAscii("ef")));
            assertEquals(8, file.position());
            file.writeAt(0, Bytes.ofAscii("X"));
            assertEquals("X1", file.readAt(0, 2).ascii());
            assertEquals(8, file.position());
            file.force(true);
          }
          assertEquals("X1abcdef89", Files.readString(folder.resolve("ten")));
        });
  }

  @BothEngines
  void appends(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          try (var file = AsyncFile.open(ten(), APPEND)) {
            file.write(Bytes.ofAscii("a"));
            assertEquals(11, file.position());
            file.seek(0).write(Bytes.ofAscii("b"));
            assertThrows(IllegalStateException.class, () -> file.writeAt(0, TEXT));
            assertEquals(12, file.size());
          }
          assertEquals("0123456789ab", Files.readString(folder.resolve("ten")));
        });
  }

  @BothEngines
  void aWriteBeyondTheEndLeavesZeroes(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          try (var file = AsyncFile.open(ten(), READ, WRITE)) {
            file.seek(12).write(Bytes.ofAscii("x"));
            assertEquals("89\0\0x", file.readAt(8, 10).ascii());
          }
        });
  }

  @BothEngines
  void truncates(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          try (var file = AsyncFile.open(ten(), READ, WRITE)) {
            file.seek(7).truncate(5);
            assertEquals(5, file.size());
            assertEquals(5, file.position());
            file.truncate(100);
            assertEquals(5, file.size());
            file.seek(2).truncate(3);
            assertEquals(2, file.position());
          }
        });
  }

  @BothEngines
  void movesMoreThanAHopCan(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var bytes = new byte[3 * Slices.HOP + 12_345];
          new Random(1).nextBytes(bytes);
          var path = folder.resolve("big");
          try (var file = AsyncFile.open(path, CREATE_NEW, READ, WRITE)) {
            file.write(Bytes.wrap(bytes));
            assertEquals(bytes.length, file.position());
            assertEquals(Slices.HOP, file.seek(0).read(bytes.length).length());
            assertArrayEquals(bytes, file.seek(0).readExactly(bytes.length).toByteArray());
            assertArrayEquals(bytes, file.seek(0).readAll(bytes.length).toByteArray());
            assertThrows(FileLimitException.class, () -> file.seek(0).readAll(bytes.length - 1));
          }
          try (var file = AsyncFile.open(path, APPEND)) {
            file.write(Bytes.wrap(bytes));
          }
          assertEquals(2L * bytes.length, Files.size(path));
          assertEquals(2 * bytes.length, AsyncFiles.readAllBytes(path, 2 * bytes.length).length());
        });
  }

  // Errors.

  @BothEngines
  void failsAsTheJdkDoes(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var missing = folder.resolve("missing");
          var error = assertThrows(NoSuchFileException.class, () -> AsyncFile.open(missing));
          assertEquals(missing.toString(), error.getMessage());
          var ten = ten();
          assertThrows(
              FileAlreadyExistsException.class, () -> AsyncFile.open(ten, CREATE_NEW, WRITE));
          try (var file = AsyncFile.open(ten)) {
            assertThrows(NonWritableChannelException.class, () -> file.write(TEXT));
            assertThrows(NonWritableChannelException.class, () -> file.truncate(0));
            assertThrows(IllegalArgumentException.class, () -> file.seek(-1));
            assertThrows(IllegalArgumentException.class, () -> file.read(-1));
            assertThrows(IllegalArgumentException.class, () -> file.readAll(-1));
            assertEquals(0, file.position());
          }
          try (var file = AsyncFile.open(ten, WRITE)) {
            assertThrows(NonReadableChannelException.class, () -> file.read(1));
          }
        });
  }

  @BothEngines
  void aClosedFileRefusesEverything(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var file = AsyncFile.open(ten(), READ, WRITE);
          assertTrue(file.isOpen());
          file.close();
          file.close();
          assertFalse(file.isOpen());
          assertThrows(ClosedChannelException.class, () -> file.read(1));
          assertThrows(ClosedChannelException.class, () -> file.write(TEXT));
          assertThrows(ClosedChannelException.class, () -> file.seek(0));
          assertThrows(ClosedChannelException.class, file::size);
          assertThrows(ClosedChannelException.class, file::lock);
        });
  }

  @BothEngines
  void createsWithPermissions(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var path = folder.resolve("mine");
          var mine = PosixFilePermissions.fromString("rw-------");
          var attribute = PosixFilePermissions.asFileAttribute(mine);
          try (var file =
              AsyncFile.open(path, Set.of(CREATE, WRITE, TRUNCATE_EXISTING), attribute)) {
            file.write(TEXT);
          }
          assertEquals(mine, Files.getPosixFilePermissions(path));
        });
  }

  // Turns.

  @BothEngines
  void operationsComeInTheOrderOfTheCalls(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var path = folder.resolve("turns");
          try (var file = AsyncFile.open(path, CREATE, READ, WRITE);
              var group = TaskGroup.open()) {
            for (int i = 0; i < 10; i++) {
              var digit = Bytes.ofAscii("" + i);
              group.start(() -> file.writeAll(List.of(digit, digit, digit)));
            }
            group.join();
          }
          assertEquals("000111222333444555666777888999", Files.readString(path));
        });
  }

  @BothEngines
  void whatWasAskedForBeforeTheCloseIsDone(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var hops = Hops.install();
          var file = AsyncFile.open(ten());
          hops.hold();
          var first = Tulip.createTask(() -> file.read(1));
          var second = Tulip.createTask(() -> file.read(1));
          var close = Tulip.createTask(file::close);
          Tulip.yield();
          assertEquals(1, hops.held());
          hops.release();
          assertEquals("0", first.await().ascii());
          assertEquals("1", second.await().ascii());
          close.await();
        });
  }

  @BothEngines
  void theLoopGoesOnMeanwhile(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var hops = Hops.install();
          var trail = new ArrayList<String>();
          hops.hold();
          var open =
              Tulip.createTask(() -> {
                try (var file = AsyncFile.open(ten())) {
                  trail.add(file.read(1).ascii());
                }
              });
          Tulip.yield();
          trail.add("meanwhile");
          hops.release();
          open.await();
          assertEquals(List.of("meanwhile", "0"), trail);
        });
  }
}
