// SPDX-License-Identifier: Apache-2.0
package tulip.core.diagnostics;

import java.time.Duration;

/// Is told when a loop stands still.
///
/// The watchdog calls it on its own thread, which it shares with all loops: it must not wait.
@FunctionalInterface
public interface BlockHandler {
  /// The loop has stood still for longer than the threshold. Once a block.
  void blocked(BlockReport report);

  /// The loop goes on.
  ///
  /// @param report what [#blocked] was told
  /// @param whole how long the loop stood still, to a quarter of the threshold
  default void unblocked(BlockReport report, Duration whole) {}
}
