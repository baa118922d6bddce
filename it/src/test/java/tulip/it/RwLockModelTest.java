// SPDX-License-Identifier: Apache-2.0
package tulip.it;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Has spin search every history of the read-write lock's model, of any length.
///
/// The tests in `core` walk all schedules of short programs with the real code. The model says what
/// no short program can: that nobody starves.
class RwLockModelTest {
  private static final String MODEL =
      House.ROOT.resolve("it/src/test/promela/rwlock.pml").toString();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nobodyReadsBesideAWriterAndNobodyWaitsInVain(boolean phaseFair) throws Exception {
    compile(phaseFair, "-DSAFETY", "-DNOCLAIM");
    assertHolds(verify());
  }

  @Test
  void inPhasesNobodyStarves() throws Exception {
    compile(true);
    assertHolds(verify("-a", "-f", "-N", "reader_enters"));
    assertHolds(verify("-a", "-f", "-N", "writer_enters"));
  }

  /// As its documentation says.
  @Test
  void otherwiseWritersDoNotStarveButReadersMay() throws Exception {
    compile(false);
    assertHolds(verify("-a", "-f", "-N", "writer_enters"));
    var report = verify("-a", "-f", "-N", "reader_enters");
    assertTrue(report.contains("acceptance cycle"), report);
  }

  private void compile(boolean phaseFair, String... flags) throws Exception {
    var fairness = "-DPHASE_FAIR=" + (phaseFair ? 1 : 0);
    run(words("spin -a -DREADERS=2 -DWRITERS=2 -DCANCEL=1", fairness, MODEL));
    run(words("gcc -O1 -w -DNFAIR=3 -o pan pan.c", flags));
  }

  /// Searches to a depth that is never reached, or the search would be cut there.
  private String verify(String... options) throws Exception {
    return run(words("./pan -m1000000", options));
  }

  private static void assertHolds(String report) {
    assertTrue(report.contains(" errors: 0\n"), report);
    assertFalse(report.contains("max search depth too small"), report);
  }

  private static List<String> words(String beginning, String... more) {
    var words = new ArrayList<>(List.of(beginning.split(" ")));
    words.addAll(List.of(more));
    return words;
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    var output = folder.resolve("output").toFile();
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output)
            .start();
    try {
      assertTrue(process.waitFor(2, MINUTES), () -> command + " does not end");
      var report = House.read(output.toPath());
      assertEquals(0, process.exitValue(), () -> command + ": " + report);
      return report;
    } finally {
      process.destroyForcibly();
    }
  }
}
