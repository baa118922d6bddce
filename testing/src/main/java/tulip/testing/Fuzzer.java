// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import java.util.Random;

/// Runs a test with chance in it, round after round, so that what fails can be run again.
///
/// ```java
/// @Test
/// void anyText() {
///   Fuzzer.rounds(10_000, random -> assertEquals(text, parse(format(random))));
/// }
/// ```
///
/// A round gets a source of chance with a seed of its own, and fails by throwing. The failure names
/// the seed; with `-Dtulip.fuzz.seed=` and that number, as a system property, that round runs
/// alone.
public final class Fuzzer {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L; // seeds in a row must not be alike
  private static final long DEFAULT_SECONDS = 60;
  private static final long NANOS = 1_000_000_000;

  /// One round.
  @FunctionalInterface
  public interface Round {
    /// Makes something up, and checks what becomes of it.
    ///
    /// @param random what a round does may depend on this alone
    /// @throws Exception to say that it is wrong
    void run(Random random) throws Exception;
  }

  private Fuzzer() {}

  /// Runs so many rounds, the same each time: for a test that always runs.
  ///
  /// @throws AssertionError if one fails
  public static void rounds(int count, Round round) {
    if (!runAlone(round)) {
      for (int seed = 0; seed < count; seed++) {
        run(seed, round);
      }
    }
  }

  /// Runs rounds that nobody has run before, for as many seconds as the system property
  /// `tulip.fuzz.seconds` says, or 60: for a test that runs when there is time.
  ///
  /// @throws AssertionError if one fails
  public static void search(Round round) {
    if (!runAlone(round)) {
      long begin = System.nanoTime();
      long limit = Long.getLong("tulip.fuzz.seconds", DEFAULT_SECONDS) * NANOS;
      for (long seed = begin; System.nanoTime() - begin < limit; seed++) {
        run(seed, round);
      }
    }
  }

  private static boolean runAlone(Round round) {
    var seed = Long.getLong("tulip.fuzz.seed");
    if (seed == null) {
      return false;
    }
    run(seed, round);
    return true;
  }

  private static void run(long seed, Round round) {
    try {
      round.run(new Random(seed * GOLDEN));
    } catch (Throwable t) {
      throw new AssertionError("this round runs alone with -Dtulip.fuzz.seed=" + seed, t);
    }
  }
}
