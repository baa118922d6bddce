// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Deletes some files of a tree, and then stops: what is deleted need not be remembered by whoever
/// goes on.
final class TreeDeletion extends SimpleFileVisitor<Path> {
  private static final int AT_ONCE = 256;

  private final Path root;
  private int deleted;
  private boolean done;

  private TreeDeletion(Path root) {
    this.root = root;
  }

  /// On a thread of the pool. Does not follow symbolic links.
  ///
  /// @return whether all is gone
  static boolean deleteSome(Path root) throws IOException {
    var deletion = new TreeDeletion(root);
    Files.walkFileTree(root, deletion);
    return deletion.done;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    return delete(file);
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem)
      throws IOException {
    if (problem != null) {
      throw problem;
    }
    return delete(directory);
  }

  private FileVisitResult delete(Path path) throws IOException {
    Files.deleteIfExists(path); // somebody else may be faster
    done = path.equals(root);
    return ++deleted < AT_ONCE ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
  }
}
