// SPDX-License-Identifier: Apache-2.0
package tulip.sqlite;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a database is. All of it blocks.
///
/// One that nobody else sees is a file too, in a folder of its own: SQLite's own databases in
/// memory either have one connection, or readers that wait for writers. This one behaves as any
/// other, and what is never forced to the disk stays in the system's memory.
sealed interface DatabaseFile extends Closeable {
  static DatabaseFile of(SqliteOptions options) {
    var file = options.file();
    return file == null ? new Temporary() : new Given(file);
  }

  /// The file, which need not be there yet.
  Path path() throws IOException;

  /// What it is set to besides the options.
  List<String> pragmas();

  /// A file of the user's.
  record Given(Path path) implements DatabaseFile {
    @Override
    public List<String> pragmas() {
      return List.of();
    }

    @Override
    public void close() {
      // it stays
    }
  }

  /// A file that is gone at the end.
  final class Temporary implements DatabaseFile {
    private volatile @Nullable Path folder;

    /// Made by the first connection, before there are others.
    @Override
    public Path path() throws IOException {
      var made = folder;
      if (made == null) {
        made = Files.createTempDirectory("tulip-sqlite");
        folder = made;
      }
      return made.resolve("memory.db");
    }

    @Override
    public List<String> pragmas() {
      return List.of("synchronous = off");
    }

    @Override
    public void close() throws IOException {
      var made = folder;
      if (made == null) {
        return;
      }
      try (var files = Files.list(made)) {
        for (var file : files.toList()) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(made);
    }
  }
}
