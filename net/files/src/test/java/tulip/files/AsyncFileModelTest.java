// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions.Engine;

/// Random operations on a file, and the same on an array: the two never differ. What `fsx` does to
/// file systems.
class AsyncFileModelTest {
  private static final int LONGEST = 300_000;

  @TempDir Path folder;

  @BothEngines
  void aFileIsWhatItsModelSays(Engine engine) throws Exception {
    check(engine, 42, 2_000);
  }

  @Tag("long")
  @BothEngines
  void aFileIsWhatItsModelSaysForLong(Engine engine) throws Exception {
    for (int seed = 0; seed < 20; seed++) {
      check(engine, seed, 20_000);
    }
  }

  private void check(Engine engine, int seed, int steps) throws Exception {
    OnLoop.run(
        engine,
        folder,
        () -> {
          var path = folder.resolve("model" + seed);
          var run = new Run(path, new Random(seed));
          for (int i = 0; i < steps; i++) {
            run.step();
          }
          run.file.close();
          assertEquals(Bytes.wrap(run.content), AsyncFiles.readAllBytes(path, LONGEST));
        });
  }

  private static final class Run {
    private final Path path;
    private final Random random;
    private AsyncFile file;
    private byte[] content = new byte[0];
    private long position;

    Run(Path path, Random random) throws Exception {
      this.path = path;
      this.random = random;
      file = open();
    }

    private AsyncFile open() throws Exception {
      return AsyncFile.open(path, CREATE, READ, WRITE);
    }

    void step() throws Exception {
      switch (random.nextInt(12)) {
        case 0, 1 -> read();
        case 2 -> readIntoABuffer();
        case 3 -> readExactly();
        case 4, 5 -> write();
        case 6 -> readAt();
        case 7 -> writeAt();
        case 8 -> readAll();
        case 9 -> truncate();
        case 10 -> seek();
        default -> reopen();
      }
      assertEquals(position, file.position());
      assertEquals(content.length, file.size());
    }

    private int count() {
      return random.nextInt(random.nextBoolean() ? 100 : 100_000);
    }

    private int place() {
      return random.nextInt(LONGEST - 100_000);
    }

    private Bytes data() {
      var data = new byte[count()];
      random.nextBytes(data);
      return Bytes.wrap(data);
    }

    private Bytes expected(long from, int count) {
      int begin = (int) Math.min(from, content.length);
      return Bytes.copyOf(content, begin, Math.min(count, content.length - begin));
    }

    private void put(int from, Bytes data) {
      if (!data.isEmpty()) {
        content = Arrays.copyOf(content, Math.max(content.length, from + data.length()));
        data.copyTo(content, from);
      }
    }

    private void read() throws Exception {
      int count = count();
      var expected = expected(position, count);
      assertEquals(expected, file.read(count));
      position += expected.length();
    }

    private void readIntoABuffer() throws Exception {
      var buffer =
          random.nextBoolean()
              ? ByteBuffer.allocate(1 + count())
              : ByteBuffer.allocateDirect(1 + count());
      var expected = expected(position, buffer.capacity());
      assertEquals(expected.isEmpty() ? -1 : expected.length(), file.read(buffer));
      assertEquals(expected, Bytes.copyOf(buffer.flip()));
      position += expected.length();
    }

    private void readExactly() throws Exception {
      int count = count();
      var expected = expected(position, count);
      if (expected.length() == count) {
        assertEquals(expected, file.readExactly(count));
        position += count;
      } else {
        assertThrows(EOFException.class, () -> file.readExactly(count));
      }
    }

    private void write() throws Exception {
      if (position < LONGEST - 100_000) {
        var data = data();
        file.write(data);
        put((int) position, data);
        position += data.length();
      }
    }

    private void readAt() throws Exception {
      int where = place();
      int count = count();
      assertEquals(expected(where, count), file.readAt(where, count));
    }

    private void writeAt() throws Exception {
      int where = place();
      var data = data();
      file.writeAt(where, data);
      put(where, data);
    }

    private void readAll() throws Exception {
      var expected = expected(position, LONGEST);
      if (!expected.isEmpty() && random.nextBoolean()) {
        assertThrows(FileLimitException.class, () -> file.readAll(expected.length() - 1));
      } else {
        assertEquals(expected, file.readAll(expected.length()));
        position += expected.length();
      }
    }

    private void truncate() throws Exception {
      int size = place();
      file.truncate(size);
      content = Arrays.copyOf(content, Math.min(size, content.length));
      position = Math.min(position, size);
    }

    private void seek() throws Exception {
      position = place();
      file.seek(position);
    }

    private void reopen() throws Exception {
      file.close();
      file = open();
      position = 0;
    }
  }
}
