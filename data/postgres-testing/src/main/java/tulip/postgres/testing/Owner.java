// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;

/// The user that servers run as if the tests are root's.
final class Owner {
  private static final String NAME = findName();
  private static final String GROUP = NAME.equals("nobody") ? "nogroup" : NAME;

  private Owner() {}

  private static String findName() {
    var users = Path.of("/").getFileSystem().getUserPrincipalLookupService();
    try {
      return users.lookupPrincipalByName("postgres").getName();
    } catch (UserPrincipalNotFoundException e) {
      return "nobody";
    } catch (IOException e) {
      throw new IllegalStateException("the users of this system cannot be looked up", e);
    }
  }

  private static boolean isNeeded() {
    return "root".equals(System.getProperty("user.name"));
  }

  /// Gives a file to that user.
  static void give(Path file) throws IOException {
    if (isNeeded()) {
      var users = file.getFileSystem().getUserPrincipalLookupService();
      Files.setOwner(file, users.lookupPrincipalByName(NAME));
    }
  }

  /// What stands before a command to run it as that user.
  static List<String> become() {
    var command = new ArrayList<String>();
    if (isNeeded()) {
      command.addAll(List.of("setpriv", "--reuid", NAME, "--regid", GROUP, "--clear-groups"));
      command.addAll(List.of("--pdeathsig", "KILL", "--"));
    }
    return command;
  }
}
