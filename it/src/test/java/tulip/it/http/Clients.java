// SPDX-License-Identifier: Apache-2.0
package tulip.it.http;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import tulip.core.Tulip;
import tulip.net.testing.RealProcess;

/// Clients that nobody here wrote, each run to its end. In a task.
final class Clients {
  private Clients() {}

  /// Runs one.
  ///
  /// @param folder where it is at home
  /// @return what it has written
  static String run(Path folder, String... command) throws IOException {
    return Tulip.blocking(() -> RealProcess.run(folder, Site.LIMIT, command));
  }

  /// Runs curl, which shows no progress, but errors, and does not go on for ever.
  static String curl(Path folder, String... arguments) throws IOException {
    return run(
        folder,
        Stream.concat(Stream.of("curl", "-sS", "--max-time", "30"), Arrays.stream(arguments))
            .toArray(String[]::new));
  }
}
