// SPDX-License-Identifier: Apache-2.0
package tulip.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Bytes as a value: making, comparing, cutting and joining it.
class BytesTest {
  private static final Bytes HELLO = Bytes.ofAscii("hello, world");

  @Test
  void copiesDoNotFollowTheirSource() {
    byte[] source = {1, 2, 3, 4};
    Bytes whole = Bytes.copyOf(source);
    Bytes part = Bytes.copyOf(source, 1, 2);
    ByteBuffer buffer = ByteBuffer.wrap(source, 2, 2);
    Bytes rest = Bytes.copyOf(buffer);
    Arrays.fill(source, (byte) 9);
    assertEquals(Bytes.ofHex("01020304"), whole);
    assertEquals(Bytes.ofHex("0203"), part);
    assertEquals(Bytes.ofHex("0304"), rest);
    assertEquals(2, buffer.position(), "the buffer is not consumed");
  }

  @Test
  void copiesDirectBuffersToo() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(4).put(new byte[] {1, 2, 3, 4}).flip();
    assertEquals(Bytes.ofHex("01020304"), Bytes.copyOf(buffer));
  }

  @Test
  void wrappedArraysAreNotCopied() {
    byte[] owned = {1, 2, 3};
    Bytes whole = Bytes.wrap(owned);
    Bytes part = Bytes.wrap(owned, 1, 2);
    owned[1] = 7;
    assertEquals(7, whole.byteAt(1));
    assertEquals(7, part.byteAt(0));
  }

  @Test
  void emptyOnesAreTheConstant() {
    assertSame(Bytes.EMPTY, Bytes.copyOf(new byte[0]));
    assertSame(Bytes.EMPTY, Bytes.wrap(new byte[0]));
    assertSame(Bytes.EMPTY, Bytes.wrap(new byte[3], 3, 0));
    assertSame(Bytes.EMPTY, Bytes.ofUtf8(""));
    assertSame(Bytes.EMPTY, HELLO.slice(5, 5));
    assertTrue(Bytes.EMPTY.isEmpty());
    assertFalse(HELLO.isEmpty());
  }

  @Test
  void partsOutsideAnArrayAreRefused() {
    byte[] source = new byte[4];
    for (int[] part : new int[][] {{-1, 1}, {0, 5}, {4, 1}, {1, -1}, {1, Integer.MAX_VALUE}}) {
      assertThrows(IndexOutOfBoundsException.class, () -> Bytes.copyOf(source, part[0], part[1]));
      assertThrows(IndexOutOfBoundsException.class, () -> Bytes.wrap(source, part[0], part[1]));
    }
  }

  @Test
  void equalBytesAreEqualWhereverTheyLie() {
    Bytes own = Bytes.ofAscii("world");
    Bytes slice = HELLO.slice(7);
    assertEquals(own, slice);
    assertEquals(slice, own);
    assertEquals(own.hashCode(), slice.hashCode());
    assertEquals(0, own.compareTo(slice));
    assertNotEquals(own, HELLO);
    assertNotEquals(own, Bytes.ofAscii("World"));
    assertNotEquals(own, Bytes.ofAscii("worl"));
    assertNotEquals(own, (Object) "world");
    assertNotEquals(own, null);
  }

  @Test
  void theHashIsThatOfTheArray() {
    var random = new Random(1);
    for (int length = 0; length < 70; length++) {
      byte[] array = new byte[length];
      random.nextBytes(array);
      Bytes bytes = Bytes.copyOf(array);
      int expected = Arrays.hashCode(array);
      assertEquals(expected, bytes.hashCode());
      assertEquals(expected, bytes.hashCode(), "the same when asked again");
      byte[] shifted = new byte[length + 2];
      System.arraycopy(array, 0, shifted, 1, length);
      assertEquals(expected, Bytes.wrap(shifted, 1, length).hashCode());
    }
  }

  @Test
  void orderIsThatOfUnsignedBytes() {
    List<Bytes> sorted = new ArrayList<>();
    for (String hex : List.of("", "00", "0000", "01", "7f", "7fff", "80", "ff", "ff00", "ffff")) {
      sorted.add(Bytes.ofHex(hex));
    }
    List<Bytes> shuffled = new ArrayList<>(sorted);
    Collections.shuffle(shuffled, new Random(2));
    Collections.sort(shuffled);
    assertEquals(sorted, shuffled);
  }

  @Test
  void orderEqualityAndHashAgreeOnRandomSlices() {
    var random = new Random(3);
    byte[] pond = new byte[64];
    for (int i = 0; i < pond.length; i++) {
      pond[i] = (byte) (random.nextBoolean() ? 0x7F : 0x80);
    }
    Bytes all = Bytes.wrap(pond);
    for (int round = 0; round < 20_000; round++) {
      Bytes a = slice(all, random);
      Bytes b = slice(all, random);
      boolean equal = Arrays.equals(a.toByteArray(), b.toByteArray());
      int order = Arrays.compareUnsigned(a.toByteArray(), b.toByteArray());
      assertEquals(equal, a.equals(b));
      assertEquals(equal, a.constantTimeEquals(b));
      assertEquals(Integer.signum(order), Integer.signum(a.compareTo(b)));
      assertEquals(Integer.signum(order), -Integer.signum(b.compareTo(a)));
      assertEquals(equal, new HashSet<>(List.of(a)).contains(b));
    }
  }

  private static Bytes slice(Bytes all, Random random) {
    int from = random.nextInt(all.length());
    return all.slice(from, Math.min(all.length(), from + random.nextInt(12)));
  }

  @Test
  void secretsAreComparedInFull() {
    Bytes secret = Bytes.ofHex("00ff80017f");
    assertTrue(secret.constantTimeEquals(Bytes.ofHex("aa00ff80017f").slice(1)));
    assertFalse(secret.constantTimeEquals(Bytes.ofHex("00ff80017e")));
    assertFalse(secret.constantTimeEquals(Bytes.ofHex("01ff80017f")));
    assertFalse(secret.constantTimeEquals(Bytes.ofHex("00ff8001")));
    assertTrue(Bytes.EMPTY.constantTimeEquals(Bytes.EMPTY));
  }

  @Test
  void slicesOfSlicesCountFromTheirOwnStart() {
    Bytes world = HELLO.slice(7);
    assertEquals(Bytes.ofAscii("orl"), world.slice(1, 4));
    assertEquals(Bytes.ofAscii("rl"), world.slice(1, 4).slice(1));
    assertEquals('o', world.byteAt(1));
    assertEquals(3, world.slice(1, 4).length());
    assertSame(HELLO, HELLO.slice(0));
  }

  @Test
  void indicesOutsideAreRefused() {
    Bytes slice = HELLO.slice(2, 5);
    for (int index : new int[] {-1, 3, 4, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      assertThrows(IndexOutOfBoundsException.class, () -> slice.byteAt(index));
    }
    assertThrows(IndexOutOfBoundsException.class, () -> slice.slice(4));
    assertThrows(IndexOutOfBoundsException.class, () -> slice.slice(2, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> slice.slice(-1, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> slice.slice(0, 4));
    assertThrows(IndexOutOfBoundsException.class, () -> slice.indexOf((byte) 0, 4));
    assertThrows(IndexOutOfBoundsException.class, () -> slice.indexOf(Bytes.EMPTY, -1));
  }

  @Test
  void findsBytesWithinTheSliceOnly() {
    Bytes slice = HELLO.slice(1, 9); // "ello, wo"
    assertEquals(3, slice.indexOf((byte) 'o'));
    assertEquals(3, slice.indexOf((byte) 'o', 3));
    assertEquals(7, slice.indexOf((byte) 'o', 4));
    assertEquals(-1, slice.indexOf((byte) 'h'));
    assertEquals(-1, slice.indexOf((byte) 'r'));
    assertEquals(-1, slice.indexOf((byte) 'e', 8));
  }

  @Test
  void findsByteStringsWithinTheSliceOnly() {
    Bytes slice = HELLO.slice(1, 9); // "ello, wo"
    assertEquals(1, slice.indexOf(Bytes.ofAscii("llo")));
    assertEquals(6, slice.indexOf(Bytes.ofAscii("wo")));
    assertEquals(-1, slice.indexOf(Bytes.ofAscii("wor")));
    assertEquals(-1, slice.indexOf(Bytes.ofAscii("hell")));
    assertEquals(2, slice.indexOf(Bytes.ofAscii("l"), 2));
    assertEquals(-1, slice.indexOf(Bytes.ofAscii("ello, world")));
    assertEquals(0, slice.indexOf(Bytes.EMPTY));
    assertEquals(8, slice.indexOf(Bytes.EMPTY, 8));
  }

  @Test
  void knowsItsBeginningAndEnd() {
    Bytes slice = HELLO.slice(1, 9); // "ello, wo"
    assertTrue(slice.startsWith(Bytes.ofAscii("ell")));
    assertTrue(slice.endsWith(Bytes.ofAscii(" wo")));
    assertTrue(slice.startsWith(slice));
    assertTrue(slice.endsWith(slice));
    assertTrue(slice.startsWith(Bytes.EMPTY));
    assertTrue(slice.endsWith(Bytes.EMPTY));
    assertFalse(slice.startsWith(Bytes.ofAscii("hell")));
    assertFalse(slice.endsWith(Bytes.ofAscii("wor")));
    assertFalse(slice.startsWith(HELLO));
    assertFalse(slice.endsWith(HELLO));
  }

  @Test
  void caseIsIgnoredForAsciiLettersAndNothingElse() {
    Bytes name = Bytes.ofAscii("xContent-Type").slice(1);
    assertTrue(name.equalsIgnoreAsciiCase(Bytes.ofAscii("content-type")));
    assertTrue(name.equalsIgnoreAsciiCase(Bytes.ofAscii("CONTENT-TYPE")));
    assertTrue(name.equalsIgnoreAsciiCase(name));
    assertFalse(name.equalsIgnoreAsciiCase(Bytes.ofAscii("content-typ")));
    assertFalse(name.equalsIgnoreAsciiCase(Bytes.ofAscii("content-typf")));
    assertFalse(Bytes.ofAscii("@[").equalsIgnoreAsciiCase(Bytes.ofAscii("`{")));
    assertFalse(Bytes.ofHex("c0").equalsIgnoreAsciiCase(Bytes.ofHex("e0")));
  }

  @Test
  void joinsPartsInOrder() {
    Bytes a = Bytes.ofAscii("a");
    Bytes bc = Bytes.ofAscii("xbcx").slice(1, 3);
    assertEquals(Bytes.ofAscii("abca"), Bytes.concat(a, bc, Bytes.EMPTY, a));
    assertSame(bc, Bytes.concat(Bytes.EMPTY, bc, Bytes.EMPTY), "nothing to copy");
    assertSame(Bytes.EMPTY, Bytes.concat());
  }

  @Test
  void refusesToJoinMoreThanAnArrayHolds() {
    Bytes[] parts = new Bytes[2048];
    Arrays.fill(parts, Bytes.wrap(new byte[1 << 20]));
    var error = assertThrows(IllegalArgumentException.class, () -> Bytes.concat(parts));
    assertEquals("2147483648 bytes do not fit into one array", error.getMessage());
  }

  @Test
  void copiesIntoArrays() {
    byte[] target = new byte[5];
    HELLO.slice(7, 10).copyTo(target, 1);
    assertArrayEquals(new byte[] {0, 'w', 'o', 'r', 0}, target);
    assertThrows(IndexOutOfBoundsException.class, () -> HELLO.copyTo(target, 0));
    byte[] copy = HELLO.toByteArray();
    copy[0] = 'J';
    assertEquals('h', HELLO.byteAt(0));
  }

  @Test
  void buffersOverItAreReadOnlyAndIndependent() {
    Bytes slice = HELLO.slice(7);
    ByteBuffer buffer = slice.asByteBuffer();
    assertEquals(0, buffer.position());
    assertEquals(5, buffer.capacity());
    assertEquals('w', buffer.get());
    assertEquals(5, slice.asByteBuffer().remaining());
    assertFalse(buffer.hasArray());
    assertThrows(ReadOnlyBufferException.class, () -> buffer.put(0, (byte) 0));
  }
}
