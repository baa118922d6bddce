// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskTest {
  @Test
  void equalsTheLoopOfTheStandardAtEachLengthPhaseAndOffset() {
    var random = new Random(1);
    int key = 0x37FA213D;
    for (int length = 0; length < 40; length++) {
      for (int before = 0; before < 5; before++) {
        for (int from = 0; from < 9; from++) {
          byte[] bytes = new byte[from + length + 3];
          random.nextBytes(bytes);
          byte[] expected = bytes.clone();
          for (int i = 0; i < length; i++) {
            expected[from + i] ^= (byte) (key >>> (24 - 8 * ((before + i) % 4)));
          }
          Mask.apply(key, before, bytes, from, from + length);
          assertArrayEquals(expected, bytes);
        }
      }
    }
  }

  @Test
  void thePhaseOfALongPayloadIsNotLost() {
    byte[] bytes = new byte[3];
    Mask.apply(0x01020304, (1L << 40) + 2, bytes, 0, 3);
    assertArrayEquals(new byte[] {3, 4, 1}, bytes);
  }
}
