// SPDX-License-Identifier: Apache-2.0
package tulip.net.workers;

import org.jspecify.annotations.Nullable;
import tulip.core.spi.OsSignal;

/// SIGTERM, with which services are stopped, until closed.
///
/// Only the JVM's own way of dealing with it, which is to exit, is replaced: a handler that
/// somebody else has installed stays.
final class Termination implements AutoCloseable {
  private final @Nullable OsSignal signal = OsSignal.of("TERM");
  private final @Nullable Object before;

  /// @param action what to do, on a thread of the JVM's
  Termination(Runnable action) {
    before = signal == null ? null : signal.takeFromJvm(action);
  }

  @Override
  public void close() {
    if (signal != null && before != null) {
      signal.restore(before);
    }
  }
}
