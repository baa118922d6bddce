// SPDX-License-Identifier: Apache-2.0
package tulip.bytes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bytes from text and text from bytes.
class BytesTextTest {
  @Test
  void hexGoesBothWays() {
    Bytes bytes = Bytes.ofHex("00ff7F80aB");
    assertArrayEquals(new byte[] {0, -1, 0x7F, -128, (byte) 0xAB}, bytes.toByteArray());
    assertEquals("00ff7f80ab", bytes.hex());
    assertEquals("7f80", bytes.slice(2, 4).hex());
    assertEquals("", Bytes.EMPTY.hex());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0g", "0 1", "0x00", "00 11"})
  void badHexIsRefused(String digits) {
    assertThrows(IllegalArgumentException.class, () -> Bytes.ofHex(digits));
  }

  @Test
  void asciiEndsAt127() {
    assertEquals(Bytes.ofHex("00417f"), Bytes.ofAscii("\0A\u007F"));
    var error = assertThrows(IllegalArgumentException.class, () -> Bytes.ofAscii("ab\u0080"));
    assertEquals("U+0080 at index 2 has no place in ASCII", error.getMessage());
    assertEquals("a\uFFFDb", Bytes.ofHex("618062").ascii());
  }

  @Test
  void latin1EndsAt255() {
    assertEquals(Bytes.ofHex("41e9ff"), Bytes.ofLatin1("A\u00E9\u00FF"));
    assertEquals("A\u00E9\u00FF", Bytes.ofHex("0041e9ff").slice(1).latin1());
    var error = assertThrows(IllegalArgumentException.class, () -> Bytes.ofLatin1("x\u010A"));
    assertEquals("U+010A at index 1 has no place in Latin-1", error.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "$, 24",
    "\u007F, 7f",
    "\u0080, c280",
    "\u07FF, dfbf",
    "\u0800, e0a080",
    "\uD7FF, ed9fbf",
    "\uE000, ee8080",
    "\uFFFD, efbfbd",
    "\uFFFF, efbfbf",
    "\uD800\uDC00, f0908080",
    "\uDBFF\uDFFF, f48fbfbf",
    "a\u00E9\u20AC\uD83C\uDF37z, 61c3a9e282acf09f8cb77a"
  })
  void utf8GoesBothWays(String text, String hex) throws MalformedException {
    assertEquals(hex, Bytes.ofUtf8(text).hex());
    assertEquals(text, Bytes.ofHex(hex).utf8());
    assertEquals(text, Bytes.ofHex("aa" + hex).slice(1).utf8Strict());
  }

  @Test
  void utf8OfRandomTextIsTheJdks() {
    var random = new Random(4);
    int[] bounds = {0x80, 0x800, 0xD800, 0x110000};
    for (int round = 0; round < 5_000; round++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        int point = random.nextInt(bounds[random.nextInt(bounds.length)]);
        text.appendCodePoint(point >= 0xD800 && point < 0xE000 ? '?' : point);
      }
      assertArrayEquals(
          text.toString().getBytes(UTF_8), Bytes.ofUtf8(text.toString()).toByteArray());
    }
  }

  @Test
  void halfASurrogatePairIsRefused() {
    assertEquals("U+D83C at index 1 has no place in UTF-8", refusal("a\uD83C"));
    assertEquals("U+D83C at index 1 has no place in UTF-8", refusal("a\uD83Cz"));
    assertEquals("U+DF37 at index 0 has no place in UTF-8", refusal("\uDF37"));
    assertEquals("U+D83C at index 0 has no place in UTF-8", refusal("\uD83C\uD83C\uDF37"));
    assertEquals("U+DF37 at index 2 has no place in UTF-8", refusal("\uD83C\uDF37\uDF37"));
  }

  private static String refusal(String text) {
    var error = assertThrows(IllegalArgumentException.class, () -> Bytes.ofUtf8(text));
    return String.valueOf(error.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "6180, invalid UTF-8 at offset 1",
    "61c328, invalid UTF-8 at offset 2",
    "c080, invalid UTF-8 at offset 0",
    "eda080, invalid UTF-8 at offset 1",
    "61e282, UTF-8 ends inside a character",
    "f0, UTF-8 ends inside a character"
  })
  void strictDecodingSaysWhereItIsWrong(String hex, String message) {
    Bytes bytes = Bytes.ofHex(hex);
    var error = assertThrows(MalformedException.class, bytes::utf8Strict);
    assertEquals(message, error.getMessage());
    assertEquals(new String(bytes.toByteArray(), UTF_8), bytes.utf8(), "else it is replaced");
  }

  @Test
  void questionMarksAreTextToo() {
    assertEquals(Bytes.ofHex("613f"), Bytes.ofAscii("a?"));
    assertEquals(Bytes.ofHex("e93f"), Bytes.ofLatin1("\u00E9?"));
    assertEquals(Bytes.ofHex("c3a93f"), Bytes.ofUtf8("\u00E9?"));
    assertThrows(IllegalArgumentException.class, () -> Bytes.ofUtf8("?\uD83C"));
  }

  @Test
  void showsItselfAsPythonWould() {
    assertEquals("b\"\"", Bytes.EMPTY.toString());
    assertEquals(
        "b\"GET /\\r\\n\\t\\\"\\\\\\x00\\x7f\\xff~ \"",
        Bytes.ofLatin1("GET /\r\n\t\"\\\0\u007F\u00FF~ ").toString());
  }

  @Test
  void showsNoMoreThan64Bytes() {
    assertEquals("b\"" + "x".repeat(64) + "\"", Bytes.ofAscii("x".repeat(64)).toString());
    assertEquals(
        "b\"" + "x".repeat(64) + "\"... 65 bytes", Bytes.ofAscii("x".repeat(65)).toString());
  }
}
