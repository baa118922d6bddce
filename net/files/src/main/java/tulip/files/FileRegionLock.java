// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tulip.core.Block;
import tulip.core.Tulip;

/// A locked region of a file: see [AsyncFile#lock()]. Closing the file releases it too.
public final class FileRegionLock implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

  private final FileLock lock;

  private FileRegionLock(FileLock lock) {
    this.lock = lock;
  }

  /// Asks until the answer is yes.
  static FileRegionLock await(Block<@Nullable FileRegionLock, IOException> attempt)
      throws IOException {
    var pause = FIRST_PAUSE;
    while (true) {
      var lock = attempt.run();
      if (lock != null) {
        return lock;
      }
      Tulip.sleep(pause);
      pause = pause.multipliedBy(2);
      if (pause.compareTo(LONGEST_PAUSE) > 0) {
        pause = LONGEST_PAUSE;
      }
    }
  }

  /// Asks once. A lock that came while the task was cancelled is released again.
  static @Nullable FileRegionLock attempt(
      FileChannel channel, long begin, long size, boolean shared) throws IOException {
    try {
      var lock = Resources.open(() -> channel.tryLock(begin, size, shared));
      return lock == null ? null : new FileRegionLock(lock);
    } catch (OverlappingFileLockException e) {
      return null; // somebody in this JVM has it
    }
  }

  /// Whether others may have a shared lock on the region at the same time.
  public boolean isShared() {
    return lock.isShared();
  }

  /// Whether it is still held. Does not wait.
  public boolean isValid() {
    return lock.isValid();
  }

  /// Releases the lock; does nothing the second time, or if the file was closed.
  @Override
  public void close() throws IOException {
    if (lock.isValid()) {
      Resources.close(lock);
    }
  }

  @Override
  public String toString() {
    return lock.toString();
  }
}
