// SPDX-License-Identifier: Apache-2.0
package tulip.core.sync;

import org.jspecify.annotations.Nullable;
import tulip.core.Action;
import tulip.core.Block;
import tulip.core.Cancelled;

/// What a task can hold for the time of a block.
///
/// [#run] is the way to use it. [#acquire] and [#release] are for what does not fit into a block:
/// the second belongs in a `finally`.
public sealed interface Acquirable
    permits Lock, Condition, Semaphore, CapacityLimiter, RwLock.Side {
  /// Acquires, and waits for it if need be. In a task.
  ///
  /// @throws Cancelled if the task was cancelled while it waited; then nothing is acquired
  void acquire();

  /// Acquires if that can be done at once.
  ///
  /// @return whether it was
  boolean tryAcquire();

  /// Gives back; who waits longest has it from this moment on.
  ///
  /// @throws IllegalStateException if the caller has nothing to give back
  void release();

  /// Runs a block between [#acquire] and [#release], and returns what it returns. In a task.
  ///
  /// What the block throws is never hidden by a release that fails as well: that is suppressed in
  /// it.
  ///
  /// @throws X what the block throws
  /// @throws Cancelled if the task was cancelled before it had acquired
  default <T extends @Nullable Object, X extends Exception> T run(Block<T, X> block) throws X {
    acquire();
    T result;
    try {
      result = block.run();
    } catch (Throwable t) {
      try {
        release();
      } catch (IllegalStateException e) {
        t.addSuppressed(e);
      }
      throw t;
    }
    release();
    return result;
  }

  /// Runs a block without a result between [#acquire] and [#release]. In a task.
  ///
  /// @throws X what the block throws
  /// @throws Cancelled if the task was cancelled before it had acquired
  default <X extends Exception> void run(Action<X> block) throws X {
    run(() -> {
      block.run();
      return null;
    });
  }
}
