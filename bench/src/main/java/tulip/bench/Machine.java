// SPDX-License-Identifier: Apache-2.0
package tulip.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the figures come from.
public final class Machine {
  private Machine() {}

  /// The machine and its JDK, in one line.
  public static String describe() throws IOException {
    return "%s, %d processors, %s %s, JDK %s (%s)"
        .formatted(
            processor(),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            Runtime.version(),
            System.getProperty("java.vendor"));
  }

  /// How many threads of the machine wanted a processor in the last minute.
  public static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static String processor() throws IOException {
    var info = Path.of("/proc/cpuinfo");
    if (Files.isReadable(info)) {
      for (var line : Files.readAllLines(info)) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    }
    return System.getProperty("os.arch");
  }
}
