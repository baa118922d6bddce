// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.Task;
import tulip.core.diagnostics.Waker;
import tulip.core.spi.Waitable;

/// A task that waits for a connection.
///
/// It is decided once: by [#grant], by [#fail], or by a cancellation, which takes it out of the
/// line at that moment. Whoever decides has taken it out of the line before.
final class PoolWaiter<C> implements Waitable {
  final Stock<C> stock;
  final Task<?> task;
  private @Nullable Lease<C> lease;
  private @Nullable Throwable failure;

  PoolWaiter(Stock<C> stock, Task<?> task) {
    this.stock = stock;
    this.task = task;
  }

  /// Gives the turn back until this is decided. By the task itself, which stands in the line.
  Lease<C> await() throws IOException {
    try {
      while (lease == null && failure == null) {
        task.suspend(this);
      }
    } catch (Throwable t) {
      if (lease != null) {
        lease.end("its task was stopped before it had it");
        stock.settle(lease.entry);
      }
      throw t;
    }
    if (lease == null) {
      throw failed();
    }
    return lease;
  }

  /// The failure was thrown in another task: adds where this one was.
  private RuntimeException failed() throws IOException {
    var cause = failure;
    if (cause == null) {
      throw new AssertionError("woken for nothing");
    }
    cause.addSuppressed(new Throwable(task + " waited for this connection here"));
    return switch (cause) {
      case IOException e -> throw e;
      case Error e -> throw e;
      case RuntimeException e -> e;
      default ->
          throw new AssertionError("a connector throws IOException and what is unchecked", cause);
    };
  }

  void grant(Lease<C> granted) {
    lease = granted;
    task.resume();
  }

  void fail(Throwable cause) {
    failure = cause;
    task.resume();
  }

  @Override
  public void abort(Task<?> aborted) {
    stock.leaveLine(this);
  }

  @Override
  public List<Task<?>> holders() {
    return stock.holders();
  }

  @Override
  public Waker waker() {
    return stock.holders().isEmpty() ? Waker.ANYONE : Waker.ANY_HOLDER;
  }

  @Override
  public Object subject() {
    return stock;
  }

  @Override
  public String toString() {
    return "a connection of " + stock;
  }
}
