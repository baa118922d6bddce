// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.util.List;
import tulip.core.Task;

/// A pool at a moment, and what it has done until then.
///
/// @param idle how many connections wait to be lent
/// @param inUse how many are lent
/// @param opening how many are being opened
/// @param closing how many are being closed
/// @param waiting the tasks that wait for one, in order
/// @param acquired how many leases there were
/// @param opened how many connections were opened
/// @param closed how many of them have been closed
/// @param connectFailures how many attempts to open one failed
/// @param timeouts how many tasks waited in vain
public record PoolStatistics(
    int idle,
    int inUse,
    int opening,
    int closing,
    List<Task<?>> waiting,
    long acquired,
    long opened,
    long closed,
    long connectFailures,
    long timeouts) {
  /// Copies the list.
  public PoolStatistics {
    waiting = List.copyOf(waiting);
  }

  /// How many places of the pool are taken: never more than its maximum, unless that was lowered.
  public int size() {
    return idle + inUse + opening + closing;
  }
}
