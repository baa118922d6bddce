// SPDX-License-Identifier: Apache-2.0
package tulip.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Walking through a message, and off its end.
class ByteReaderTest {
  @Test
  void readsNumbersInBothOrders() throws MalformedException {
    var reader = Bytes.ofHex("aa" + "ff80" + "fffe" + "fffe" + "80000001" + "01000080").slice(1);
    ByteReader in = reader.reader();
    assertEquals(-1, in.takeByte());
    assertEquals(0x80, in.takeUnsignedByte());
    assertEquals(0xFFFE, in.takeUnsignedShort());
    assertEquals(0xFEFF, in.takeUnsignedShortLE());
    assertEquals(0x80000001, in.takeInt());
    assertEquals(0x80000001, in.takeIntLE());
    assertEquals(0, in.remaining());
    assertEquals(14, in.position());
  }

  @Test
  void readsLongsInBothOrders() throws MalformedException {
    ByteReader in = Bytes.ofHex("0123456789abcdef" + "efcdab8967452301").reader();
    assertEquals(0x0123456789ABCDEFL, in.takeLong());
    assertEquals(0x0123456789ABCDEFL, in.takeLongLE());
  }

  @Test
  void takesPiecesWithoutCopyingTheMessage() throws MalformedException {
    byte[] owned = Bytes.ofAscii("xkey\0value").toByteArray();
    ByteReader in = Bytes.wrap(owned).slice(1).reader();
    Bytes key = in.takeUntil((byte) 0);
    Bytes value = in.take(3);
    assertEquals(Bytes.ofAscii("key"), key);
    assertEquals(Bytes.ofAscii("val"), value);
    owned[1] = 'K';
    assertEquals('K', key.byteAt(0), "the same memory");
    assertEquals(Bytes.ofAscii("ue"), in.takeRest());
    assertSame(Bytes.EMPTY, in.takeRest());
    assertSame(Bytes.EMPTY, in.take(0));
  }

  @Test
  void aDelimiterMayComeAtOnceOrNever() throws MalformedException {
    ByteReader in = Bytes.ofHex("0041").reader();
    assertEquals(Bytes.EMPTY, in.takeUntil((byte) 0));
    var error = assertThrows(MalformedException.class, () -> in.takeUntil((byte) 0));
    assertEquals("no byte 00 from offset 1 on", error.getMessage());
    assertEquals(1, in.position(), "it stays where it was");
  }

  @Test
  void everyReadPastTheEndIsThePeersFaultAndMovesNothing() throws MalformedException {
    ByteReader in = Bytes.ofHex("00010203040506").slice(0, 6).reader();
    in.skip(6);
    List<Executable> reads =
        List.of(in::takeByte, in::takeUnsignedByte, in::takeVarint, () -> in.take(1));
    for (Executable read : reads) {
      assertThrows(MalformedException.class, read);
    }
    in.position(5);
    for (Executable read : List.<Executable>of(in::takeUnsignedShort, in::takeUnsignedShortLE)) {
      assertThrows(MalformedException.class, read);
    }
    in.position(3);
    for (Executable read : List.<Executable>of(in::takeInt, in::takeIntLE, () -> in.skip(4))) {
      assertThrows(MalformedException.class, read);
    }
    for (Executable read : List.<Executable>of(in::takeLong, in::takeLongLE)) {
      assertEquals(
          "8 bytes wanted at offset 3, 3 left",
          assertThrows(MalformedException.class, read).getMessage());
    }
    assertEquals(3, in.position());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, 4, Integer.MAX_VALUE})
  void lengthsFromAPeerMayBeNonsense(int length) throws MalformedException {
    ByteReader in = Bytes.ofHex("0102030405").reader();
    in.skip(2);
    assertThrows(MalformedException.class, () -> in.take(length));
    assertThrows(MalformedException.class, () -> in.skip(length));
    assertEquals(2, in.position());
  }

  @Test
  void goesToAnyPlaceInTheMessage() throws MalformedException {
    ByteReader in = Bytes.ofHex("aa0102").slice(1).reader();
    in.position(2);
    assertEquals(0, in.remaining());
    in.position(0);
    assertEquals(1, in.takeByte());
    assertThrows(MalformedException.class, () -> in.position(-1));
    var error = assertThrows(MalformedException.class, () -> in.position(3));
    assertEquals("offset 3 is outside a message of 2 bytes", error.getMessage());
    assertEquals(1, in.position());
  }

  @ParameterizedTest
  @CsvSource({
    "00, 0",
    "7f, 127",
    "8001, 128",
    "ff7f, 16383",
    "e58e26, 624485",
    "8000, 0",
    "ffffffffffffffff7f, 9223372036854775807",
    "ffffffffffffffffff01, -1",
    "80808080808080808001, -9223372036854775808"
  })
  void readsVariableLengthNumbers(String hex, long value) throws MalformedException {
    ByteReader in = Bytes.ofHex(hex + "aa").reader();
    assertEquals(value, in.takeVarint());
    assertEquals(1, in.remaining());
  }

  @ParameterizedTest
  @CsvSource({
    "80, without an end",
    "ffffffffffffffffff, without an end",
    "80808080808080808002, of more than 64 bits",
    "8080808080808080808000, of more than 64 bits",
    "ffffffffffffffffffff01, of more than 64 bits"
  })
  void refusesVariableLengthNumbersWithoutEnd(String hex, String message) {
    ByteReader in = Bytes.ofHex(hex).reader();
    var error = assertThrows(MalformedException.class, in::takeVarint);
    assertEquals("a variable-length number " + message, error.getMessage());
    assertEquals(0, in.position());
  }

  @Test
  void readersOfOneMessageAreIndependent() throws MalformedException {
    Bytes message = Bytes.ofHex("0102");
    ByteReader first = message.reader();
    first.skip(1);
    assertEquals(2, message.reader().remaining());
    assertEquals("ByteReader[at 1 of b\"\\x01\\x02\"]", first.toString());
  }
}
