// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Parameters by the name of a service: section 34.17 of the manual.
final class ServiceFile {
  private ServiceFile() {}

  /// @throws IllegalArgumentException if no file has the service, or one cannot be read
  static Map<String, String> read(String service, Map<String, String> environment) {
    var files = files(environment);
    for (var file : files) {
      var lines = Files.exists(file) ? ConnectionParameters.lines(file) : List.<String>of();
      if (lines.contains("[" + service + "]")) {
        return section(lines, service);
      }
    }
    throw new IllegalArgumentException("no service '" + service + "' in " + files);
  }

  private static List<Path> files(Map<String, String> environment) {
    var files = new ArrayList<Path>();
    var named = environment.get("PGSERVICEFILE");
    var home = environment.get("HOME");
    if (named != null) {
      files.add(Path.of(named));
    } else if (home != null) {
      files.add(Path.of(home, ".pg_service.conf"));
    }
    var system = environment.get("PGSYSCONFDIR");
    files.add(Path.of(system == null ? "/etc/postgresql-common" : system, "pg_service.conf"));
    return files;
  }

  private static Map<String, String> section(List<String> lines, String service) {
    var values = new HashMap<String, String>();
    int begin = lines.indexOf("[" + service + "]") + 1;
    for (var line : lines.subList(begin, lines.size())) {
      if (line.startsWith("[")) {
        break;
      }
      int equals = line.indexOf('=');
      if (equals > 0 && !line.startsWith("#")) {
        values.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      }
    }
    return values;
  }
}
