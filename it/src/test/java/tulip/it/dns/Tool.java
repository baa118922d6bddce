// SPDX-License-Identifier: Apache-2.0
package tulip.it.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Runs a program that others wrote, to its end.
final class Tool {
  private Tool() {}

  /// The lines that it writes.
  static List<String> run(String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), output);
      return output.lines().toList();
    } finally {
      process.destroyForcibly();
    }
  }
}
