// SPDX-License-Identifier: Apache-2.0
package tulip.bytes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Strict UTF-8 against the table of the standard and against the JDK's decoder, cut everywhere.
class Utf8ValidatorTest {
  private final CharsetDecoder decoder = UTF_8.newDecoder();
  private final CharBuffer chars = CharBuffer.allocate(64);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "7f",
        "c280",
        "dfbf",
        "e0a080",
        "e0bfbf",
        "ecbfbf",
        "ed8080",
        "ed9fbf",
        "ee8080",
        "efbfbd",
        "efbfbf",
        "f0908080",
        "f3bfbfbf",
        "f4808080",
        "f48fbfbf",
        "48656c6c6f2dc2b540c39fc3b6c3a4c3bcc3a0c3a12d5554462d382121",
        "6162636465666768696a6b6c6d6e6f70e282ac7172737475767778797af09f8cb7"
      })
  void acceptsTextHoweverItIsCut(String hex) {
    Bytes text = Bytes.ofHex(hex);
    for (int first = 0; first <= text.length(); first++) {
      for (int second = first; second <= text.length(); second++) {
        var validator = new Utf8Validator();
        assertTrue(validator.accept(text.slice(0, first)));
        assertTrue(validator.accept(text.slice(first, second)));
        assertTrue(validator.accept(text.slice(second)));
        assertTrue(validator.isComplete());
        assertEquals(text.length(), validator.accepted());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "80, 0", // a continuation of nothing
    "bf, 0",
    "c0, 0", // overlong, whatever follows
    "c1bf, 0",
    "e09fbf, 1",
    "f08fbfbf, 1",
    "eda080, 1", // surrogates
    "edbfbf, 1",
    "f4908080, 1", // beyond U+10FFFF
    "f5808080, 0",
    "f8, 0",
    "fe, 0",
    "ff, 0",
    "c241, 1", // not continued
    "e28241, 2",
    "f09f8c41, 3",
    "f09fc2, 2",
    "c2c2, 1",
    "616263c3a9616263646566676880, 13", // text, then a stray byte
    "cebae1bdb9cf83cebcceb5eda080656469746564, 12" // the case of the Autobahn suite
  })
  void failsAtTheFirstBadByteHoweverItIsCut(String hex, int bad) {
    Bytes text = Bytes.ofHex(hex);
    for (int cut = 0; cut <= text.length(); cut++) {
      var validator = new Utf8Validator();
      assertEquals(cut <= bad, validator.accept(text.slice(0, cut)), "up to " + cut);
      assertFalse(validator.accept(text.slice(cut)));
      assertFalse(validator.isComplete());
      assertEquals(bad, validator.accepted());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"c2", "e2", "e282", "f0", "f09f", "f09f8c", "61e2"})
  void textCutInsideACharacterIsGoodButNotComplete(String hex) {
    var validator = new Utf8Validator();
    assertTrue(validator.accept(Bytes.ofHex(hex)));
    assertFalse(validator.isComplete());
  }

  @Test
  void onceBrokenItStaysBrokenUntilReset() {
    var validator = new Utf8Validator();
    assertFalse(validator.accept(Bytes.ofHex("6180")));
    assertFalse(validator.accept(Bytes.ofAscii("good")));
    assertFalse(validator.accept(Bytes.EMPTY));
    assertEquals(1, validator.accepted());
    validator.reset();
    assertTrue(validator.isComplete());
    assertEquals(0, validator.accepted());
    assertTrue(validator.accept(Bytes.ofAscii("good")));
  }

  @Test
  void resetForgetsAnUnfinishedCharacter() {
    var validator = new Utf8Validator();
    assertTrue(validator.accept(Bytes.ofHex("e2")));
    validator.reset();
    assertTrue(validator.accept(Bytes.ofAscii("x")));
    assertTrue(validator.isComplete());
  }

  @Test
  void readsItsPartOfAnArrayOnly() {
    byte[] array = Bytes.ofHex("ffc3a9ff").toByteArray();
    var validator = new Utf8Validator();
    assertTrue(validator.accept(array, 1, 2));
    assertTrue(validator.isComplete());
    assertThrows(IndexOutOfBoundsException.class, () -> validator.accept(array, 3, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> validator.accept(array, -1, 2));
  }

  @Test
  void agreesWithTheJdkOnAllShortSequences() {
    for (int i = 0; i < 0x100; i++) {
      check(new byte[] {(byte) i});
      for (int j = 0; j < 0x100; j++) {
        check(new byte[] {(byte) i, (byte) j});
      }
    }
    int[] thirds = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
    for (int i = 0xC0; i < 0x100; i++) {
      for (int j = 0; j < 0x100; j++) {
        for (int third : thirds) {
          check(new byte[] {(byte) i, (byte) j, (byte) third});
          check(new byte[] {(byte) i, (byte) j, (byte) 0x80, (byte) third});
        }
      }
    }
  }

  @Test
  void agreesWithTheJdkOnDamagedText() {
    var random = new Random(7);
    for (int round = 0; round < 50_000; round++) {
      byte[] text = "ab\u00E9c\u20ACdefghijklmnop\uD83C\uDF37".repeat(1).getBytes(UTF_8);
      for (int damage = random.nextInt(3); damage > 0; damage--) {
        text[random.nextInt(text.length)] = (byte) random.nextInt();
      }
      check(text);
    }
  }

  private void check(byte[] text) {
    ByteBuffer in = ByteBuffer.wrap(text);
    chars.clear();
    decoder.reset();
    CoderResult result = decoder.decode(in, chars, false);
    boolean malformed = result.isMalformed();
    var validator = new Utf8Validator();
    boolean good = validator.accept(text, 0, text.length);
    boolean complete = !malformed && !in.hasRemaining();
    assertEquals(complete, validator.isComplete(), () -> Bytes.copyOf(text).hex());
    assertTrue(!malformed || !good, () -> Bytes.copyOf(text).hex());
  }
}
