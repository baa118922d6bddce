// SPDX-License-Identifier: Apache-2.0
package tulip.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the queue and its pool keep in memory, and how much they copy.
class ByteQueueStorageTest {
  private static final int ARRAY = 256;

  private final BufferPool pool = new BufferPool(ARRAY, 2);
  private final ByteQueue queue = new ByteQueue(1 << 20, pool);

  /// The pool has an array to begin with.
  ByteQueueStorageTest() {
    queue.writable(1);
    queue.commit(0);
  }

  @Test
  void whatIsPutFitsItsArrayIfThePoolHasNone() {
    var first = new ByteQueue(1000, pool);
    first.put(new byte[100]);
    assertEquals(ARRAY, first.capacity());
    queue.put(new byte[100]);
    assertEquals(100, queue.capacity());
    queue.put(new byte[1]);
    assertEquals(200, queue.capacity());
    queue.clear();
    assertEquals(0, pool.spare(), "the small one is left to the collector");
    queue.writable(100);
    assertEquals(ARRAY, queue.capacity(), "who fills it himself may have much");
  }

  @Test
  void anEmptyQueueHoldsNoStorageHoweverItWasEmptied() {
    List<Consumer<ByteQueue>> ways =
        List.of(
            q -> q.take(8),
            q -> q.skip(8),
            ByteQueue::clear,
            ByteQueue::takeLong,
            ByteQueue::takeLongLE,
            q -> q.takeInto(new byte[8], 0, 8),
            q -> q.takeInto(ByteBuffer.allocate(9)),
            q -> {
              while (!q.isEmpty()) {
                q.takeByte();
              }
            });
    for (Consumer<ByteQueue> way : ways) {
      for (ByteQueue each : List.of(queue, new ByteQueue(1000))) {
        assertEquals(0, each.capacity());
        each.put(new byte[8]);
        assertTrue(each.capacity() >= 8);
        way.accept(each);
        assertEquals(0, each.capacity());
      }
      assertEquals(1, pool.spare(), "the same array again and again");
    }
  }

  @Test
  void storageLentForNothingGoesBack() {
    queue.writable(100);
    assertEquals(ARRAY, queue.capacity());
    queue.commit(0);
    assertEquals(0, queue.capacity());
    queue.writable(100);
    queue.trim();
    assertEquals(0, queue.capacity());
    assertEquals(1, pool.spare());
  }

  @Test
  void queuesOfOneLoopTakeTurnsWithOneArray() {
    for (int connection = 0; connection < 100; connection++) {
      var other = new ByteQueue(1000, pool);
      other.writable(ARRAY).put((byte) connection);
      other.commit(1);
      assertEquals(connection, other.takeByte());
    }
    assertEquals(1, pool.spare());
  }

  @Test
  void aPoolKeepsNoMoreThanItMay() {
    var queues = List.of(new ByteQueue(9, pool), new ByteQueue(9, pool), new ByteQueue(9, pool));
    queues.forEach(q -> {
      q.writable(1).put((byte) 1);
      q.commit(1);
    });
    assertEquals(0, pool.spare());
    queues.forEach(ByteQueue::clear);
    assertEquals(2, pool.spare());
    queues.forEach(q -> q.putByte(2));
    assertEquals(0, pool.spare());
    queues.forEach(q -> assertEquals(2, q.takeByte()));
  }

  @Test
  void twoQueuesNeverShareAnArray() {
    var other = new ByteQueue(1000, pool);
    queue.putByte(1);
    queue.clear();
    queue.putByte(2);
    other.putByte(3);
    assertEquals(2, queue.takeByte());
    assertEquals(3, other.takeByte());
  }

  @Test
  void aPoolArrayComesBackWhenTheQueueOutgrowsIt() {
    queue.put(new byte[ARRAY]);
    assertEquals(0, pool.spare());
    queue.putByte(1);
    assertEquals(2 * ARRAY, queue.capacity());
    assertEquals(1, pool.spare());
    queue.clear();
    assertEquals(1, pool.spare(), "the larger one is left to the collector");
  }

