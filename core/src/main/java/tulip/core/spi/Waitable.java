// SPDX-License-Identifier: Apache-2.0
package tulip.core.spi;

import java.util.List;
import tulip.core.Task;
import tulip.core.diagnostics.Waker;

/// What a task waits on: a timer, a future, a lock.
///
/// Whoever builds one keeps the waiting tasks in a list of its own, suspends them with
/// [Task#suspend] and wakes them with [Task#resume]. Its `toString` completes the sentence "the
/// task waits for ..." in reports; that, and all but [#abort], is asked only when somebody looks.
public interface Waitable {
  /// Forgets a task whose wait was cancelled; it will not be resumed. Called on the loop, and
  /// possibly after the wait has ended: then there is nothing to forget.
  void abort(Task<?> task);

  /// The tasks that have to act before the wait can end, as far as they are known: the owner of a
  /// lock. Called on the loop, where it must not wait.
  default List<Task<?>> holders() {
    return List.of();
  }

  /// Who can end the wait: each of the [#holders] if there are any, else anyone on the loop. Who
  /// waits for the outside world must say so, or its waits count as deadlocks. Called on the loop,
  /// where it must not wait.
  default Waker waker() {
    return holders().isEmpty() ? Waker.ANYONE : Waker.EVERY_HOLDER;
  }

  /// What is waited for, if this is only the place of one task in a line: all waits with the same
  /// subject read the same, and have the same holders.
  default Object subject() {
    return this;
  }
}
