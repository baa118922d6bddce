// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The contract is worth something: each loop that is broken on purpose fails the case that is
/// there for it.
class MutationTest {
  private static final int AT_ONCE = 2;
  private static final List<Mutant> MUTANTS = Mutant.ALL;
  private static final Map<Mutant, Future<List<String>>> RUNS = new HashMap<>();

  @TempDir private static Path folder;
  private static ExecutorService children;
  private static Future<List<String>> control;

  @BeforeAll
  static void start() throws Exception {
    children = Executors.newFixedThreadPool(AT_ONCE);
    var original = Files.createTempDirectory(folder, "control");
    control = children.submit(() -> new MutantJvm(original).run()); // first: it runs every case
    for (var mutant : MUTANTS) {
      var place = Files.createTempDirectory(folder, "mutant");
      RUNS.put(mutant, children.submit(() -> runMutant(mutant, new MutantJvm(place))));
    }
  }

  private static List<String> runMutant(Mutant mutant, MutantJvm jvm) throws Exception {
    jvm.patch(mutant);
    return jvm.run(mutant.rejectedBy());
  }

  @AfterAll
  static void end() {
    children.shutdownNow();
    children.close();
  }

  @ParameterizedTest
  @FieldSource("MUTANTS")
  void isRejected(Mutant mutant) throws Exception {
    var output = output(Objects.requireNonNull(RUNS.get(mutant)));
    assertTrue(
        output.stream().anyMatch(line -> line.startsWith("FAILED " + mutant.rejectedBy() + " ")),
        () -> mutant.rejectedBy() + " did not fail:\n" + String.join("\n", output));
  }

  @Test
  void withoutAMutantEveryCasePasses() throws Exception {
    var output = output(control);
    long passed = output.stream().filter(line -> line.startsWith("SUCCESSFUL ")).count();
    assertEquals(
        Card.expected(new CarrierLoopTest()).applicable(),
        passed,
        () -> "not all passed:\n" + String.join("\n", output));
  }

  private static List<String> output(Future<List<String>> run) throws InterruptedException {
    try {
      return run.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }
}
