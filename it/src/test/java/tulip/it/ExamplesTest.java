// SPDX-License-Identifier: Apache-2.0
package tulip.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Runs every program in `examples/`, and compares what it writes with the `.txt` file beside it.
class ExamplesTest {
  @TestFactory
  List<DynamicTest> writesWhatItShould() throws IOException {
    var tests = new ArrayList<DynamicTest>();
    try (var programs = Files.newDirectoryStream(House.ROOT.resolve("examples"), "*.java")) {
      for (Path program : programs) {
        tests.add(dynamicTest(program.getFileName().toString(), () -> check(program)));
      }
    }
    return tests;
  }

  private static void check(Path program) throws Exception {
    var run = Launcher.run("run", program.toString());
    assertEquals(0, run.status(), run::err);
    var expected = Path.of(program.toString().replaceFirst("java$", "txt"));
    assertEquals(Files.readString(expected), run.out());
  }
}
