// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tulip.it.House;

/// The Python files beside these classes, run in one process by Debian's Python.
final class Original {
  /// Not the first `python3` on the path: the traces are those of this version.
  private static final String PYTHON = "/usr/bin/python3";

  private static final Path FOLDER = House.ROOT.resolve("it/src/test/java/tulip/it/traces");
  private static final int PATIENCE_SECONDS = 60;

  private Original() {}

  /// What the scenarios of these topics trace, by `topic.scenario`, in the order of the files.
  static Map<String, List<String>> traces(List<String> topics)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(PYTHON, "-B", "-u", "harness.py"));
    command.addAll(topics);
    Path out = Files.createTempFile("tulip-traces", ".txt");
    try {
      var process =
          new ProcessBuilder(command)
              .directory(FOLDER.toFile())
              .redirectErrorStream(true) // a warning of Python's is a trace that differs
              .redirectOutput(out.toFile())
              .start();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      var text = Files.readString(out);
      assertTrue(ended, () -> "Python hangs after:\n" + text);
      assertEquals(0, process.exitValue(), text);
      return parse(text);
    } finally {
      Files.delete(out);
    }
  }

  private static Map<String, List<String>> parse(String text) {
    var traces = new LinkedHashMap<String, List<String>>();
    var trace = new ArrayList<String>();
    for (var line : text.lines().toList()) {
      if (line.startsWith("# ")) {
        trace = new ArrayList<>();
        traces.put(line.substring(2), trace);
      } else {
        trace.add(line);
      }
    }
    return traces;
  }
}
