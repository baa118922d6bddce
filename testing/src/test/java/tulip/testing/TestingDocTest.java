// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The test classes in `docs/testing.md` pass, or fail with what stands below them. Its programs
/// run where those of all pages do, and what is neither is a fragment.
class TestingDocTest {
  private static final Pattern CLASS =
      Pattern.compile(
          "```java\n((?:(?!```).)*?class (\\w+) .*?@(?:Tulip)?Test\\b.*?)```\n"
              + "(?:```console\n(.*?)\n```\n)?",
          Pattern.DOTALL);

  @TempDir Path folder;

  @TestFactory
  List<DynamicTest> testsDoWhatTheDocumentSays() throws Exception {
    var tests = new ArrayList<DynamicTest>();
    var classes = CLASS.matcher(Files.readString(Path.of("..", "docs", "testing.md")));
    while (classes.find()) {
      var source = classes.group(1);
      var name = classes.group(2);
      var failure = classes.group(3);
      tests.add(dynamicTest(name, () -> check(name, source, failure)));
    }
    assertEquals(7, tests.size());
    return tests;
  }

  private void check(String name, String source, @Nullable String failure) throws Exception {
    var file = Files.writeString(folder.resolve(name + ".java"), source);
    var path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    var said = new StringWriter();
    var out = new PrintWriter(said);
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(out, out, "-cp", path, "-d", folder.toString(), file.toString());
    assertEquals(0, status, said::toString);
    var urls = new URL[] {folder.toUri().toURL()};
    try (var loader = new URLClassLoader(urls, getClass().getClassLoader())) {
      var ran = Ran.of(loader.loadClass(name));
      assertFalse(ran.names().isEmpty());
      var failures = ran.failed().stream().map(ran::message).toList();
      assertEquals(failure == null ? List.of() : List.of(failure), failures);
    }
  }
}
