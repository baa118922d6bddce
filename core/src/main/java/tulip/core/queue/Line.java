// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

import org.jspecify.annotations.Nullable;

/// Waiters, first come, first served; any of them may leave.
final class Line<T> {
  private final String what;
  private @Nullable Waiter<T> first;
  private @Nullable Waiter<T> last;
  private int size;

  Line(String what) {
    this.what = what;
  }

  int size() {
    return size;
  }

  void add(Waiter<T> waiter) {
    waiter.line = this;
    waiter.previous = last;
    if (last == null) {
      first = waiter;
    } else {
      last.next = waiter;
    }
    last = waiter;
    size++;
  }

  /// Takes the first waiter out, or returns null.
  @Nullable Waiter<T> poll() {
    var waiter = first;
    if (waiter != null) {
      remove(waiter);
    }
    return waiter;
  }

  void remove(Waiter<T> waiter) {
    var before = waiter.previous;
    var after = waiter.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    waiter.previous = null;
    waiter.next = null;
    waiter.line = null;
    size--;
  }

  /// Ends the wait of all.
  void finishAll(Waiter.Outcome how) {
    for (var waiter = poll(); waiter != null; waiter = poll()) {
      waiter.finish(how);
    }
  }

  /// Ends the wait of those at one end.
  void finishAt(Object end, Waiter.Outcome how) {
    // the end of a selection takes its other places too, which may be the next ones here: the
    // search
    // begins anew then
    for (var waiter = first; waiter != null; ) {
      if (end.equals(waiter.end)) {
        remove(waiter);
        waiter.finish(how);
        waiter = first;
      } else {
        waiter = waiter.next;
      }
    }
  }

  @Override
  public String toString() {
    return what;
  }
}
