// SPDX-License-Identifier: Apache-2.0
package tulip.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The choice of sizes, up to where `int` ends.
class StorageTest {
  private static final int MAX = 2_147_483_639;

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1000, 64", // small to begin with
    "0, 500, 1000, 500", // or what is needed
    "64, 65, 1000, 128", // then double
    "64, 300, 1000, 300",
    "600, 700, 1000, 1000", // up to the ceiling
    "1000, 1001, 1000, 1001", // unless more is needed
    "0, 3, 4, 4",
    "1073741824, 1073741825, 4294967294, 2147483639", // 2^30 doubled does not overflow
    "2147483638, 2147483639, 4294967294, 2147483639"
  })
  void growsByDoubling(int capacity, int needed, long ceiling, int expected) {
    assertEquals(expected, Storage.grow(capacity, needed, ceiling));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64, MAX})
  void acceptsLimitsThatFitAnArray(int limit) {
    assertEquals(limit, Storage.checkLimit(limit));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE, MAX + 1, Integer.MAX_VALUE})
  void refusesLimitsThatDoNot(int limit) {
    var error = assertThrows(IllegalArgumentException.class, () -> Storage.checkLimit(limit));
    assertEquals("limit of " + limit + " bytes: must be 1 to 2147483639", error.getMessage());
  }
}
