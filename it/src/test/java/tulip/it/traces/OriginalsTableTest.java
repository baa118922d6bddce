// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.it.House;

/// Tables in `docs/features` name tests of ours beside those of the originals: they exist.
class OriginalsTableTest {
  private static final Path FOLDER = House.ROOT.resolve("docs/features");
  private static final List<String> SOURCES =
      List.of(
          "core/src/test",
          "testing/src/main",
          "net/streams/src/test",
          "net/testing/src/main",
          "net/testing/src/test",
          "net/process/src/test",
          "net/dns/src/test",
          "net/transports/src/test",
          "it/src/test");

  private static final Pattern METHOD = Pattern.compile("(?m)^  (?:final )?void (\\w+)\\(");
  private static final Pattern ENTRY = Pattern.compile("`(\\w+)` (\\w+(?:, \\w+)*)");
  private static final String LEFT_OUT = "left out: ";
  private static final Set<String> HEADS = Set.of("ours", "scenario");

  @ParameterizedTest
  @ValueSource(strings = {"asyncio-tests.md", "asyncio-net-tests.md", "transports.md"})
  void everyTestInTheTableExists(String table) throws IOException {
    var tests = tests();
    var wrong = new ArrayList<String>();
    int rows = 0;
    for (var line : House.read(FOLDER.resolve(table)).lines().toList()) {
      if (line.startsWith("| ")) {
        var ours = line.substring(line.lastIndexOf(" | ") + 3, line.length() - 2);
        if (!HEADS.contains(ours)) {
          rows++;
          check(ours, tests, wrong);
        }
      }
    }
    assertTrue(rows > 0, "the table has no rows");
    assertEquals(List.of(), wrong);
  }

  private static void check(String cell, Map<String, Set<String>> tests, List<String> wrong) {
    if (cell.startsWith(LEFT_OUT)) {
      return;
    }
    for (var text : cell.split("; ", -1)) {
      var entry = ENTRY.matcher(text);
      if (!entry.matches()) {
        wrong.add("unclear: " + text);
        continue;
      }
      var methods = tests.getOrDefault(entry.group(1), Set.of());
      for (var method : entry.group(2).split(", ", -1)) {
        if (!methods.contains(method)) {
          wrong.add("missing: " + entry.group(1) + "." + method);
        }
      }
    }
  }

  /// The test methods by class; classes of one name in several packages count as one.
  private static Map<String, Set<String>> tests() throws IOException {
    var tests = new HashMap<String, Set<String>>();
    for (var folder : SOURCES) {
      try (var files = Files.walk(House.ROOT.resolve(folder))) {
        for (var file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
          var name = file.getFileName().toString().replace(".java", "");
          var methods = tests.computeIfAbsent(name, _ -> new HashSet<>());
          METHOD.matcher(House.read(file)).results().forEach(it -> methods.add(it.group(1)));
        }
      }
    }
    return tests;
  }
}
