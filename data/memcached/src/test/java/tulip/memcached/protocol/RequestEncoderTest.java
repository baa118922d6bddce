// SPDX-License-Identifier: Apache-2.0
package tulip.memcached.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;

class RequestEncoderTest {
  private final RequestEncoder out = new RequestEncoder(KeyEncoding.TEXT);
  private final RequestEncoder binary = new RequestEncoder(KeyEncoding.BINARY);

  private static String wire(RequestEncoder encoder) {
    assertFalse(encoder.isLarge());
    return Bytes.copyOf(encoder.buffer()).latin1();
  }

  @Test
  void commandsAreAsTheProtocolWantsThem() {
    assertEquals(
        "mg foo f v T30\r\n",
        wire(out.command(Command.MG, "foo").flag('f').flag('v').flag('T', 30).end()));
    assertEquals(
        "ms foo 2 MA F4294967295\r\nhi\r\n",
        wire(
            out.command(Command.MS, "foo")
                .size(2)
                .flag('M', 'A')
                .flag('F', 0xFFFF_FFFFL)
                .end()
                .value(Bytes.ofAscii("hi"))));
    assertEquals(
        "md foo C18446744073709551615\r\n",
        wire(out.command(Command.MD, "foo").flag('C', -1).end()));
    assertEquals("stats items\r\n", wire(out.line("stats items")));
  }

  @Test
  void largeValuesAreNotCopied() {
    var value = Bytes.wrap(new byte[100_000]);
    out.command(Command.MS, "foo").size(value.length()).end().value(value);
    assertTrue(out.isLarge());
    var parts = out.parts();
    assertEquals("ms foo 100000\r\n", parts.getFirst().ascii());
    assertEquals(value, parts.get(1));
    assertEquals("\r\n", parts.getLast().ascii());
    assertFalse(out.isLarge());
    assertEquals("mn\r\n", wire(out.line("mn")));
  }

  @Test
  void keysAreUtf8() {
    assertEquals(
        Bytes.ofUtf8("mg gr\u00fc\u00dfe\r\n"),
        Bytes.copyOf(out.command(Command.MG, "gr\u00fc\u00dfe").end().buffer()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\r\nflush_all", "a\0", "tab\t", "\u007f", "\ud800"})
  void keysThatWouldBreakTheLineAreRefused(String key) {
    assertThrows(IllegalArgumentException.class, () -> out.command(Command.MG, key));
    assertEquals("mn\r\n", wire(out.line("mn")));
  }

  @Test
  void keysHaveUpTo250Bytes() {
    assertEquals(
        "mg " + "k".repeat(250) + "\r\n", wire(out.command(Command.MG, "k".repeat(250)).end()));
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> out.command(Command.MG, "k".repeat(251)));
    assertTrue(String.valueOf(e.getMessage()).contains("not 251"), e::toString);
    assertThrows(
        IllegalArgumentException.class, () -> out.command(Command.MG, "\u00fc".repeat(126)));
  }

  @Test
  void binaryKeysAreInBase64IfTheyMust() {
    assertEquals("mg plain v\r\n", wire(binary.command(Command.MG, "plain").flag('v').end()));
    assertEquals(
        "mg Zm9vIGJhcg== v b\r\n", wire(binary.command(Command.MG, "foo bar").flag('v').end()));
    assertEquals("mg /wA= b\r\n", wire(binary.command(Command.MG, "\u00ff\0").end()));
    assertEquals("mg next\r\n", wire(binary.command(Command.MG, "next").end()));
    binary.command(Command.MG, " ".repeat(186)).end();
    assertThrows(IllegalArgumentException.class, () -> binary.command(Command.MG, " ".repeat(187)));
    assertThrows(IllegalArgumentException.class, () -> binary.command(Command.MG, "\u0100"));
  }

  @Test
  void aLineIsOneLine() {
    assertThrows(IllegalArgumentException.class, () -> out.line("stats\r\nflush_all"));
  }
}
