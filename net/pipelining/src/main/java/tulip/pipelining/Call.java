// SPDX-License-Identifier: Apache-2.0
package tulip.pipelining;

import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tulip.core.Task;
import tulip.core.diagnostics.Waker;
import tulip.core.spi.Waitable;

/// A request of a task, and its wait for the reply.
///
/// A task that gives up leaves its call where it stands, so that the reply finds its place.
///
/// @param <R> a message of the server
public abstract class Call<R> implements Waitable {
  /// For calls whose reply may take as long as it takes.
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  final long deadline;

  /// Where its last byte stands among all that were written to the connection.
  long end;

  private final Task<?> task = Task.current();
  private boolean waiting;
  private boolean answered;
  private @Nullable Supplier<? extends IOException> failure;

  /// A call of the current task.
  ///
  /// @param deadline when the reply is late, of the loop's time; see [#NO_DEADLINE]
  protected Call(long deadline) {
    this.deadline = deadline;
  }

  /// Takes a message of the reply, whether somebody still waits for it or not. On the loop.
  ///
  /// @return whether it was the last one
  /// @throws IOException if it cannot be the reply to this request: the connection is lost then
  protected abstract boolean accept(R message) throws IOException;

  /// Waits until all of the reply was accepted. In the task that has made the call; it need not
  /// wait for one call before it sends another.
  ///
  /// @throws IOException if there will be no reply, or it is late; made by [Dialect#failure]
  /// @throws tulip.core.Cancelled if the task was cancelled; the reply will be taken all the same
  public final void await() throws IOException {
    while (!isOver()) {
      waiting = true;
      task.suspend(this);
    }
    if (failure != null) {
      throw failure.get();
    }
  }

  final void answered() {
    answered = true;
    wake();
  }

  final void fail(Supplier<? extends IOException> why) {
    if (!isOver()) {
      failure = why;
      wake();
    }
  }

  /// Whether the task has what it waits for.
  final boolean isOver() {
    return answered || failure != null;
  }

  private void wake() {
    if (waiting) {
      waiting = false;
      task.resume();
    }
  }

  @Override
  public final void abort(Task<?> cancelled) {
    waiting = false;
  }

  @Override
  public final Waker waker() {
    return Waker.OUTSIDE;
  }

  /// What it waits for: `a reply of ...`.
  @Override
  public abstract String toString();
}
