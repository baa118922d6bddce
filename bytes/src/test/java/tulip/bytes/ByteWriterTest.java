// SPDX-License-Identifier: Apache-2.0
package tulip.bytes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Writing: every kind of item, at every fill, up to the limit and beyond it.
class ByteWriterTest {
  private final ByteWriter out = new ByteWriter(1 << 20);

  @Test
  void writesNumbersInBothOrders() {
    out.putByte(0x1FF).putShort(0x1FFFE).putShortLE(0x1FFFE);
    out.putInt(0x01020304).putIntLE(0x01020304);
    assertEquals("ff" + "fffe" + "feff" + "01020304" + "04030201", out.toBytes().hex());
    out.clear();
    out.putLong(0x0123456789ABCDEFL).putLongLE(0x0123456789ABCDEFL);
    assertEquals("0123456789abcdef" + "efcdab8967452301", out.toBytes().hex());
  }

  @Test
  void writesBytesOfAllKinds() {
    byte[] array = {1, 2, 3, 4};
    out.put(array).put(array, 1, 2).put(Bytes.wrap(array, 2, 2)).put(Bytes.EMPTY);
    assertEquals("01020304" + "0203" + "0304", out.toBytes().hex());
    assertThrows(IndexOutOfBoundsException.class, () -> out.put(array, 3, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> out.put(array, 1, Integer.MAX_VALUE));
    assertEquals(8, out.size());
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        -1,
        9,
        10,
        -10,
        99,
        100,
        999_999_999,
        1_000_000_000,
        Integer.MIN_VALUE,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1
      })
  void writesDigitsLikeTheJdk(long value) {
    out.putDecimal(value).putByte(' ').putHex(value);
    assertEquals(Long.toString(value) + " " + Long.toHexString(value), out.toBytes().ascii());
  }

  @Test
  void writesDigitsOfRandomNumbersLikeTheJdk() throws MalformedException {
    var random = new Random(8);
    for (int round = 0; round < 20_000; round++) {
      long value = random.nextLong() >> random.nextInt(64);
      out.clear();
      out.putDecimal(value).putByte(' ').putHex(value);
      assertEquals(Long.toString(value) + " " + Long.toHexString(value), out.toBytes().ascii());
      out.clear();
      out.putVarint(value);
      assertEquals(value, out.toBytes().reader().takeVarint());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "127, 7f",
    "128, 8001",
    "16383, ff7f",
    "16384, 808001",
    "624485, e58e26",
    "9223372036854775807, ffffffffffffffff7f",
    "-1, ffffffffffffffffff01",
    "-9223372036854775808, 80808080808080808001"
  })
  void writesVariableLengthNumbers(long value, String hex) {
    assertEquals(hex, out.putVarint(value).toBytes().hex());
  }

  @Test
  void writesTextOrNothing() {
    out.putAscii("a~").putLatin1("\u00E9").putUtf8("\u00E9\u20AC\uD83C\uDF37").putUtf8("");
    assertEquals("617e" + "e9" + "c3a9e282acf09f8cb7", out.toBytes().hex());
    assertThrows(IllegalArgumentException.class, () -> out.putAscii("ab\u0080"));
    assertThrows(IllegalArgumentException.class, () -> out.putLatin1("ab\u0100"));
    assertThrows(IllegalArgumentException.class, () -> out.putUtf8("ab\uD83C"));
    assertEquals(12, out.size());
    assertEquals("7a", out.putAscii("z").toBytes().slice(12).hex());
  }

