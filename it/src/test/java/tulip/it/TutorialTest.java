// SPDX-License-Identifier: Apache-2.0
package tulip.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Runs every program of the pages in `docs/` that have some, and compares what it writes with the
/// block below it.
class TutorialTest {
  private static final List<String> PAGES = List.of("tutorial", "threads");

  private static final Pattern PROGRAM =
      Pattern.compile("```java\n(.*?)```\n```text\n(.*?)```\n", Pattern.DOTALL);

  @TempDir Path folder;

  @TestFactory
  List<DynamicTest> programsWriteWhatTheirPageSays() {
    var tests = new ArrayList<DynamicTest>();
    for (var page : PAGES) {
      var programs = PROGRAM.matcher(House.read(House.ROOT.resolve("docs/" + page + ".md")));
      int number = 0;
      while (programs.find()) {
        var program = programs.group(1);
        var output = programs.group(2);
        var name = page + ++number;
        tests.add(dynamicTest(name, () -> check(name, program, output)));
      }
      assertTrue(number > 0, page);
    }
    return tests;
  }

  private void check(String name, String program, String output)
      throws IOException, InterruptedException {
    var file = Files.writeString(folder.resolve(name + ".java"), program);
    var run = Launcher.run("run", file.toString());
    assertEquals(0, run.status(), run::err);
    assertEquals(output, run.out());
  }
}
