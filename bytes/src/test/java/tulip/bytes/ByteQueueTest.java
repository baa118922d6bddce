// SPDX-License-Identifier: Apache-2.0
package tulip.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each method of the queue: what it does, and what it refuses without changing anything.
class ByteQueueTest {
  private static final Bytes CRLF = Bytes.ofAscii("\r\n");

  private final ByteQueue queue = new ByteQueue(1000);

  private static ByteQueue of(String hex) {
    var queue = new ByteQueue(1000);
    queue.putByte(0);
    queue.put(Bytes.ofHex(hex));
    queue.skip(1); // so that the head is not at the front of the storage
    return queue;
  }

  @Test
  void bytesOfAllKindsComeOutInOrder() {
    byte[] array = {2, 3, 4, 5};
    ByteBuffer direct = ByteBuffer.allocateDirect(3).put(new byte[] {9, 10, 11}).flip();
    queue.putByte(0x101);
    queue.put(array);
    queue.put(array, 1, 2);
    queue.put(Bytes.wrap(array, 3, 1));
    queue.put(direct.position(1));
    queue.put(ByteBuffer.wrap(array, 0, 1).asReadOnlyBuffer());
    queue.put(Bytes.EMPTY);
    assertEquals(0, direct.remaining(), "a buffer is used up");
    assertEquals(11, queue.size());
    assertEquals("01" + "02030405" + "0304" + "05" + "0a0b" + "02", queue.take(11).hex());
  }

  @Test
  void numbersAreReadInBothOrders() {
    ByteQueue in = of("ff" + "80" + "fffe" + "fffe" + "80000001" + "01000080");
    assertEquals(-1, in.peekByte(0));
    assertEquals(0xFF, in.peekUnsignedByte(0));
    assertEquals(0x80FF, in.peekUnsignedShort(1));
    assertEquals(0xFF80, in.peekUnsignedShortLE(1));
    assertEquals(-1, in.takeByte());
    assertEquals(0x80, in.takeUnsignedByte());
    assertEquals(0xFFFE, in.takeUnsignedShort());
    assertEquals(0xFEFF, in.takeUnsignedShortLE());
    assertEquals(0x80000001, in.peekInt(0));
    assertEquals(0x80000001, in.peekIntLE(4));
    assertEquals(0x80000001, in.takeInt());
    assertEquals(0x80000001, in.takeIntLE());
    assertTrue(in.isEmpty());
  }

  @Test
  void longsAreReadInBothOrders() {
    ByteQueue in = of("0123456789abcdef" + "efcdab8967452301");
    assertEquals(0x0123456789ABCDEFL, in.peekLong(0));
    assertEquals(0x0123456789ABCDEFL, in.peekLongLE(8));
    assertEquals(0x0123456789ABCDEFL, in.takeLong());
    assertEquals(0x0123456789ABCDEFL, in.takeLongLE());
    assertTrue(in.isEmpty());
  }

  @Test
  void partsAreCopiedAndStay() {
    ByteQueue in = of("00" + "c3a9" + "ff");
    assertEquals(Bytes.ofHex("c3a9"), in.peek(1, 2));
    assertEquals("é", in.peekUtf8(1, 2));
    assertEquals("\uFFFD", in.peekUtf8(3, 1));
    assertEquals("", in.peekUtf8(4, 0));
    assertEquals(Bytes.EMPTY, in.peek(4, 0));
    assertEquals(4, in.size());
  }

  @Test
  void aDecoderAsksFirstAndLeavesTheQueueUntouched() {
    // Length-prefixed text, the shape of every decoder here, fed byte by byte.
    List<String> decoded = new ArrayList<>();
    for (byte b : Bytes.ofHex("0002" + "6869" + "0000" + "0003" + "666f6f").toByteArray()) {
      queue.putByte(b);
      int before = queue.size();
      if (!queue.has(2) || !queue.has(2 + queue.peekUnsignedShort(0))) {
        assertEquals(before, queue.size());
        continue;
      }
      decoded.add(queue.take(queue.takeUnsignedShort()).ascii());
    }
    assertEquals(List.of("hi", "", "foo"), decoded);
    assertEquals(0, queue.capacity());
  }

