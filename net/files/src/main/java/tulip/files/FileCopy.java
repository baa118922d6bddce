// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.function.LongConsumer;
import tulip.core.Tulip;

/// One copy of one file, in the kernel, a block at a time: into a file beside the target, which
/// then takes its place.
final class FileCopy {
  private static final Set<CopyOption> KNOWN =
      Set.of(REPLACE_EXISTING, COPY_ATTRIBUTES, NOFOLLOW_LINKS);

  private final Path source;
  private final Path target;
  private final Set<CopyOption> options;

  FileCopy(Path source, Path target, CopyOption... options) {
    this.source = source;
    this.target = target;
    this.options = Set.of(options);
    for (var option : this.options) {
      if (!KNOWN.contains(option)) {
        throw new UnsupportedOperationException("a copy knows no option " + option);
      }
    }
  }

  void run(LongConsumer progress) throws IOException {
    if (Tulip.blocking(this::isForTheJdk)) {
      Tulip.blocking(() -> Files.copy(source, target, options.toArray(CopyOption[]::new)));
      return;
    }
    var from = Resources.open(() -> FileChannel.open(source));
    try (var to = TemporaryFile.create(() -> Siblings.create(target, source))) {
      for (long copied = 0, count; (count = copyBlock(from, to, copied)) > 0; ) {
        copied += count;
        progress.accept(copied);
      }
      to.file().close();
      Tulip.blocking(() -> putInPlace(to.path()));
    } finally {
      Resources.close(from);
    }
  }

  /// Folders, links and files that are their own copy take but one call.
  private boolean isForTheJdk() throws IOException {
    var links =
        options.contains(NOFOLLOW_LINKS) ? new LinkOption[] {NOFOLLOW_LINKS} : new LinkOption[0];
    if (!Files.readAttributes(source, BasicFileAttributes.class, links).isRegularFile()) {
      return true;
    }
    if (!Files.exists(target, NOFOLLOW_LINKS)) {
      return false;
    }
    if (Files.isDirectory(target, NOFOLLOW_LINKS) || isSameFile()) {
      return true;
    }
    if (!options.contains(REPLACE_EXISTING)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    return false;
  }

  private boolean isSameFile() throws IOException {
    return Files.exists(target) && Files.isSameFile(source, target);
  }

  private static long copyBlock(FileChannel from, TemporaryFile to, long begin) throws IOException {
    return Tulip.blocking(() -> from.transferTo(begin, Slices.HOP, to.file().channel()));
  }

  private void putInPlace(Path written) throws IOException {
    if (options.contains(COPY_ATTRIBUTES)) {
      copyAttributes(written);
    }
    if (options.contains(REPLACE_EXISTING)) {
      Siblings.replace(written, target);
    } else {
      Files.move(written, target);
    }
  }

  private void copyAttributes(Path written) throws IOException {
    if (Siblings.hasPosix(written)) {
      Files.setPosixFilePermissions(written, Files.getPosixFilePermissions(source));
    }
    var times = Files.readAttributes(source, BasicFileAttributes.class);
    Files.getFileAttributeView(written, BasicFileAttributeView.class)
        .setTimes(times.lastModifiedTime(), times.lastAccessTime(), times.creationTime());
  }
}
