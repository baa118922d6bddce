// SPDX-License-Identifier: Apache-2.0
package tulip.core.spi;

import tulip.core.Task;

/// What a task waits on: a timer, a future, a lock.
///
/// Whoever builds one keeps the waiting tasks in a list of its own, suspends them with
/// [Task#suspend] and wakes them with [Task#resume].
public interface Waitable {
  /// Forgets a task whose wait was cancelled; it will not be resumed. Called on the loop, and
  /// possibly after the wait has ended: then there is nothing to forget.
  void abort(Task<?> task);
}
