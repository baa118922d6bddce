// SPDX-License-Identifier: Apache-2.0
package tulip.redis.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import tulip.bytes.Bytes;

/// Commands as arrays of strings.
class CommandEncoderTest {
  private final CommandEncoder encoder = new CommandEncoder(1000);

  private String encode(Object... command) {
    encoder.put(command);
    return encoder.take().utf8();
  }

  @Test
  void argumentsOfAllKinds() {
    assertEquals("*1\r\n$4\r\nPING\r\n", encode("PING"));
    assertEquals(
        "*2\r\n$3\r\nGET\r\n$3\r\nä€\r\n".replace("$3\r\nä", "$5\r\nä"), encode("GET", "ä€"));
    assertEquals("*2\r\n$1\r\nX\r\n$2\r\n\r\n\r\n", encode("X", "\r\n"));
    assertEquals("*2\r\n$1\r\nX\r\n$0\r\n\r\n", encode("X", ""));
    assertEquals("*2\r\n$1\r\nX\r\n$2\r\nab\r\n", encode("X", Bytes.ofAscii("ab")));
    assertEquals("*2\r\n$1\r\nX\r\n$2\r\nab\r\n", encode("X", new byte[] {'a', 'b'}));
    assertEquals("*2\r\n$1\r\nX\r\n$3\r\n-12\r\n", encode("X", -12));
    assertEquals("*2\r\n$1\r\nX\r\n$20\r\n-9223372036854775808\r\n", encode("X", Long.MIN_VALUE));
    assertEquals("*2\r\n$1\r\nX\r\n$3\r\n1.5\r\n", encode("X", 1.5));
    assertEquals("*2\r\n$1\r\nX\r\n$1\r\n3\r\n", encode("X", 3.0));
    assertEquals("*2\r\n$1\r\nX\r\n$4\r\n-inf\r\n", encode("X", Double.NEGATIVE_INFINITY));
    assertEquals("*2\r\n$1\r\nX\r\n$4\r\n\uD83C\uDF37\r\n", encode("X", "\uD83C\uDF37"));
  }

  @Test
  void whatIsNothingForRedisIsRefusedAndLeavesNothing() {
    for (var wrong : new Object[] {true, 'c', new Object(), "\uD83C", "\uDF37x"}) {
      assertThrows(IllegalArgumentException.class, () -> encoder.put("SET", "k", wrong));
    }
    assertThrows(IllegalArgumentException.class, encoder::put);
    assertEquals(0, encoder.size());
  }

  @Test
  void severalCommandsStandBehindOneAnother() {
    encoder.put("A");
    encoder.put("B", 1);
    assertEquals("*1\r\n$1\r\nA\r\n*2\r\n$1\r\nB\r\n$1\r\n1\r\n", encoder.take().ascii());
    assertEquals(0, encoder.size());
  }
}
