// SPDX-License-Identifier: Apache-2.0
package tulip.core.diagnostics;

import java.util.List;

/// What a task waited for inside Tulip.
///
/// @param on what it was, in words
/// @param number tells things apart that read the same: in one snapshot the same number means the
///   same thing
/// @param waker who could end the wait
/// @param holders the tasks that were known to hold what is waited for, or to be it
public record WaitSnapshot(String on, int number, Waker waker, List<TaskRef> holders) {
  /// Copies the list.
  public WaitSnapshot {
    holders = List.copyOf(holders);
  }

  /// The words, with the number where many such things read the same.
  @Override
  public String toString() {
    return waker == Waker.ANYONE ? on + " (#" + number + ")" : on;
  }
}
