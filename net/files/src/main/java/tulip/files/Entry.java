// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An entry of a folder with what is known of it: Python's `os.DirEntry`.
///
/// @param path where it is
/// @param attributes of the entry itself: symbolic links are not followed
public record Entry(Path path, BasicFileAttributes attributes) {
  /// Looks at each path when it comes to it. One that is gone by then is left out.
  static Stream<Entry> ofAll(Stream<Path> paths) {
    return paths.map(Entry::orNull).filter(Objects::nonNull);
  }

  private static @Nullable Entry orNull(Path path) {
    try {
      return new Entry(path, Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
