// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tulip.core.Tulip;

/// A new content for a file, which appears whole or not at all, even if the machine loses its
/// power.
///
/// ```java
/// try (var settings = Replacement.open(path)) {
///   settings.file().write(Bytes.ofUtf8(text));
///   settings.commit();
/// }
/// ```
///
/// It is written into a file beside the old one, forced to the device, and moved over it. The new
/// file has the permissions of the old one as far as the process's mask lets it; its owner and hard
/// links are not taken over.
public final class Replacement implements AutoCloseable {
  private final Path target;
  private final TemporaryFile written;

  private Replacement(Path target, TemporaryFile written) {
    this.target = target;
    this.written = written;
  }

  /// Begins to replace a file, or to create one. If the path is a symbolic link, the file that it
  /// leads to is replaced.
  public static Replacement open(Path path) throws IOException {
    var target = Tulip.blocking(() -> Files.exists(path) ? path.toRealPath() : path);
    return new Replacement(target, TemporaryFile.create(() -> Siblings.create(target, target)));
  }

  /// Where to write the new content.
  public AsyncFile file() {
    return written.file();
  }

  /// Puts the new content in the place of the old one, and closes the file. A task that is
  /// cancelled meanwhile leaves the one or the other there.
  public void commit() throws IOException {
    file().force(true);
    file().close();
    Tulip.blocking(() -> Siblings.replace(written.path(), target));
  }

  /// Without [#commit], forgets the new content; in a cancelled scope too.
  @Override
  public void close() throws IOException {
    written.close();
  }

  @Override
  public String toString() {
    return "replacement of " + target;
  }
}
