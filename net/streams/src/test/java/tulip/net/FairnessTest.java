// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import tulip.bytes.Bytes;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.net.spi.Wire;
import tulip.testing.TulipTest;

/// A peer that always has bytes, and takes all it is given, does not keep the other tasks from
/// their turns.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class FairnessTest {
  private static final int SIZE = 4 << 20;
  private static final int PIECE = 4 << 10;

  /// A network faster than any program.
  private static final class EndlessWire implements Wire {
    private int left = SIZE;

    @Override
    public int read(ByteBuffer target) {
      int n = Math.min(target.remaining(), left);
      target.position(target.position() + n);
      left -= n;
      return n == 0 ? -1 : n;
    }

    @Override
    public void awaitReadable() {
      throw new AssertionError("there is always something");
    }

    @Override
    public int write(ByteBuffer source) {
      int n = source.remaining();
      source.position(source.limit());
      return n;
    }

    @Override
    public long sendFile(FileChannel file, long position, long count) throws IOException {
      return Math.min(count, file.size() - position);
    }

    @Override
    public void whenWritable(Runnable callback) {
      throw new AssertionError("there is always room");
    }

    @Override
    public boolean shutdownOutput() {
      return true;
    }

    @Override
    public void close() {}

    @Override
    public <T> @Nullable T attribute(Attribute<T> which) {
      return null;
    }
  }

  private interface Conversation {
    void run(ByteStream stream) throws Exception;
  }

  /// How many turns another task has while this one talks to its peer.
  private static int turnsDuring(TaskGroup group, Conversation conversation) throws Exception {
    try (var stream = new ByteStream(new EndlessWire())) {
      var talking =
          group.start(() -> {
            conversation.run(stream);
            return true;
          });
      int turns = 0;
      while (!talking.isDone()) {
        Tulip.yield();
        turns++;
      }
      assertTrue(talking.await());
      return turns;
    }
  }

  private static void assertFair(int pieces, int turns) {
    assertTrue(turns >= pieces, "only " + turns + " turns");
  }

  @TulipTest
  void readers(TaskGroup group) throws Exception {
    int turns =
        turnsDuring(
            group,
            stream -> {
              int size = 0;
              for (Bytes bytes; (bytes = stream.read()) != null; ) {
                size += bytes.length();
              }
              assertEquals(SIZE, size);
            });
    assertFair(SIZE / (64 << 10), turns);
  }

  @TulipTest
  void readersOfMessages(TaskGroup group) throws Exception {
    int turns =
        turnsDuring(
            group,
            stream -> {
              for (int i = 0; i < SIZE / PIECE; i++) {
                stream.readExactly(PIECE);
              }
            });
    assertFair(SIZE / (128 << 10), turns);
  }

  @TulipTest
  void writersOfSmallPieces(TaskGroup group) throws Exception {
    int turns = turnsDuring(group, stream -> write(stream, PIECE));
    assertFair(SIZE / (512 << 10), turns);
  }

  @TulipTest
  void writersOfLargePieces(TaskGroup group) throws Exception {
    int turns = turnsDuring(group, stream -> write(stream, 64 << 10));
    assertFair(SIZE / (512 << 10), turns);
  }

  @TulipTest
  void writersOfOneHugePiece(TaskGroup group) throws Exception {
    int turns = turnsDuring(group, stream -> write(stream, SIZE));
    assertFair(SIZE / (512 << 10), turns);
  }

  private static void write(ByteStream stream, int size) throws IOException {
    for (int written = 0; written < SIZE; written += size) {
      stream.write(new byte[size]);
    }
  }

  @TulipTest
  void copies(TaskGroup group) throws Exception {
    int turns =
        turnsDuring(
            group,
            stream -> {
              try (var target = new ByteStream(new EndlessWire())) {
                assertEquals(SIZE, stream.transferTo(target));
              }
            });
    assertFair(SIZE / (64 << 10), turns);
  }

  @TulipTest
  void files(TaskGroup group, @TempDir Path folder) throws Exception {
    var path = Files.write(folder.resolve("large"), new byte[SIZE]);
    try (var file = FileChannel.open(path)) {
      int turns = turnsDuring(group, stream -> assertEquals(SIZE, stream.sendFile(file, 0, SIZE)));
      assertFair(SIZE / (512 << 10), turns);
    }
  }
}
