// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import tulip.core.Task;
import tulip.core.sync.Lock;

/// Who may use a connection or a transaction while a block inside it runs: that block alone.
///
/// Else what other tasks do would become part of a transaction that is not theirs.
final class Nesting {
  /// Held by the task that runs an inner block.
  private final Lock lock = new Lock();

  /// Waits until no inner block runs.
  ///
  /// @throws IllegalStateException if the calling task runs one
  void awaitTurn() {
    while (lock.isLocked()) {
      checkOwner();
      lock.run(() -> {});
    }
  }

  /// Begins an inner block, when no other one runs.
  ///
  /// @return what ends it
  Inner begin() {
    checkOwner();
    lock.acquire();
    return lock::release;
  }

  /// An inner block that runs.
  interface Inner extends AutoCloseable {
    @Override
    void close();
  }

  private void checkOwner() {
    if (lock.isLocked() && lock.owner() == Task.current()) {
      throw new IllegalStateException(
          "an inner transaction runs: use the one that its block was given");
    }
  }
}
