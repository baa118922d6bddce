// SPDX-License-Identifier: Apache-2.0
package tulip.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Random operations on queues and on a plain list of bytes, which must agree after each one.
///
/// Two queues share one pool, so that a mistake with borrowed arrays shows as one queue's bytes in
/// the other. Bytes taken out are kept and compared at the end: nothing may change them later.
class ByteQueueModelTest {
  private static final int OPERATIONS = 40_000;

  /// One queue beside its model.
  private static final class Pair {
    final ByteQueue queue;
    final List<Byte> model = new ArrayList<>();

    Pair(ByteQueue queue) {
      this.queue = queue;
    }

    byte[] first(int n) {
      byte[] bytes = new byte[n];
      for (int i = 0; i < n; i++) {
        bytes[i] = model.get(i);
      }
      return bytes;
    }

    void drop(int n) {
      model.subList(0, n).clear();
    }

    void add(byte[] bytes) {
      for (byte b : bytes) {
        model.add(b);
      }
    }
  }

  private record Taken(Bytes value, Bytes expected) {}

  private final List<Taken> taken = new ArrayList<>();
  private Random random = new Random(0);

  @ParameterizedTest
  @CsvSource({"1, 10, 64", "2, 100, 64", "3, 1000, 64", "4, 1000, 1", "5, 200, 4096", "6, 60, 60"})
  void agreesWithAListOfBytes(long seed, int limit, int arraySize) {
    random = new Random(seed);
    var pool = new BufferPool(arraySize, 1);
    Pair[] pairs = {
      new Pair(new ByteQueue(limit, pool)),
      new Pair(new ByteQueue(limit, pool)),
      new Pair(new ByteQueue(limit))
    };
    for (int i = 0; i < OPERATIONS; i++) {
      Pair pair = pairs[random.nextInt(pairs.length)];
      step(pair);
      check(pair, Math.max(2 * limit, arraySize));
    }
    for (Taken each : taken) {
      assertEquals(each.expected, each.value);
    }
  }

  private void step(Pair pair) {
    // Phases in which one side is faster let the queue run full and empty.
    boolean filling = random.nextInt(1 + pair.queue.limit()) > pair.model.size();
    if (filling ? random.nextInt(3) > 0 : random.nextInt(3) == 0) {
      add(pair);
    } else {
      remove(pair);
    }
    if (random.nextInt(50) == 0) {
      pair.queue.trim();
    }
  }

  private void add(Pair pair) {
    ByteQueue queue = pair.queue;
    byte[] bytes = new byte[random.nextInt(random.nextInt(10) == 0 ? 200 : 12)];
    random.nextBytes(bytes);
    if (bytes.length > queue.room()) {
      assertThrows(LimitExceededException.class, () -> queue.put(bytes));
      return;
    }
    switch (random.nextInt(6)) {
      case 0 -> queue.put(bytes);
      case 1 -> queue.put(Bytes.copyOf(bytes));
      case 2 -> queue.put(ByteBuffer.wrap(bytes));
      case 3 -> {
        for (byte b : bytes) {
          queue.putByte(b);
        }
      }
      case 4 -> new ByteWriter(1000).put(bytes).drainTo(queue);
      default -> fill(queue, bytes);
    }
    pair.add(bytes);
  }

  private void fill(ByteQueue queue, byte[] bytes) {
    if (queue.room() == 0) {
      return;
    }
    int min = Math.max(1, bytes.length);
    ByteBuffer region = queue.writable(min);
    assertTrue(region.remaining() >= min && region.remaining() <= queue.room());
    region.put(bytes);
    if (random.nextBoolean()) { // a reader may scribble behind what it reports
      byte[] noise = new byte[region.remaining()];
      Arrays.fill(noise, (byte) 0xEE);
      region.put(noise);
    }
    queue.commit(bytes.length);
  }

  private void remove(Pair pair) {
    ByteQueue queue = pair.queue;
    int size = pair.model.size();
    int n = random.nextInt(5) == 0 ? size : random.nextInt(size + 1);
    switch (random.nextInt(6)) {
      case 0 -> queue.skip(n);
      case 1 -> taken.add(new Taken(queue.take(n), Bytes.wrap(pair.first(n))));
      case 2 -> {
        byte[] target = new byte[n + 2];
        queue.takeInto(target, 1, n);
        assertEquals(Bytes.wrap(pair.first(n)), Bytes.wrap(target, 1, n));
      }
      case 3 -> {
        ByteBuffer target = ByteBuffer.allocate(n);
        assertEquals(n, queue.takeInto(target));
        assertEquals(ByteBuffer.wrap(pair.first(n)), target.flip());
      }
      case 4 -> {
        ByteBuffer view = queue.view(n);
        assertEquals(ByteBuffer.wrap(pair.first(n)), view);
        queue.skip(n);
      }
      default -> n = takeNumber(pair);
    }
    pair.drop(n);
  }

  private int takeNumber(Pair pair) {
    ByteQueue queue = pair.queue;
    int width = 1 << random.nextInt(4);
    if (pair.model.size() < width) {
      assertThrows(IndexOutOfBoundsException.class, () -> queue.skip(width));
      return 0;
    }
    ByteBuffer expected = ByteBuffer.wrap(pair.first(width));
    boolean little = random.nextBoolean();
    expected.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    switch (width) {
      case 1 -> assertEquals(expected.get(), queue.takeByte());
      case 2 ->
          assertEquals(
              expected.getShort() & 0xFFFF,
              little ? queue.takeUnsignedShortLE() : queue.takeUnsignedShort());
      case 4 -> assertEquals(expected.getInt(), little ? queue.takeIntLE() : queue.takeInt());
      default -> assertEquals(expected.getLong(), little ? queue.takeLongLE() : queue.takeLong());
    }
    return width;
  }

  private void check(Pair pair, int maxCapacity) {
    ByteQueue queue = pair.queue;
    int size = pair.model.size();
    assertEquals(size, queue.size());
    assertEquals(size == 0, queue.isEmpty());
    assertEquals(queue.limit() - size, queue.room());
    assertTrue(queue.has(size) && !queue.has(size + 1));
    assertTrue(queue.capacity() <= maxCapacity, "capacity " + queue.capacity());
    if (size == 0) {
      assertEquals(0, queue.capacity());
      return;
    }
    int at = random.nextInt(size);
    byte wanted = pair.model.get(at);
    assertEquals(wanted, queue.peekByte(at));
    int from = random.nextInt(at + 1);
    int found = pair.model.subList(from, size).indexOf(wanted);
    assertEquals(from + found, queue.indexOf(wanted, from));
    if (random.nextInt(16) == 0) {
      assertEquals(ByteBuffer.wrap(pair.first(size)), queue.view(size));
    }
  }
}
