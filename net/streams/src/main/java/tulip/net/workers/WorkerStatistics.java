// SPDX-License-Identifier: Apache-2.0
package tulip.net.workers;

import org.jspecify.annotations.Nullable;
import tulip.core.diagnostics.LoopStatistics;

/// What a worker has done so far: a snapshot that does not change.
///
/// @param index of the worker
/// @param restarts how often a worker with this index was started again
/// @param state what it does
/// @param served how many connections its servers have taken, since its last start
/// @param open how many of them are open
/// @param loop what its loop has done; `null` before there is one
public record WorkerStatistics(
    int index, int restarts, State state, long served, int open, @Nullable LoopStatistics loop) {
  /// What a worker does.
  public enum State {
    /// It has not said that it is ready.
    STARTING,
    /// It has said that it is ready.
    READY,
    /// Its loop stands still.
    STUCK,
    /// Its loop is closed.
    ENDED
  }
}
