// SPDX-License-Identifier: Apache-2.0
package tulip.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// ASCII questions, asked for all 256 bytes.
class AsciiTest {
  private static final String TCHAR =
      "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  @Test
  void classifiesAll256Bytes() {
    for (int i = 0; i < 256; i++) {
      byte b = (byte) i;
      char c = (char) i;
      boolean digit = c >= '0' && c <= '9';
      boolean upper = c >= 'A' && c <= 'Z';
      assertEquals(digit, Ascii.isDigit(b), "digit " + i);
      assertEquals(TCHAR.indexOf(c) >= 0, Ascii.isToken(b), "token " + i);
      assertEquals((byte) (upper ? i + 32 : i), Ascii.toLowerCase(b), "lower case of " + i);
      assertEquals(i < 128 ? Character.digit(c, 16) : -1, Ascii.hexValue(b), "hex " + i);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7, 7",
    "0042, 42",
    "9223372036854775807, 9223372036854775807",
    "00000000000000000000000000001, 1"
  })
  void readsDecimals(String digits, long value) throws MalformedException {
    assertEquals(value, Ascii.parseDecimal(Bytes.ofAscii(digits)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7fffffffffffffff, 9223372036854775807",
    "00ffFF, 65535",
    "0000000000000000000000a, 10"
  })
  void readsHexadecimals(String digits, long value) throws MalformedException {
    assertEquals(value, Ascii.parseHex(Bytes.ofAscii(digits)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "+1", " 1", "1 ", "1_0", "0x1", "1.0", "1a", "\u00B2", "/", ":"})
  void decimalsAreDigitsOnly(String digits) {
    assertThrows(MalformedException.class, () -> Ascii.parseDecimal(Bytes.ofLatin1(digits)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "+1", " 1", "1 ", "0x1", "g", "@", "`", "1;", "\u00E1"})
  void hexadecimalsAreDigitsOnly(String digits) {
    assertThrows(MalformedException.class, () -> Ascii.parseHex(Bytes.ofLatin1(digits)));
  }

  @Test
  void saysWhatIsWrongWithANumber() {
    assertEquals("b\"1x\" is not a decimal number", decimalError("1x"));
    assertEquals("a number without digits", decimalError(""));
    assertEquals(
        "b\"9223372036854775808\" is too large a number", decimalError("9223372036854775808"));
    assertEquals(
        "b\"99999999999999999999\" is too large a number", decimalError("99999999999999999999"));
    assertEquals("b\"1x\" is not a hexadecimal number", hexError("1x"));
    assertEquals("a number without digits", hexError(""));
    assertEquals("b\"8000000000000000\" is too large a number", hexError("8000000000000000"));
    assertEquals("b\"10000000000000000\" is too large a number", hexError("10000000000000000"));
  }

  private static String decimalError(String digits) {
    Bytes bytes = Bytes.ofAscii(digits);
    return message(assertThrows(MalformedException.class, () -> Ascii.parseDecimal(bytes)));
  }

  private static String hexError(String digits) {
    Bytes bytes = Bytes.ofAscii(digits);
    return message(assertThrows(MalformedException.class, () -> Ascii.parseHex(bytes)));
  }

  private static String message(MalformedException error) {
    return String.valueOf(error.getMessage());
  }
}
