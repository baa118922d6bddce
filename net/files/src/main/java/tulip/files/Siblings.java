// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/// Files that are written beside another and take its place. For threads of the pool.
final class Siblings {
  private Siblings() {}

  /// Creates an empty file in the same folder, with the permissions of a model, if that is there.
  static Path create(Path target, Path model) throws IOException {
    var path = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    if (hasPosix(path) && Files.exists(model)) {
      var permissions = Files.getPosixFilePermissions(model);
      Files.createFile(path, PosixFilePermissions.asFileAttribute(permissions));
    } else {
      Files.createFile(path);
    }
    return path;
  }

  /// Moves a file over another one, at once for all who look.
  static void replace(Path written, Path target) throws IOException {
    Files.move(written, target, ATOMIC_MOVE, REPLACE_EXISTING);
    forceFolder(target);
  }

  /// A new name is on the device only when its folder is.
  private static void forceFolder(Path file) throws IOException {
    var folder = file.toAbsolutePath().getParent();
    if (folder != null && hasPosix(folder)) {
      try (var channel = FileChannel.open(folder)) {
        channel.force(true);
      }
    }
  }

  static boolean hasPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
