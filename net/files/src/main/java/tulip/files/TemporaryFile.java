// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.core.Block;
import tulip.core.Tulip;

/// A file that is deleted when it is closed.
///
/// ```java
/// try (var temporary = TemporaryFile.open()) {
///   temporary.file().write(bytes);
///   ...
/// }
/// ```
public final class TemporaryFile implements AutoCloseable {
  private static final Set<StandardOpenOption> READ_AND_WRITE =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);

  private final AsyncFile file;

  private TemporaryFile(AsyncFile file) {
    this.file = file;
  }

  /// Creates and opens a file in the system's folder for such, which only this user may read.
  public static TemporaryFile open() throws IOException {
    return create(() -> Files.createTempFile("tulip-", null));
  }

  /// Creates and opens a file which only this user may read.
  ///
  /// @param prefix of its name
  /// @param suffix of its name; `null` for `.tmp`
  public static TemporaryFile open(Path directory, String prefix, @Nullable String suffix)
      throws IOException {
    return create(() -> Files.createTempFile(directory, prefix, suffix));
  }

  /// Opens a file that a block creates on a thread of the pool.
  static TemporaryFile create(Block<Path, IOException> creation) throws IOException {
    var created = Resources.open(() -> Created.open(creation.run()));
    return new TemporaryFile(new AsyncFile(created.path, created.channel, false));
  }

  /// Between its creation and its owner.
  private record Created(Path path, FileChannel channel) implements AutoCloseable {
    static Created open(Path path) throws IOException {
      try {
        return new Created(path, FileChannel.open(path, READ_AND_WRITE));
      } catch (Throwable t) {
        Files.deleteIfExists(path);
        throw t;
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
      Files.deleteIfExists(path);
    }
  }

  /// Where it is.
  public Path path() {
    return file.path();
  }

  /// The open file.
  public AsyncFile file() {
    return file;
  }

  /// Closes and deletes the file, in a cancelled scope too. Does nothing if it is not there any
  /// more.
  @Override
  public void close() throws IOException {
    try {
      file.close();
    } finally {
      Tulip.shield(() -> Tulip.blocking(() -> Files.deleteIfExists(path())));
    }
  }

  @Override
  public String toString() {
    return "temporary " + file;
  }
}
