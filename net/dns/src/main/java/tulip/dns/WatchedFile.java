// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Tulip;
import tulip.core.sync.Lock;

/// A small file that is read again when it has changed; looked at once a second at most.
///
/// One that is missing or may not be read counts as empty, as with the C library. Of one that is
/// larger than the limit the rest is passed over.
final class WatchedFile<T> {
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final int LIMIT = 16 << 20;

  /// What changes with the content. The file key is there because a new file may have the same
  /// size, and the same time on a coarse clock.
  private record Version(Object time, long size, @Nullable Object key) {
    static final Version NONE = new Version("none", 0, null);
  }

  private record Reading<T>(Version version, T value) {}

  private final Path path;
  private final Function<String, T> parser;
  private final Lock lock = new Lock();
  private @Nullable Reading<T> last;
  private long fresh;

  WatchedFile(Path path, Function<String, T> parser) {
    this.path = path;
    this.parser = parser;
  }

  /// What the file says. In a task.
  T get() {
    var loop = EventLoop.current();
    var known = last;
    if (known == null || loop.time() >= fresh) {
      known = lock.run(() -> refresh(loop));
    }
    return known.value();
  }

  private Reading<T> refresh(EventLoop loop) {
    var known = last;
    if (known == null || loop.time() >= fresh) {
      known = read(known);
      last = known;
      fresh = loop.time() + PERIOD.toNanos();
    }
    return known;
  }

  private Reading<T> read(@Nullable Reading<T> known) {
    return Tulip.blocking(() -> {
      var version = version();
      if (known != null && known.version().equals(version)) {
        return known;
      }
      return new Reading<>(version, parser.apply(text()));
    });
  }

  private Version version() {
    try {
      var file = Files.readAttributes(path, BasicFileAttributes.class);
      return new Version(file.lastModifiedTime(), file.size(), file.fileKey());
    } catch (IOException e) {
      return Version.NONE;
    }
  }

  private String text() {
    try (InputStream in = Files.newInputStream(path)) {
      return new String(in.readNBytes(LIMIT), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
