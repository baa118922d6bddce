// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tulip.core.Block;
import tulip.core.Cancelled;
import tulip.core.Tulip;

/// Opens and closes what holds a descriptor, off the loop.
final class Resources {
  private Resources() {}

  /// Opens something on a thread of the pool. If the task is cancelled meanwhile, closes it again.
  static <R extends @Nullable AutoCloseable> R open(Block<R, IOException> opening)
      throws IOException {
    var opened = new AtomicReference<@Nullable R>();
    try {
      return Tulip.blocking(() -> {
        R resource = opening.run();
        opened.set(resource);
        return resource;
      });
    } catch (Cancelled e) {
      var resource = opened.get();
      if (resource != null) {
        try {
          close(resource);
        } catch (IOException problem) {
          e.addSuppressed(problem);
        }
      }
      throw e;
    }
  }

  /// Closes something on a thread of the pool, whatever was cancelled.
  static void close(AutoCloseable resource) throws IOException {
    Tulip.shield(() -> Tulip.blocking(() -> closeHere(resource)));
  }

  private static void closeHere(AutoCloseable resource) throws IOException {
    try {
      resource.close();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
