// SPDX-License-Identifier: Apache-2.0
package tulip.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/// How one run of the benchmarks was asked for.
///
/// @param root the folder that the whole project is in
/// @param quick whether to be done in some minutes: the figures are rough and are not kept
/// @param command what was typed
public record Run(Path root, boolean quick, String command) {
  static Run of(boolean quick, String... args) {
    var root = Path.of(System.getProperty("tulip.root", "."));
    return new Run(root, quick, "./tulip bench " + String.join(" ", args));
  }

  /// Where the programs in other languages are.
  public Path peers() {
    return root.resolve("bench/peers");
  }

  /// What each report begins with: how it was made, when, and where.
  public String origin() throws IOException {
    return """
    Made by `%s` on %s, all in one run; not edited by hand.

    - Machine: %s\
    """
        .formatted(command, LocalDate.now(ZoneId.systemDefault()), Machine.describe());
  }

  /// The line of a report that says which peers it lacks, and why; empty if it lacks none.
  public static String leftOut(List<String> skipped) {
    return skipped.isEmpty() ? "" : "- **Left out**: " + String.join("; ", skipped) + "\n";
  }

  /// Writes a report to the documentation, except from a quick run.
  void publish(String name, String report) throws IOException {
    if (quick) {
      return;
    }
    var file = root.resolve("docs/benchmarks/" + name + ".md");
    Files.createDirectories(file.getParent());
    Files.writeString(file, report);
    System.err.println("written to " + file);
  }
}
