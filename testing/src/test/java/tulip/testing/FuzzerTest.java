// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Rounds of chance that can be run again.
class FuzzerTest {
  @AfterEach
  void forget() {
    System.clearProperty("tulip.fuzz.seed");
    System.clearProperty("tulip.fuzz.seconds");
  }

  private static List<Integer> seen(int rounds) {
    var seen = new ArrayList<Integer>();
    Fuzzer.rounds(rounds, random -> seen.add(random.nextInt()));
    return seen;
  }

  @Test
  void roundsDifferAndAreTheSameEachTime() {
    var seen = seen(100);
    assertEquals(100, new HashSet<>(seen).size());
    assertEquals(seen, seen(100));
  }

  @Test
  void aFailureNamesItsSeed() {
    var wanted = seen(50).getLast();
    var failure =
        assertThrows(
            AssertionError.class,
            () -> Fuzzer.rounds(100, random -> assertTrue(random.nextInt() != wanted)));
    assertEquals("this round runs alone with -Dtulip.fuzz.seed=49", failure.getMessage());
    System.setProperty("tulip.fuzz.seed", "49");
    assertEquals(List.of(wanted), seen(100));
    Fuzzer.search(random -> assertEquals(wanted, random.nextInt()));
  }

  @Test
  void aSearchEndsWhenItsTimeIsOver() {
    System.setProperty("tulip.fuzz.seconds", "0");
    Fuzzer.search(random -> assertEquals(0, 1));
  }
}
