// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Passwords by server, database and user, `*` for any: section 34.16 of the manual.
final class PasswordFile {
  private static final int FIELDS = 5;

  private PasswordFile() {}

  /// The password of the first line that fits; `null` if there is none, or if others may read the
  /// file. Blocks.
  static @Nullable String find(Path file, Endpoint endpoint, PostgresOptions options)
      throws IOException {
    if (!Files.isReadable(file) || isOpenToOthers(file)) {
      return null;
    }
    var host = endpoint instanceof Endpoint.Host tcp ? tcp.host() : "localhost";
    var wanted = List.of(host, "" + endpoint.port(), options.database(), options.user());
    for (var line : Files.readAllLines(file)) {
      var fields = line.startsWith("#") ? List.<String>of() : fields(line);
      if (fields.size() == FIELDS && fits(fields, wanted)) {
        return fields.getLast();
      }
    }
    return null;
  }

  private static boolean isOpenToOthers(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return false;
    }
    return Files.getPosixFilePermissions(file).stream()
        .map(PosixFilePermission::name)
        .anyMatch(name -> !name.startsWith("OWNER"));
  }

  private static boolean fits(List<String> fields, List<String> wanted) {
    for (int i = 0; i < wanted.size(); i++) {
      if (!fields.get(i).equals("*") && !fields.get(i).equals(wanted.get(i))) {
        return false;
      }
    }
    return true;
  }

  /// Divided by colons; a backslash takes the meaning from what follows.
  private static List<String> fields(String line) {
    var fields = new ArrayList<String>();
    var field = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == ':' && fields.size() < FIELDS - 1) {
        fields.add(field.toString());
        field.setLength(0);
      } else if (c == '\\' && i + 1 < line.length()) {
        field.append(line.charAt(++i));
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