  @Test
  void readingMoreThanIsThereIsABugAndChangesNothing() {
    ByteQueue in = of("010203");
    byte[] target = new byte[8];
    List<Executable> reads =
        List.of(
            in::takeInt,
            in::takeIntLE,
            in::takeLong,
            in::takeLongLE,
            () -> in.peekByte(3),
            () -> in.peek(2, 2),
            () -> in.peekUtf8(-1, 1),
            () -> in.peekUnsignedByte(3),
            () -> in.peekUnsignedShort(2),
            () -> in.peekUnsignedShortLE(2),
            () -> in.peekInt(0),
            () -> in.peekIntLE(-1),
            () -> in.peekLong(Integer.MAX_VALUE),
            () -> in.peekLongLE(Integer.MIN_VALUE),
            () -> in.peekByte(-1),
            () -> in.take(4),
            () -> in.take(-1),
            () -> in.take(Integer.MAX_VALUE),
            () -> in.skip(4),
            () -> in.skip(-1),
            () -> in.takeInto(target, 0, 4),
            () -> in.takeInto(target, 7, 2),
            () -> in.takeInto(target, 0, -1),
            () -> in.indexOf((byte) 1, 4),
            () -> in.indexOf((byte) 1, -1),
            () -> in.indexOf(CRLF, 4));
    for (Executable read : reads) {
      assertThrows(IndexOutOfBoundsException.class, read);
    }
    assertEquals("010203", in.take(3).hex());
    assertThrows(IndexOutOfBoundsException.class, in::takeByte);
    assertThrows(IndexOutOfBoundsException.class, in::takeUnsignedByte);
    assertThrows(IndexOutOfBoundsException.class, in::takeUnsignedShort);
    assertThrows(IndexOutOfBoundsException.class, in::takeUnsignedShortLE);
  }

  @Test
  void saysWhatWasWantedAndWhere() {
    var error = assertThrows(IndexOutOfBoundsException.class, () -> of("0102").peekInt(1));
    assertEquals("4 bytes wanted at offset 1 of a queue of 2", error.getMessage());
  }

  @Test
  void findsALineWithoutSearchingTwice() {
    int scanned = 0;
    String text = "no end yet, none at all\r";
    for (int i = 0; i < text.length(); i++) {
      queue.putByte(text.charAt(i));
      assertEquals(-1, queue.indexOf(CRLF, scanned));
      scanned = queue.size() - (CRLF.length() - 1); // a CR at the end may be half of it
    }
    queue.putByte('\n');
    assertEquals(text.length() - 1, queue.indexOf(CRLF, scanned));
    assertEquals(text.length(), queue.indexOf((byte) '\n', text.length()));
  }

  @Test
  void offsetsCountFromTheHead() {
    queue.put(Bytes.ofAscii("abcabc"));
    queue.skip(2);
    assertEquals(0, queue.indexOf((byte) 'c', 0));
    assertEquals(1, queue.indexOf((byte) 'a', 0));
    assertEquals(3, queue.indexOf((byte) 'c', 1));
    assertEquals(-1, queue.indexOf((byte) 'c', 4));
    assertEquals(1, queue.indexOf(Bytes.ofAscii("abc"), 0));
    assertEquals(-1, queue.indexOf(Bytes.ofAscii("abc"), 2));
    assertEquals(-1, queue.indexOf(Bytes.ofAscii("abca"), 0), "not beyond the tail");
    queue.skip(1);
    assertEquals(0, queue.indexOf(Bytes.ofAscii("abc"), 0));
  }

  @Test
  void anEmptyQueueAnswersToo() {
    assertEquals(-1, queue.indexOf((byte) 0, 0));
    assertEquals(-1, queue.indexOf(CRLF, 0));
    assertEquals(Bytes.EMPTY, queue.take(0));
    assertEquals(0, queue.view(10).remaining());
    assertEquals(0, queue.takeInto(ByteBuffer.allocate(4)));
    queue.skip(0);
    queue.clear();
    queue.trim();
    assertTrue(queue.has(0));
    assertFalse(queue.has(1));
    assertTrue(queue.isEmpty());
    assertEquals("ByteQueue[0 of 1000: b\"\"]", queue.toString());
  }

  @Test
  void fillsWhatAReaderWrites() {
    queue.putByte('a');
    ByteBuffer region = queue.writable(10);
    assertTrue(region.remaining() >= 10);
    region.put((byte) 'b').put((byte) 'c');
    queue.commit(2);
    assertEquals(Bytes.ofAscii("abc"), queue.take(3));
  }

  @Test
  void aRegionIsNeverLargerThanTheRoom() {
    queue.put(new byte[995]);
    assertEquals(5, queue.room());
    assertEquals(5, queue.writable(1).remaining());
    queue.commit(5);
    assertEquals(0, queue.room());
    assertThrows(LimitExceededException.class, () -> queue.writable(1));
    assertThrows(IllegalArgumentException.class, () -> queue.writable(0));
    assertThrows(IllegalArgumentException.class, () -> queue.writable(-1));
  }

  @Test
  void onlyWhatWasLentCanBeCommittedAndOnce() {
    assertThrows(IllegalArgumentException.class, () -> queue.commit(1));
    int lent = queue.writable(8).remaining();
    assertThrows(IllegalArgumentException.class, () -> queue.commit(lent + 1));
    assertThrows(IllegalArgumentException.class, () -> queue.commit(-1));
    queue.commit(3);
    var error = assertThrows(IllegalArgumentException.class, () -> queue.commit(1));
    assertEquals("1 bytes committed, 0 lent out", error.getMessage());
    assertEquals(3, queue.size());
  }

