// SPDX-License-Identifier: Apache-2.0
package tulip.it.net;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tulip.core.Tulip;

/// The open files and sockets of this process.
final class Descriptors {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private Descriptors() {}

  static long count() throws IOException {
    return all().size();
  }

  private static List<Path> all() throws IOException {
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      return files.toList();
    }
  }

  /// Waits until there are no more: the loop closes descriptors when it next looks at its channels.
  static void awaitCount(long count) throws IOException {
    boolean done =
        Tulip.moveOnAfter(
            LIMIT,
            () -> {
              while (count() > count) {
                Tulip.yield();
              }
            });
    if (!done) {
      fail(
          count
              + " descriptors were open, and now "
              + all().stream().map(Descriptors::what).toList());
    }
  }

  private static String what(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return descriptor.toString(); // that of the list itself
    }
  }
}
