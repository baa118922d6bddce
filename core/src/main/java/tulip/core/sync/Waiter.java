// SPDX-License-Identifier: Apache-2.0
package tulip.core.sync;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.Task;
import tulip.core.diagnostics.Waker;
import tulip.core.spi.Waitable;

/// One wait of one task.
///
/// It is decided once: by [#wake], or by a cancellation, which takes it out of its list at that
/// moment. So whoever finds it in a list may decide it, and what was decided holds, even if
/// somebody else resumes or cancels the task before that runs.
final class Waiter implements Waitable {
  enum State {
    WAITING,
    GRANTED,
    BROKEN
  }

  final Task<?> task;

  /// On whose behalf the task waits, where that is not the task itself.
  final @Nullable Object borrower;

  /// Which of those granted together this was.
  int index;

  /// Where it stands, or stood last.
  WaitList list;

  @Nullable Waiter previous;
  @Nullable Waiter next;
  boolean listed;
  private State state = State.WAITING;

  Waiter(WaitList list, Task<?> task, @Nullable Object borrower) {
    this.list = list;
    this.task = task;
    this.borrower = borrower;
  }

  /// Gives the turn back until this is decided. By the task itself.
  ///
  /// If it throws, the waiter may have been granted all the same: then the caller passes on what it
  /// got.
  ///
  /// @return false if it was broken
  boolean await() {
    while (state == State.WAITING) {
      task.suspend(this);
    }
    return state == State.GRANTED;
  }

  /// Decides a waiter that was just taken out of its list.
  void wake(State how) {
    state = how;
    task.resume();
  }

  boolean isGranted() {
    return state == State.GRANTED;
  }

  @Override
  public List<Task<?>> holders() {
    return list.holders();
  }

  @Override
  public Waker waker() {
    return list.waker();
  }

  @Override
  public Object subject() {
    return list;
  }

  @Override
  public void abort(Task<?> aborted) {
    if (listed) {
      list.remove(this);
    }
  }

  @Override
  public String toString() {
    return list.toString();
  }
}
