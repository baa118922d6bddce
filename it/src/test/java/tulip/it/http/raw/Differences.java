// SPDX-License-Identifier: Apache-2.0
package tulip.it.http.raw;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Where other servers do something else than ours, and why: `differences.txt` in the resources. A
/// section begins with `## `, a server, a colon and what it does; reasons follow, and behind a
/// bullet each case by its name.
final class Differences {
  private Differences() {}

  /// What is explained: the server and the case, with what the server does.
  static Map<String, String> explained() throws IOException {
    var all = new TreeMap<String, String>();
    String[] section = {"", ""};
    for (var line : text().lines().toList()) {
      if (line.startsWith("## ")) {
        section = line.substring(3).split(": ", 2);
      } else if (line.startsWith("- ")) {
        var before = all.put(section[0] + ": " + line.substring(2), section[1]);
        if (before != null) {
          throw new AssertionError("explained twice: " + line);
        }
      }
    }
    return all;
  }

  private static String text() throws IOException {
    try (var in = Differences.class.getResourceAsStream("differences.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