  @Test
  void trimmingCutsAShortRestToSizeAndGivesTheArrayBack() {
    queue.put(Bytes.ofAscii("done partial"));
    queue.skip(5);
    queue.trim();
    assertEquals(7, queue.capacity());
    assertEquals(1, pool.spare());
    queue.put(Bytes.ofAscii(" message"));
    assertEquals(ARRAY, queue.capacity());
    assertEquals(Bytes.ofAscii("partial message"), queue.take(15));
  }

  @Test
  void trimmingLeavesAWellFilledArrayAlone() {
    queue.put(new byte[ARRAY / 2]);
    queue.trim();
    assertEquals(ARRAY, queue.capacity());
    queue.skip(1);
    queue.trim();
    assertEquals(ARRAY / 2 - 1, queue.capacity());
    assertEquals(ARRAY / 2 - 1, queue.size());
  }

  @Test
  void takingAllOfAFullArrayDoesNotCopyAndKeepsItFromThePool() {
    byte[] content = new byte[ARRAY - 1];
    content[0] = 1;
    queue.put(content);
    Bytes all = queue.take(content.length);
    assertEquals(0, queue.capacity());
    assertEquals(0, pool.spare(), "the array belongs to the value now");
    queue.put(new byte[ARRAY]); // must not write into it
    assertEquals(Bytes.wrap(content), all);
  }

  @Test
  void takingAFewBytesDoesNotPinTheArray() {
    queue.put(new byte[ARRAY / 2]);
    queue.take(ARRAY / 2);
    assertEquals(1, pool.spare());
    queue.put(new byte[ARRAY]);
    Bytes most = queue.take(ARRAY - 1);
    queue.clear();
    assertEquals(1, pool.spare());
    queue.put(Bytes.ofHex("ff".repeat(ARRAY)));
    assertEquals(Bytes.wrap(new byte[ARRAY - 1]), most, "a copy");
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "-1, 1", "2147483647, 1", "1, 0", "1, -1"})
  void poolsThatMakeNoSenseAreRefused(int arraySize, int maxSpare) {
    assertThrows(IllegalArgumentException.class, () -> new BufferPool(arraySize, maxSpare));
  }

  @Test
  void aPoolKnowsTheSizeOfItsArrays() {
    assertEquals(ARRAY, pool.arraySize());
    assertEquals(0, new BufferPool(ARRAY, 2).spare(), "nothing is allocated before it is needed");
  }

  @Test
  void aWindowThatSlidesForeverStaysSmall() {
    var own = new ByteQueue(1 << 20);
    own.put(new byte[100]);
    for (int i = 0; i < 100_000; i++) {
      own.putByte(i);
      own.takeByte();
    }
    assertTrue(own.capacity() <= 600, "capacity " + own.capacity());
    assertEquals((byte) (100_000 - 100), own.peekByte(0));
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS)
  void aFullQueueDoesNotMoveAllItsBytesForEachNewOne() {
    int limit = 1 << 20;
    var full = new ByteQueue(limit);
    full.put(new byte[limit]);
    for (int i = 0; i < 4 * limit; i++) { // moving 1 MiB each time would be 4 TiB
      full.takeByte();
      full.putByte(i);
    }
    assertEquals(limit, full.size());
    assertTrue(full.capacity() <= 2 * limit, "capacity " + full.capacity());
    assertEquals(0, full.peekByte(0));
    assertEquals(-1, full.peekByte(limit - 1));
  }

  @Test
  void capacityNeverPassesTwiceTheLimit() {
    var small = new ByteQueue(50);
    for (int round = 0; round < 1_000; round++) {
      small.put(new byte[small.room()]);
      assertTrue(small.capacity() <= 100, "capacity " + small.capacity());
      small.skip(1 + round % 50);
      assertFalse(small.size() > 0 && small.capacity() > 100);
    }
  }
}
