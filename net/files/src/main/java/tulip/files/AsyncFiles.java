// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.FileStore;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.core.Tulip;

/// What one does with paths: `java.nio.file.Files` for tasks, under the same names.
///
/// Each operation is one call on a thread of the loop's pool, unless it says more. It throws what
/// the JDK's throws. A task that is cancelled meanwhile waits for the call to end, whose result is
/// dropped. All are for tasks.
@SuppressWarnings("StreamResourceLeak") // a listing closes its stream
public final class AsyncFiles {
  private AsyncFiles() {}

  // Looking.

  /// Whether a path leads to something.
  public static boolean exists(Path path, LinkOption... links) {
    return Tulip.blocking(() -> Files.exists(path, links));
  }

  /// Whether a path is known to lead to nothing.
  public static boolean notExists(Path path, LinkOption... links) {
    return Tulip.blocking(() -> Files.notExists(path, links));
  }

  /// Whether it is a file with content.
  public static boolean isRegularFile(Path path, LinkOption... links) {
    return Tulip.blocking(() -> Files.isRegularFile(path, links));
  }

  /// Whether it is a folder.
  public static boolean isDirectory(Path path, LinkOption... links) {
    return Tulip.blocking(() -> Files.isDirectory(path, links));
  }

  /// Whether it is a symbolic link.
  public static boolean isSymbolicLink(Path path) {
    return Tulip.blocking(() -> Files.isSymbolicLink(path));
  }

  /// Whether this process may read it.
  public static boolean isReadable(Path path) {
    return Tulip.blocking(() -> Files.isReadable(path));
  }

  /// Whether this process may write it.
  public static boolean isWritable(Path path) {
    return Tulip.blocking(() -> Files.isWritable(path));
  }

  /// Whether this process may execute it.
  public static boolean isExecutable(Path path) {
    return Tulip.blocking(() -> Files.isExecutable(path));
  }

  /// Whether it is hidden; on Unix, whether its name begins with a dot.
  public static boolean isHidden(Path path) throws IOException {
    return Tulip.blocking(() -> Files.isHidden(path));
  }

  /// Whether two paths lead to the same file.
  public static boolean isSameFile(Path path, Path other) throws IOException {
    return Tulip.blocking(() -> Files.isSameFile(path, other));
  }

  /// Where two files begin to differ; -1 if they do not. Takes as long as reading both, and a
  /// cancelled task waits for it.
  public static long mismatch(Path path, Path other) throws IOException {
    return Tulip.blocking(() -> Files.mismatch(path, other));
  }

  /// How many bytes are in a file.
  public static long size(Path path) throws IOException {
    return Tulip.blocking(() -> Files.size(path));
  }

  /// The MIME type, as far as the JDK guesses it by the name.
  public static @Nullable String probeContentType(Path path) throws IOException {
    return Tulip.blocking(() -> Files.probeContentType(path));
  }

  /// The path without links, dots and relative parts.
  public static Path toRealPath(Path path, LinkOption... links) throws IOException {
    return Tulip.blocking(() -> path.toRealPath(links));
  }

  /// When the content was last changed.
  public static FileTime getLastModifiedTime(Path path, LinkOption... links) throws IOException {
    return Tulip.blocking(() -> Files.getLastModifiedTime(path, links));
  }

  /// Changes when the content was last changed.
  public static Path setLastModifiedTime(Path path, FileTime time) throws IOException {
    return Tulip.blocking(() -> Files.setLastModifiedTime(path, time));
  }

  /// Whose it is.
  public static UserPrincipal getOwner(Path path, LinkOption... links) throws IOException {
    return Tulip.blocking(() -> Files.getOwner(path, links));
  }

  /// Gives it to somebody else.
  public static Path setOwner(Path path, UserPrincipal owner) throws IOException {
    return Tulip.blocking(() -> Files.setOwner(path, owner));
  }

  /// Who may do what with it.
  public static Set<PosixFilePermission> getPosixFilePermissions(Path path, LinkOption... links)
      throws IOException {
    return Tulip.blocking(() -> Files.getPosixFilePermissions(path, links));
  }

  /// Changes who may do what with it.
  public static Path setPosixFilePermissions(Path path, Set<PosixFilePermission> permissions)
      throws IOException {
    return Tulip.blocking(() -> Files.setPosixFilePermissions(path, permissions));
  }

  /// An attribute by its name, such as `unix:mode`.
  public static @Nullable Object getAttribute(Path path, String name, LinkOption... links)
      throws IOException {
    return Tulip.blocking(() -> Files.getAttribute(path, name, links));
  }

