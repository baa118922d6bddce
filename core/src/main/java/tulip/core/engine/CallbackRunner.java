// SPDX-License-Identifier: Apache-2.0
package tulip.core.engine;

import org.jspecify.annotations.Nullable;

/// Runs the callbacks of one loop.
public interface CallbackRunner {
  /// Runs callbacks from the head of the queue until something else stands there.
  ///
  /// @param budget how many at most
  /// @return how many were begun
  int run(int budget);

  /// The callback that runs, or `null`. From another thread: a moment's view.
  @Nullable Callback running();
}
