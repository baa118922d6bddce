// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

import java.util.ArrayDeque;
import java.util.Collections;

/// A queue from which the item that was put last is got first.
///
/// @param <T> the items
public final class LifoQueue<T> extends Queue<T> {
  /// A queue for so many items.
  ///
  /// @param capacity 1 at least; [#UNBOUNDED] for no limit
  public LifoQueue(int capacity) {
    super(capacity, Collections.asLifoQueue(new ArrayDeque<>()));
  }
}
