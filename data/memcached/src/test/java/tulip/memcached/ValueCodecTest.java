// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.memcached.ValueCodec.Encoded;

class ValueCodecTest {
  private static final int LIMIT = 100_000;

  private final ValueCodec<String> text = ValueCodec.text(16).compressed(100, LIMIT);

  @Test
  void largeTextIsCompressedAndMarked() throws MalformedException {
    var large = "to be or not to be ".repeat(100);
    var stored = text.encode(large);
    assertEquals(16 | 8, stored.flags());
    assertTrue(stored.bytes().length() < 100, stored::toString);
    assertEquals(large, text.decode(stored));
  }

  @Test
  void smallTextIsNot() throws MalformedException {
    var stored = text.encode("small");
    assertEquals(new Encoded(Bytes.ofAscii("small"), 16), stored);
    assertEquals("small", text.decode(stored));
  }

  @Test
  void whatWouldGrowIsNot() throws MalformedException {
    byte[] noise = new byte[1000];
    new Random(1).nextBytes(noise);
    var codec = ValueCodec.bytes().compressed(0, LIMIT);
    for (var value : new Bytes[] {Bytes.wrap(noise), Bytes.EMPTY, Bytes.ofAscii("x")}) {
      var stored = codec.encode(value);
      assertEquals(new Encoded(value, 0), stored);
      assertEquals(value, codec.decode(stored));
    }
  }

  @Test
  void aBombIsRefused() {
    var bomb = ValueCodec.bytes().compressed(0, LIMIT).encode(Bytes.wrap(new byte[LIMIT + 1]));
    assertTrue(bomb.bytes().length() < 1000);
    assertThrows(MalformedException.class, () -> text.decode(bomb));
  }

  @Test
  void whatIsNotCompressedButMarkedIsRefused() {
    assertThrows(
        MalformedException.class, () -> text.decode(new Encoded(Bytes.ofAscii("plain"), 8)));
    assertThrows(MalformedException.class, () -> text.decode(new Encoded(Bytes.EMPTY, 8)));
    var cut = text.encode("x".repeat(1000)).bytes();
    assertThrows(
        MalformedException.class,
        () -> text.decode(new Encoded(cut.slice(0, cut.length() - 5), 8)));
  }

  @Test
  void textIsUtf8() {
    assertThrows(
        MalformedException.class,
        () -> ValueCodec.text().decode(new Encoded(Bytes.ofHex("ff"), 0)));
  }

  @Test
  void theMarkIsTheCompressorsAlone() {
    var wrong = ValueCodec.text(8).compressed(0, LIMIT);
    assertThrows(IllegalArgumentException.class, () -> wrong.encode("x"));
  }
}