  @Test
  void addingOrEmptyingTakesTheRegionBack() {
    queue.writable(8);
    queue.putByte(1);
    assertThrows(IllegalArgumentException.class, () -> queue.commit(1), "overwritten by the put");
    queue.writable(8);
    queue.skip(1);
    assertThrows(IllegalArgumentException.class, () -> queue.commit(1), "its storage is gone");
    queue.put(new byte[10]);
    queue.writable(8);
    queue.skip(9);
    queue.commit(2);
    assertEquals(3, queue.size(), "taking some bytes leaves the region alone");
  }

  @Test
  void whatIsAboveTheLimitIsRefusedAndChangesNothing() {
    var small = new ByteQueue(4);
    small.put(new byte[] {1, 2, 3});
    ByteBuffer buffer = ByteBuffer.allocate(2);
    List<Executable> additions =
        List.of(
            () -> small.put(new byte[2]),
            () -> small.put(Bytes.ofHex("0405")),
            () -> small.put(buffer),
            () -> small.writable(2),
            () -> small.writable(Integer.MAX_VALUE));
    for (Executable addition : additions) {
      var error = assertThrows(LimitExceededException.class, addition);
      assertEquals(4, error.limit());
    }
    assertEquals(2, buffer.remaining());
    small.putByte(4);
    var error = assertThrows(LimitExceededException.class, () -> small.putByte(5));
    assertEquals("4 bytes held and 1 more are above the limit of 4 bytes", error.getMessage());
    assertEquals("01020304", small.take(4).hex());
    small.put(new byte[4]);
    assertEquals(4, small.limit());
    assertEquals(0, small.room());
  }

  @Test
  void sizesNearTheEndOfIntDoNotOverflow() {
    var large = new ByteQueue(Integer.MAX_VALUE - 8);
    large.put(new byte[10]);
    assertThrows(LimitExceededException.class, () -> large.writable(Integer.MAX_VALUE));
    assertThrows(LimitExceededException.class, () -> large.writable(Integer.MAX_VALUE - 17));
    assertThrows(IndexOutOfBoundsException.class, () -> large.peekLong(Integer.MAX_VALUE - 7));
    assertThrows(IndexOutOfBoundsException.class, () -> large.skip(Integer.MAX_VALUE));
    assertFalse(large.has(Integer.MAX_VALUE));
    assertEquals(10, large.view(Integer.MAX_VALUE).remaining());
    assertEquals(Integer.MAX_VALUE - 18, large.room());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MAX_VALUE})
  void limitsThatNoArrayCanHoldAreRefused(int limit) {
    assertThrows(IllegalArgumentException.class, () -> new ByteQueue(limit));
  }

  @Test
  void partsOutsideASourceAreRefused() {
    assertThrows(IndexOutOfBoundsException.class, () -> queue.put(new byte[4], 3, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> queue.put(new byte[4], -1, 2));
    assertThrows(
        IndexOutOfBoundsException.class, () -> queue.put(new byte[4], 1, Integer.MAX_VALUE));
    assertTrue(queue.isEmpty());
  }

  @Test
  void takesIntoArraysAndBuffers() {
    queue.put(Bytes.ofAscii("abcdefgh"));
    byte[] array = new byte[4];
    queue.takeInto(array, 1, 2);
    assertEquals("00616200", Bytes.wrap(array).hex());
    ByteBuffer few = ByteBuffer.allocateDirect(4);
    assertEquals(4, queue.takeInto(few));
    assertEquals(Bytes.ofAscii("cdef"), Bytes.copyOf(few.flip()));
    ByteBuffer many = ByteBuffer.allocate(10);
    assertEquals(2, queue.takeInto(many));
    assertEquals(2, many.position());
    assertTrue(queue.isEmpty());
  }

  @Test
  void isWrittenToAChannelByViewAndSkip() {
    queue.put(Bytes.ofAscii("xabcdefgh"));
    queue.skip(1);
    var sent = new StringBuilder();
    for (int took = 1; !queue.isEmpty(); took++) { // a socket that takes a little more each time
      ByteBuffer view = queue.view(5);
      assertTrue(view.remaining() <= 5);
      assertThrows(ReadOnlyBufferException.class, () -> view.put(view.position(), (byte) 0));
      int n = Math.min(took, view.remaining());
      byte[] written = new byte[n];
      view.get(written);
      sent.append(Bytes.wrap(written).ascii());
      queue.skip(n);
    }
    assertEquals("abcdefgh", sent.toString());
    assertEquals(0, queue.view(0).remaining());
    assertThrows(IllegalArgumentException.class, () -> queue.view(-1));
  }

  @Test
  void showsSizeLimitAndFirstBytes() {
    queue.put(Bytes.ofAscii("GET /\r\n"));
    queue.skip(4);
    assertEquals("ByteQueue[3 of 1000: b\"/\\r\\n\"]", queue.toString());
  }
}
