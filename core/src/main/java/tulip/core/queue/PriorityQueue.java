// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

import java.util.Comparator;

/// A queue from which the lowest item is got first.
///
/// Equal items come in no certain order. An item that a task waits for goes to it at once, even if
/// a lower one follows in the same turn; and of the tasks that wait for room the first puts its
/// item first.
///
/// @param <T> the items
public final class PriorityQueue<T> extends Queue<T> {
  /// A queue for so many items.
  ///
  /// @param capacity 1 at least; [#UNBOUNDED] for no limit
  /// @param order `Comparator.naturalOrder()` for the items' own
  public PriorityQueue(int capacity, Comparator<? super T> order) {
    super(capacity, new java.util.PriorityQueue<>(order));
  }
}
