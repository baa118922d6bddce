// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tulip.core.diagnostics.Histogram;

/// The timers of one loop: a heap with four children a node.
///
/// Each timer knows its index, so that a cancelled one leaves the heap at once and costs nothing
/// later. Timers for the same time fire in the order in which they were set.
///
/// Timers are set and cancelled at any depth of a task's recursion, where every call may be the one
/// that overflows the stack. So each change is made by code that calls nothing: it happens or not.
final class Timers {
  private static final int CHILDREN = 4;

  private @Nullable Timer[] heap = new Timer[16];
  private int size;
  private long orders;
  private final boolean real;
  private final Histogram.Recorder lag = new Histogram.Recorder();

  /// No timers yet.
  ///
  /// @param real whether their times are real, so that how late they are says something
  Timers(boolean real) {
    this.real = real;
  }

  /// How late they fired.
  Histogram lag() {
    return lag.snapshot();
  }

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
    up(timer, size);
    size++;
  }

  /// Takes a timer out, if it is in.
  void remove(Timer timer) {
    int hole = timer.index;
    if (hole < 0) {
      return;
    }
    var last = at(size - 1);
    if (last != timer) {
      if (hole > 0 && before(last, at((hole - 1) / CHILDREN))) {
        up(last, hole);
      } else {
        down(last, hole, size - 1);
      }
    }
    timer.index = -1;
    heap[--size] = null;
    shrink();
  }

  /// Fires all that are due at `now`.
  void expire(long now) {
    while (size > 0 && at(0).when <= now) {
      var first = at(0);
      remove(first);
      if (real) {
        lag.record(now - first.when);
      }
      first.expire();
    }
  }

  private void shrink() {
    if (heap.length > 1024 && size < heap.length / 4) {
      heap = Arrays.copyOf(heap, heap.length / 2);
    }
  }

  /// Puts a timer into a hole, or above it. Calls nothing.
  @SuppressWarnings("NullAway") // there is a timer at every index below the size
  private void up(Timer timer, int hole) {
    while (hole > 0) {
      int parent = (hole - 1) / CHILDREN;
      var above = heap[parent];
      if (above.when < timer.when || (above.when == timer.when && above.order < timer.order)) {
        break;
      }
      heap[hole] = above;
      above.index = hole;
      hole = parent;
    }
    heap[hole] = timer;
    timer.index = hole;
  }

  /// Puts a timer into a hole, or below it and before `end`. Calls nothing.
  @SuppressWarnings("NullAway") // there is a timer at every index below the size
  private void down(Timer timer, int hole, int end) {
    while (hole * CHILDREN + 1 < end) {
      int least = hole * CHILDREN + 1;
      var first = heap[least];
      for (int child = least + 1; child <= hole * CHILDREN + CHILDREN && child < end; child++) {
        var other = heap[child];
        if (other.when < first.when || (other.when == first.when && other.order < first.order)) {
          least = child;
          first = other;
        }
      }
      if (timer.when < first.when || (timer.when == first.when && timer.order < first.order)) {
        break;
      }
      heap[hole] = first;
      first.index = hole;
      hole = least;
    }
    heap[hole] = timer;
    timer.index = hole;
  }

  @SuppressWarnings("NullAway") // there is a timer at every index below the size
  private Timer at(int index) {
    return heap[index];
  }

  private static boolean before(Timer a, Timer b) {
    return a.when < b.when || (a.when == b.when && a.order < b.order);
  }
}
