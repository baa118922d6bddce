// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import org.jspecify.annotations.Nullable;
import tulip.core.diagnostics.Waker;
import tulip.core.engine.Ready;
import tulip.core.spi.Waitable;

/// A piece of a task that runs on the loop's bare thread, where the host's own objects may be
/// touched.
final class HostCall<T extends @Nullable Object, X extends Exception> extends Ready
    implements Waitable {
  private final Task<?> task;
  private final Block<T, X> block;
  private boolean begun;
  private boolean ended;
  private boolean dropped;
  private @Nullable T value;
  private @Nullable Throwable failure;

  HostCall(Task<?> task, Block<T, X> block) {
    this.task = task;
    this.block = block;
  }

  /// Waits until the piece has run. A wait that is cancelled before it began drops it; once begun
  /// it comes to its end first.
  @SuppressWarnings("NullAway") // without a failure the value is what T says it is
  T await() {
    task.loop.queue.append(this);
    try {
      task.suspend(this);
    } catch (Cancelled e) {
      while (begun && !ended) {
        task.suspendMasked(this);
      }
      throw e;
    }
    if (failure != null) {
      throw Exceptions.sneak(failure);
    }
    return value;
  }

  @Override
  public void run() {
    if (dropped) {
      return;
    }
    begun = true;
    task.loop.onBareThread(this::call);
    ended = true;
    task.resume();
  }

  private void call() {
    try {
      value = block.run();
    } catch (Throwable t) {
      failure = t;
    }
  }

  @Override
  public Waker waker() {
    return Waker.OUTSIDE;
  }

  @Override
  public void abort(Task<?> waiting) {
    dropped = !begun;
  }

  @Override
  public String toString() {
    return "call on the host's thread";
  }
}
