// SPDX-License-Identifier: Apache-2.0
package tulip.it;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs `./tulip` as a user does.
final class Launcher {
  /// How a run ended, and what it wrote.
  record Run(int status, String out, String err) {}

  private Launcher() {}

  /// Runs it to its end, for which it has five minutes: it may have to build first.
  static Run run(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(House.ROOT.resolve("tulip").toString()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile("tulip", ".out");
    Path err = Files.createTempFile("tulip", ".err");
    try {
      int status = await(new ProcessBuilder(command).redirectOutput(out.toFile()), err);
      return new Run(status, Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static int await(ProcessBuilder command, Path err)
      throws IOException, InterruptedException {
    var process = command.redirectError(err.toFile()).start();
    try {
      process.getOutputStream().close();
      assertTrue(process.waitFor(5, MINUTES), () -> command.command() + " does not end");
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }
}
