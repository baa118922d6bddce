// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tulip.core.Block;
import tulip.core.Tulip;

/// A folder that is deleted with all that is in it when it is closed.
///
/// ```java
/// try (var work = TemporaryDirectory.open()) {
///   AsyncFiles.writeString(work.path().resolve("notes"), "...");
/// }
/// ```
public final class TemporaryDirectory implements AutoCloseable {
  private final Path path;

  private TemporaryDirectory(Path path) {
    this.path = path;
  }

  /// Creates one in the system's folder for such, which only this user may enter.
  public static TemporaryDirectory open() throws IOException {
    return create(() -> Files.createTempDirectory("tulip-"));
  }

  /// Creates one which only this user may enter.
  ///
  /// @param prefix of its name
  public static TemporaryDirectory open(Path directory, String prefix) throws IOException {
    return create(() -> Files.createTempDirectory(directory, prefix));
  }

  private static TemporaryDirectory create(Block<Path, IOException> creation) throws IOException {
    record Created(Path path) implements AutoCloseable {
      @Override
      public void close() throws IOException {
        Files.deleteIfExists(path);
      }
    }
    return new TemporaryDirectory(Resources.open(() -> new Created(creation.run())).path);
  }

  /// Where it is.
  public Path path() {
    return path;
  }

  /// Deletes the folder and all that is in it, in a cancelled scope too. Does nothing if it is not
  /// there any more.
  @Override
  public void close() throws IOException {
    Tulip.shield(() -> {
      if (AsyncFiles.exists(path)) {
        AsyncFiles.deleteTree(path);
      }
    });
  }

  @Override
  public String toString() {
    return "temporary folder " + path;
  }
}
