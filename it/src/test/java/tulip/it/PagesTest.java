// SPDX-License-Identifier: Apache-2.0
package tulip.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Runs every program of the pages in `docs/`, and compares what it writes with the block below it.
///
/// A program is a block of Java with a `main`; other blocks are fragments.
class PagesTest {
  private static final Pattern BLOCK =
      Pattern.compile("```java\n(.*?)```\n(?:```text\n(.*?)```\n)?", Pattern.DOTALL);

  private static final Pattern MAIN =
      Pattern.compile("^(public static )?void main\\(", Pattern.MULTILINE);

  @TempDir Path folder;

  @TestFactory
  List<DynamicContainer> programsWriteWhatThePageSays() throws IOException {
    var pages = new ArrayList<DynamicContainer>();
    try (var files = Files.newDirectoryStream(House.ROOT.resolve("docs"), "*.md")) {
      for (var page : files) {
        var tests = programs(page);
        if (!tests.isEmpty()) {
          pages.add(dynamicContainer(page.getFileName().toString(), page.toUri(), tests.stream()));
        }
      }
    }
    assertFalse(pages.isEmpty());
    return pages;
  }

  private List<DynamicTest> programs(Path page) {
    var tests = new ArrayList<DynamicTest>();
    var blocks = BLOCK.matcher(House.read(page));
    while (blocks.find()) {
      var program = blocks.group(1);
      var output = blocks.group(2);
      if (MAIN.matcher(program).find()) {
        var name = "Program" + (tests.size() + 1);
        tests.add(dynamicTest(name, () -> check(name, program, output)));
      }
    }
    return tests;
  }

  private void check(String name, String program, @Nullable String output)
      throws IOException, InterruptedException {
    assertNotNull(output, "what the program writes belongs in a block of text below it");
    var file = Files.writeString(folder.resolve(name + ".java"), program);
    var run = Launcher.run("run", file.toString());
    assertEquals(0, run.status(), run::err);
    assertEquals(output, run.out());
  }
}