  /// Changes an attribute by its name.
  public static Path setAttribute(
      Path path, String name, @Nullable Object value, LinkOption... links) throws IOException {
    return Tulip.blocking(() -> Files.setAttribute(path, name, value, links));
  }

  /// The file system that it is on.
  public static FileStore getFileStore(Path path) throws IOException {
    return Tulip.blocking(() -> Files.getFileStore(path));
  }

  /// Attributes all at once, such as `BasicFileAttributes`: Python's `stat`.
  public static <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... links) throws IOException {
    return Tulip.blocking(() -> Files.readAttributes(path, type, links));
  }

  /// Attributes by their names, such as `unix:nlink,inode`.
  public static Map<String, Object> readAttributes(Path path, String names, LinkOption... links)
      throws IOException {
    return Tulip.blocking(() -> Files.readAttributes(path, names, links));
  }

  /// The space of the file system that a path is on.
  public static DiskSpace diskSpace(Path path) throws IOException {
    return Tulip.blocking(() -> {
      var store = Files.getFileStore(path);
      return new DiskSpace(
          store.getTotalSpace(), store.getUnallocatedSpace(), store.getUsableSpace());
    });
  }

  // Changing.

  /// Creates an empty file, which must not exist.
  public static Path createFile(Path path, FileAttribute<?>... attributes) throws IOException {
    return Tulip.blocking(() -> Files.createFile(path, attributes));
  }

  /// Creates a folder, which must not exist.
  public static Path createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
    return Tulip.blocking(() -> Files.createDirectory(path, attributes));
  }

  /// Creates a folder and those around it that do not exist.
  public static Path createDirectories(Path path, FileAttribute<?>... attributes)
      throws IOException {
    return Tulip.blocking(() -> Files.createDirectories(path, attributes));
  }

  /// Gives a file one more name.
  public static Path createLink(Path link, Path existing) throws IOException {
    return Tulip.blocking(() -> Files.createLink(link, existing));
  }

  /// Creates a link that leads to a path.
  public static Path createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    return Tulip.blocking(() -> Files.createSymbolicLink(link, target, attributes));
  }

  /// Where a symbolic link leads.
  public static Path readSymbolicLink(Path link) throws IOException {
    return Tulip.blocking(() -> Files.readSymbolicLink(link));
  }

  /// Deletes a file or an empty folder.
  public static void delete(Path path) throws IOException {
    Tulip.blocking(() -> Files.delete(path));
  }

  /// Deletes a file or an empty folder, if it is there.
  public static boolean deleteIfExists(Path path) throws IOException {
    return Tulip.blocking(() -> Files.deleteIfExists(path));
  }

  /// Moves or renames. From one file system to another the JDK copies, and a cancelled task waits
  /// for that.
  public static Path move(Path source, Path target, CopyOption... options) throws IOException {
    return Tulip.blocking(() -> Files.move(source, target, options));
  }

  /// Creates a file with a new name. [TemporaryFile] deletes its own.
  public static Path createTempFile(
      Path directory,
      @Nullable String prefix,
      @Nullable String suffix,
      FileAttribute<?>... attributes)
      throws IOException {
    return Tulip.blocking(() -> Files.createTempFile(directory, prefix, suffix, attributes));
  }

  /// Creates a folder with a new name. [TemporaryDirectory] deletes its own.
  public static Path createTempDirectory(
      Path directory, @Nullable String prefix, FileAttribute<?>... attributes) throws IOException {
    return Tulip.blocking(() -> Files.createTempDirectory(directory, prefix, attributes));
  }

  /// Copies a file, as `Files.copy` does, but so that its target appears whole or not at all. A
  /// task that is cancelled stops after at most 1 MiB more, and the target is as it was.
  public static void copy(Path source, Path target, CopyOption... options) throws IOException {
    copy(source, target, _ -> {}, options);
  }

  /// Copies a file and tells how far it is.
  ///
  /// @param progress told after each 1 MiB how many bytes are copied, in the calling task
  public static void copy(Path source, Path target, LongConsumer progress, CopyOption... options)
      throws IOException {
    new FileCopy(source, target, options).run(progress);
  }

  /// Deletes a file, or a folder and all that is in it. Symbolic links are deleted, not followed. A
  /// task that is cancelled stops after some hundred files.
  public static void deleteTree(Path root) throws IOException {
    boolean gone = false;
    while (!gone) {
      gone = Tulip.blocking(() -> TreeDeletion.deleteSome(root));
    }
  }

  // Folders and trees.

  /// What is in a folder, in no order.
  public static Listing<Path> list(Path directory) throws IOException {
    return Listing.open(directory, () -> Files.list(directory));
  }

  /// What is in a folder, with the attributes of each: Python's `scandir`.
  public static Listing<Entry> scan(Path directory) throws IOException {
    return Listing.open(directory, () -> Entry.ofAll(Files.list(directory)));
  }

  /// A folder and all that is in it, each folder before what is in it.
  ///
  /// @throws java.nio.file.FileSystemLoopException while iterating, if links are followed round
  public static Listing<Path> walk(Path root, FileVisitOption... options) throws IOException {
    return walk(root, Integer.MAX_VALUE, options);
  }

  /// A folder and what is in it down to some depth.
  ///
  /// @param depth 0 for the root alone
  public static Listing<Path> walk(Path root, int depth, FileVisitOption... options)
      throws IOException {
    return Listing.open(root, () -> Files.walk(root, depth, options));
  }

  /// What in a tree meets a condition, which is asked on a thread of the pool.
  ///
  /// @param depth 0 for the root alone
  public static Listing<Path> find(
      Path root,
      int depth,
      BiPredicate<Path, BasicFileAttributes> condition,
      FileVisitOption... options)
      throws IOException {
    return Listing.open(root, () -> Files.find(root, depth, condition, options));
  }

  /// What below a folder has a path, seen from there, that matches a pattern.
  ///
  /// @param pattern as `FileSystem.getPathMatcher` takes it: `*.java` in the folder itself,
  ///   `**.java` at any depth
  public static Listing<Path> glob(Path directory, String pattern) throws IOException {
    var matcher = directory.getFileSystem().getPathMatcher("glob:" + pattern);
    return find(
        directory,
        Integer.MAX_VALUE,
        (path, _) -> !path.equals(directory) && matcher.matches(directory.relativize(path)));
  }

  /// How much is in a tree. Symbolic links are not followed.
  public static DiskUsage diskUsage(Path root) throws IOException {
    var usage = DiskUsage.NONE;
    try (var entries = Listing.open(root, () -> Entry.ofAll(Files.walk(root)))) {
      for (Entry entry; (entry = entries.next()) != null; ) {
        usage = usage.plus(entry);
      }
    }
    return usage;
  }

  // Whole files.

  /// Reads a file.
  ///
  /// @param limit how many bytes at most
  /// @throws FileLimitException if there are more
  public static Bytes readAllBytes(Path path, int limit) throws IOException {
    return WholeFile.read(path, limit);
  }

  /// Reads a file of UTF-8.
  ///
  /// @param limit how many bytes at most
  /// @throws FileLimitException if there are more
  /// @throws java.nio.charset.CharacterCodingException if the bytes are no UTF-8
  public static String readString(Path path, int limit) throws IOException {
    return readString(path, limit, StandardCharsets.UTF_8);
  }

  /// Reads a file of text.
  ///
  /// @param limit how many bytes at most
  /// @throws FileLimitException if there are more
  /// @throws java.nio.charset.CharacterCodingException if the bytes are no such text
  public static String readString(Path path, int limit, Charset charset) throws IOException {
    return WholeFile.readString(path, limit, charset);
  }

  /// Reads the lines of a file of UTF-8. [TextReader] does not hold them all at once.
  ///
  /// @param limit how many bytes at most
  /// @throws FileLimitException if there are more
  public static List<String> readAllLines(Path path, int limit) throws IOException {
    return readString(path, limit).lines().toList();
  }

  /// The lines of a file of UTF-8, one after the other.
  public static TextReader lines(Path path) throws IOException {
    return TextReader.open(path);
  }

  /// Writes a file.
  ///
  /// @param options as for `Files.write`: none creates or empties it
  public static void write(Path path, Bytes bytes, OpenOption... options) throws IOException {
    WholeFile.write(path, bytes.asByteBuffer(), options);
  }

  /// Writes a file of UTF-8.
  ///
  /// @param options as for `Files.writeString`: none creates or empties it
  public static void writeString(Path path, String text, OpenOption... options) throws IOException {
    writeString(path, text, StandardCharsets.UTF_8, options);
  }

  /// Writes a file of text.
  ///
  /// @param options as for `Files.writeString`: none creates or empties it
  /// @throws java.nio.charset.CharacterCodingException if the charset has no bytes for the text;
  ///   the file is as it was then
  public static void writeString(Path path, String text, Charset charset, OpenOption... options)
      throws IOException {
    WholeFile.writeString(path, text, charset, options);
  }

  /// Writes a file so that it has its new content or its old one, and nothing between: see
  /// [Replacement].
  public static void replace(Path path, Bytes bytes) throws IOException {
    try (var replacement = Replacement.open(path)) {
      replacement.file().write(bytes);
      replacement.commit();
    }
  }
}