  @Test
  void writesTextOfAnyLengthAlike() {
    for (int length = 0; length < 80; length++) {
      String ascii = "x".repeat(length) + "?";
      String latin = ascii + "\u00E9";
      String wide = latin + "\u20AC" + ascii;
      Bytes expected =
          Bytes.concat(Bytes.ofAscii(ascii), Bytes.ofLatin1(latin), Bytes.ofUtf8(wide));
      out.clear();
      assertEquals(expected, out.putAscii(ascii).putLatin1(latin).putUtf8(wide).toBytes());
      assertThrows(IllegalArgumentException.class, () -> out.putAscii(latin));
      assertThrows(IllegalArgumentException.class, () -> out.putLatin1(wide));
      assertThrows(IllegalArgumentException.class, () -> out.putUtf8(wide + "\uD83C"));
      assertEquals(expected, out.toBytes());
      var full = new ByteWriter(ascii.length() + 2);
      assertThrows(LimitExceededException.class, () -> full.putUtf8(wide));
      assertThrows(LimitExceededException.class, () -> full.putUtf8(ascii + "\u20AC"));
      assertEquals(0, full.size());
    }
  }

  @Test
  void writesRandomTextLikeTheJdk() {
    var random = new Random(10);
    for (int round = 0; round < 5_000; round++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(16); i > 0; i--) {
        int point = random.nextInt(0x110000) >> random.nextInt(20);
        text.appendCodePoint(point >= 0xD800 && point < 0xE000 ? 'x' : point);
      }
      out.clear();
      byte[] expected = text.toString().getBytes(UTF_8);
      assertEquals(Bytes.wrap(expected), out.putUtf8(text.toString()).toBytes());
    }
  }

  @Test
  void fillsInALengthLater() {
    out.putByte('Q');
    int at = out.reserveInt();
    out.putAscii("select 1").putByte(0);
    out.patchInt(at, out.size() - at);
    assertEquals("51" + "0000000d" + "73656c656374203100", out.toBytes().hex());
  }

  @Test
  void fillsInAShortLengthLater() {
    int at = out.reserveShort();
    out.putAscii("org");
    out.patchShort(at, out.size() - at - 2);
    assertEquals("0003" + "6f7267", out.toBytes().hex());
    assertThrows(IndexOutOfBoundsException.class, () -> out.patchShort(4, 0));
  }

  @Test
  void patchesOnlyWhatWasWritten() {
    out.putLong(0);
    out.patchInt(4, -1);
    assertEquals("00000000ffffffff", out.toBytes().hex());
    for (int at : new int[] {-1, 5, 8, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      var error = assertThrows(IndexOutOfBoundsException.class, () -> out.patchInt(at, 0));
      assertEquals("4 bytes at offset " + at + " of 8 cannot be patched", error.getMessage());
    }
    out.clear();
    assertThrows(IndexOutOfBoundsException.class, () -> out.patchInt(0, 0));
  }

  private static List<Consumer<ByteWriter>> items() {
    return List.of(
        w -> w.putByte(1),
        w -> w.putShort(2),
        w -> w.putShortLE(3),
        w -> w.putInt(4),
        w -> w.putIntLE(5),
        w -> w.putLong(6),
        w -> w.putLongLE(7),
        w -> w.putVarint(1L << 40),
        w -> w.putDecimal(-123456),
        w -> w.putHex(0xBEEF),
        w -> w.put(new byte[3]),
        w -> w.put(Bytes.ofAscii("bytes")),
        w -> w.putAscii("ascii"),
        w -> w.putLatin1("l\u00E4tin"),
        w -> w.putUtf8("\u00FCtf\u20AC"),
        w -> w.patchInt(w.reserveInt(), 8));
  }

  @Test
  void everyItemEndsExactlyAtTheLimitOrChangesNothing() {
    for (Consumer<ByteWriter> item : items()) {
      item.accept(out);
      Bytes expected = out.toBytes();
      out.clear();
      for (int limit = 1; limit <= expected.length() + 1; limit++) {
        var tight = new ByteWriter(limit);
        if (limit < expected.length()) {
          var error = assertThrows(LimitExceededException.class, () -> item.accept(tight));
          assertEquals(limit, error.limit());
          assertEquals(0, tight.size());
        } else {
          item.accept(tight);
          assertEquals(expected, tight.toBytes());
        }
      }
    }
  }

  @Test
  void growsAsItMustForItemsInAnyOrder() {
    var random = new Random(9);
    List<Consumer<ByteWriter>> items = items();
    List<Bytes> alone = new ArrayList<>();
    for (Consumer<ByteWriter> item : items) {
      var single = new ByteWriter(100);
      item.accept(single);
      alone.add(single.toBytes());
    }
    for (int round = 0; round < 500; round++) {
      var writer = new ByteWriter(10_000);
      List<Bytes> expected = new ArrayList<>();
      for (int i = random.nextInt(300); i > 0; i--) {
        int choice = random.nextInt(items.size());
        items.get(choice).accept(writer);
        expected.add(alone.get(choice));
      }
      assertEquals(Bytes.concat(expected.toArray(Bytes[]::new)), writer.toBytes());
    }
  }

  @Test
  void saysWhatWasTooMuch() {
    var writer = new ByteWriter(10).putLong(0);
    var error = assertThrows(LimitExceededException.class, () -> writer.putInt(0));
    assertEquals("8 bytes held and 4 more are above the limit of 10 bytes", error.getMessage());
    assertEquals(10, writer.limit());
    assertThrows(LimitExceededException.class, writer::reserveInt);
    assertEquals(10, writer.putShort(0).size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MAX_VALUE, Integer.MAX_VALUE - 7})
  void limitsThatNoArrayCanHoldAreRefused(int limit) {
    assertThrows(IllegalArgumentException.class, () -> new ByteWriter(limit));
  }

  @Test
  void drainsIntoAQueueAllOrNothing() {
    var queue = new ByteQueue(6);
    out.putAscii("abcd").drainTo(queue);
    assertEquals(0, out.size());
    out.putAscii("efg");
    assertThrows(LimitExceededException.class, () -> out.drainTo(queue));
    assertEquals(3, out.size());
    queue.skip(2);
    out.drainTo(queue);
    assertEquals(Bytes.ofAscii("cdefg"), queue.take(5));
  }

  @Test
  void drainsIntoABufferAllOrNothing() {
    ByteBuffer buffer = ByteBuffer.allocate(6);
    out.putAscii("abcd").drainTo(buffer);
    assertEquals(4, buffer.position());
    out.putAscii("efg");
    assertThrows(BufferOverflowException.class, () -> out.drainTo(buffer));
    assertEquals(3, out.size());
    assertEquals(Bytes.ofAscii("abcd"), Bytes.copyOf(buffer.flip()));
  }

  @Test
  void finishedMessagesDoNotChangeWithTheNext() {
    Bytes first = out.putAscii("first").toBytes();
    out.clear();
    Bytes second = out.putAscii("other").toBytes();
    assertEquals(Bytes.ofAscii("first"), first);
    assertEquals(Bytes.ofAscii("other"), second);
  }

  @Test
  void aSmallMessageLeavesItsStorageForTheNext() {
    assertEquals(0, out.capacity());
    out.put(new byte[1000]);
    int capacity = out.capacity();
    out.clear();
    assertEquals(capacity, out.put(new byte[1000]).capacity());
  }

  @Test
  void aLargeMessageLeavesNothingBehind() {
    out.put(new byte[100_000]);
    out.clear();
    assertEquals(0, out.capacity());
    assertEquals(Bytes.EMPTY, out.toBytes());
    assertEquals("01", out.putByte(1).toBytes().hex());
    assertEquals("ByteWriter[1 of 1048576: b\"\\x01\"]", out.toString());
  }

  @Test
  void aViewShowsWhatWasWrittenAndTakesNothing() {
    var view = out.putAscii("shown").view();
    assertEquals(Bytes.ofAscii("shown"), Bytes.copyOf(view));
    assertTrue(view.isReadOnly());
    assertEquals(5, out.size());
  }
}
