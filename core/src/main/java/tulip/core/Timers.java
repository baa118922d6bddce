// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The timers of one loop: a heap with four children a node.
///
/// Each timer knows its index, so that a cancelled one leaves the heap at once and costs nothing
/// later. Timers for the same time fire in the order in which they were set.
final class Timers {
  private static final int CHILDREN = 4;

  private @Nullable Timer[] heap = new Timer[16];
  private int size;
  private long orders;

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /// When the first one is due; `Long.MAX_VALUE` when there is none.
  long next() {
    var first = heap[0];
    return first == null ? Long.MAX_VALUE : first.when;
  }

  void add(Timer timer) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    timer.order = orders++;
    up(timer, size++);
  }

  /// Takes a timer out, if it is in.
  void remove(Timer timer) {
    int hole = timer.index;
    if (hole < 0) {
      return;
    }
    timer.index = -1;
    var last = heap[--size];
    heap[size] = null;
    if (last != timer && last != null) {
      int parent = (hole - 1) / CHILDREN;
      if (hole > 0 && before(last, at(parent))) {
        up(last, hole);
      } else {
        down(last, hole);
      }
    }
    shrink();
  }

  /// Fires all that are due at `now`.
  void expire(long now) {
    while (size > 0 && at(0).when <= now) {
      var first = at(0);
      remove(first);
      first.expire();
    }
  }

  private void shrink() {
    if (heap.length > 1024 && size < heap.length / 4) {
      heap = Arrays.copyOf(heap, heap.length / 2);
    }
  }

  private void up(Timer timer, int hole) {
    while (hole > 0) {
      int parent = (hole - 1) / CHILDREN;
      var above = at(parent);
      if (!before(timer, above)) {
        break;
      }
      put(above, hole);
      hole = parent;
    }
    put(timer, hole);
  }

  private void down(Timer timer, int hole) {
    while (true) {
      int child = hole * CHILDREN + 1;
      if (child >= size) {
        break;
      }
      int least = child;
      for (int end = Math.min(child + CHILDREN, size); ++child < end; ) {
        if (before(at(child), at(least))) {
          least = child;
        }
      }
      if (!before(at(least), timer)) {
        break;
      }
      put(at(least), hole);
      hole = least;
    }
    put(timer, hole);
  }

  private void put(Timer timer, int index) {
    heap[index] = timer;
    timer.index = index;
  }

  @SuppressWarnings("NullAway") // there is a timer at every index below the size
  private Timer at(int index) {
    return heap[index];
  }

  private static boolean before(Timer a, Timer b) {
    return a.when < b.when || (a.when == b.when && a.order < b.order);
  }
}
