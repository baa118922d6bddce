// SPDX-License-Identifier: Apache-2.0
package tulip.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// The word-wise searches against the obvious loops, at every alignment.
class SearchTest {
  @Test
  void findsAByteAtEveryPlaceOfEveryLength() {
    for (int length = 0; length <= 40; length++) {
      for (int place = 0; place < length; place++) {
        byte[] array = new byte[length];
        array[place] = 1;
        for (int from = 0; from <= length; from++) {
          int expected = from <= place ? place : -1;
          assertEquals(expected, Search.indexOf(array, from, length, (byte) 1));
        }
        assertEquals(-1, Search.indexOf(array, 0, place, (byte) 1), "it ends before");
      }
    }
  }

  @Test
  void bytesThatDifferByOneOrBySignAreNotMistaken() {
    // The borrow of the word trick lights lanes above a hit, and 0x01 and 0x80 are its edges.
    byte[] edges = {0x00, 0x01, 0x7F, (byte) 0x80, (byte) 0x81, (byte) 0xFE, (byte) 0xFF, 0x0D};
    var random = new Random(5);
    for (int round = 0; round < 20_000; round++) {
      byte[] array = new byte[random.nextInt(33)];
      for (int i = 0; i < array.length; i++) {
        array[i] = edges[random.nextInt(edges.length)];
      }
      byte wanted = edges[random.nextInt(edges.length)];
      int from = random.nextInt(array.length + 1);
      assertEquals(plain(array, from, wanted), Search.indexOf(array, from, array.length, wanted));
    }
  }

  private static int plain(byte[] array, int from, byte wanted) {
    for (int i = from; i < array.length; i++) {
      if (array[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void findsByteStringsLikeStringDoes() {
    var random = new Random(6);
    for (int round = 0; round < 50_000; round++) {
      String text = letters(random, random.nextInt(40));
      String wanted = letters(random, random.nextInt(5));
      int from = random.nextInt(text.length() + 1);
      byte[] array = Bytes.ofAscii("ab" + text + "ab").toByteArray();
      int found = Search.indexOf(array, from + 2, text.length() + 2, Bytes.ofAscii(wanted));
      int expected = text.indexOf(wanted, from);
      assertEquals(expected, found < 0 ? -1 : found - 2, text + " / " + wanted);
    }
  }

  private static String letters(Random random, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(random.nextBoolean() ? 'a' : 'b');
    }
    return text.toString();
  }

  @Test
  void skipsAsciiUpToTheFirstOtherByte() {
    for (int length = 0; length <= 24; length++) {
      byte[] array = new byte[length];
      assertEquals(length, Search.skipAscii(array, 0, length));
      for (int place = 0; place < length; place++) {
        array[place] = (byte) (0x80 + place);
        for (int from = 0; from <= place; from++) {
          assertEquals(place, Search.skipAscii(array, from, length));
          assertEquals(place, Search.skipAscii(array, from, place), "it ends before");
        }
        array[place] = 0x7F;
      }
    }
  }

  @Test
  void skipsPrintableBytesUpToTheFirstControlCharacter() {
    byte[] plain = {' ', '~', 'a', (byte) 0x80, (byte) 0x9F, (byte) 0xA0, (byte) 0xFF};
    byte[] control = {0, 1, '\t', '\n', '\r', 0x1F, 0x7F};
    var random = new Random(6);
    for (int round = 0; round < 20_000; round++) {
      byte[] array = new byte[random.nextInt(33)];
      for (int i = 0; i < array.length; i++) {
        array[i] = plain[random.nextInt(plain.length)];
      }
      int from = random.nextInt(array.length + 1);
      int expected = array.length;
      for (int hits = random.nextInt(3); hits > 0 && from < array.length; hits--) {
        int place = random.nextInt(from, array.length);
        array[place] = control[random.nextInt(control.length)];
        expected = Math.min(expected, place);
      }
      assertEquals(expected, Ascii.skipPrintable(array, from, array.length));
      assertEquals(expected, Ascii.skipPrintable(array, from, expected), "it ends before");
    }
  }
}
