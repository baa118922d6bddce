// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tulip.core.diagnostics.Creation;
import tulip.core.spi.Waitable;

/// A result that will be there later: asyncio's future.
///
/// It belongs to one loop, and all its methods are for that loop's tasks and callbacks; other
/// threads go through [EventLoop#callSoonThreadSafe] or [#toCompletableFuture]. Done-callbacks are
/// never run inline: each is queued, in the order in which they were added.
///
/// Waiting is observing: a task that is cancelled while it waits here leaves the future as it is.
/// Who wants the work to end with the wait starts it in a [TaskGroup].
///
/// A failure that nobody reads is reported to the loop's exception handler: when the future fails
/// if the task that created it has ended, else when that task ends, at the latest when the loop
/// closes.
///
/// @param <T> the result's type
public sealed class Future<T extends @Nullable Object> implements Waitable
    permits Task, ForeignFuture, Traces.Traced {
  private enum State {
    PENDING,
    FINISHED,
    FAILED,
    CANCELLED
  }

  /// Made when it is added: that a future becomes done must not fail for want of memory.
  private final class DoneCallback extends ScheduledCall {
    private final Consumer<? super Future<T>> action;

    DoneCallback(Consumer<? super Future<T>> action) {
      super(Future.this.loop, () -> action.accept(Future.this), Future.this.loop.contextHere());
      this.action = action;
    }

    boolean calls(Object other) {
      return action.equals(other);
    }
  }

  final EventLoop loop;
  private State state = State.PENDING;
  private boolean read;
  private @Nullable T value;
  private @Nullable Throwable failure;
  private @Nullable Task<?> creator;

  /// A task that waits, a [DoneCallback], or a list of them in the order in which they came.
  private @Nullable Object waiters;

  /// A future that the task which has the turn answers for.
  Future(EventLoop loop) {
    this(loop, loop.mountedTask());
  }

  Future(EventLoop loop, @Nullable Task<?> creator) {
    this.loop = loop;
    this.creator = creator;
  }

  /// The loop that the future belongs to.
  public final EventLoop loop() {
    return loop;
  }

  // Looking.

  /// Whether there is a result, a failure or a cancellation.
  public final boolean isDone() {
    return state != State.PENDING;
  }

  /// Whether it was cancelled.
  public final boolean isCancelled() {
    return state == State.CANCELLED;
  }

  /// The result, if it is there.
  ///
  /// An unchecked failure is thrown as it is; a checked one is the cause of a
  /// [CompletionException], as with [CompletableFuture#join].
  ///
  /// @throws InvalidStateException if there is none yet: [#await] waits for it
  /// @throws CancellationException if the future was cancelled
  public final T result() {
    var problem = exception();
    if (problem == null) {
      return value();
    }
    if (problem instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (problem instanceof Error error) {
      throw error;
    }
    throw new CompletionException(problem);
  }

  /// The failure, or `null` if there is a result.
  ///
  /// @throws InvalidStateException if the future is not done
  /// @throws CancellationException if the future was cancelled
  public final @Nullable Throwable exception() {
    read = true;
    return switch (state) {
      case PENDING -> throw new InvalidStateException(this + " is not done: await it first");
      case CANCELLED -> {
        var message = failure == null ? null : failure.getMessage();
        var cancelled = new CancellationException(this + (message == null ? "" : ": " + message));
        cancelled.initCause(failure);
        throw cancelled;
      }
      case FAILED -> failure;
      case FINISHED -> null;
    };
  }

  @SuppressWarnings("NullAway") // finished: the value is what T says it is
  private T value() {
    return value;
  }

  // Waiting.

  /// Waits for the result and returns it, or throws as [#result] does. In a task of the loop.
  ///
  /// A result that is there is returned at once, without giving up the turn.
  ///
  /// @throws Cancelled if the waiting task was cancelled
  public final T await() {
    awaitDone();
    return result();
  }

  /// Waits until the future is done in whatever way. In a task of the loop.
  public final void awaitDone() {
    if (state == State.PENDING) {
      var task = loop.taskForWait();
      if (task == this) {
        throw new IllegalStateException(this + " cannot wait for itself");
      }
      addWaiter(task);
      task.suspend(this);
    }
  }

  /// Waits until the future is done or the wait ended for no reason, whatever was cancelled.
  final void awaitDoneMasked(Task<?> task) {
    addWaiter(task);
    task.suspendMasked(this);
  }

  /// Has a callback queued once the future is done; at once if it is.
  public final void addDoneCallback(Consumer<? super Future<T>> callback) {
    loop.checkTurn();
    if (isDone()) {
      read = true;
      loop.enqueue(new DoneCallback(callback));
    } else {
      addWaiter(new DoneCallback(callback));
    }
  }

  /// Removes a callback, as often as it was added.
  ///
  /// @return how often that was
  public final int removeDoneCallback(Consumer<? super Future<T>> callback) {
    loop.checkTurn();
    return removeWaiters(
        waiter -> waiter instanceof Future<?>.DoneCallback added && added.calls(callback));
  }

  @Override
  public final void abort(Task<?> task) {
    removeWaiters(waiter -> waiter == task);
  }

  // Finishing.

  /// Gives the result.
  ///
  /// @throws InvalidStateException if the future is done already
  public void setResult(T result) {
    loop.checkTurn();
    checkPending();
    finish(result);
  }

  /// Gives the failure.
  ///
  /// @throws InvalidStateException if the future is done already
  public void setException(Throwable exception) {
    loop.checkTurn();
    checkPending();
    fail(exception);
  }

  /// Cancels the future, without a reason.
  ///
  /// @return false if it was done already
  public final boolean cancel() {
    return cancel("");
  }

  /// Cancels the future: who waits for it gets a [CancellationException].
  ///
  /// @return false if it was done already
  public boolean cancel(String reason) {
    loop.checkTurn();
    if (isDone()) {
      return false;
    }
    finishCancelled(new Cancelled(null, reason));
    return true;
  }

  private void checkPending() {
    if (isDone()) {
      throw new InvalidStateException(this + " is done already");
    }
  }

  final void finish(T result) {
    value = result;
    done(State.FINISHED);
  }

  final void fail(Throwable exception) {
    failure = exception;
    boolean awaited = waiters != null || read;
    var parent = creator;
    done(State.FAILED);
    if (!awaited) {
      loop.errors.unread(this, parent);
    }
  }

  final void finishCancelled(Throwable how) {
    failure = how;
    done(State.CANCELLED);
  }

  private void done(State how) {
    state = how;
    creator = null;
    var waiting = waiters;
    waiters = null;
    if (waiting instanceof List<?> list) {
      list.forEach(this::wake);
    } else if (waiting != null) {
      wake(waiting);
    }
  }

  private void wake(Object waiter) {
    if (waiter instanceof ScheduledCall callback) {
      read = true;
      loop.enqueue(callback);
    } else {
      ((Task<?>) waiter).resume();
    }
  }

  /// In debug mode where it was created, and where its creator was, and so on; else empty.
  List<Creation> created() {
    return List.of();
  }

  /// Somebody else sees to a failure: the group that the task runs in.
  final void markRead() {
    read = true;
  }

  /// Whether it ended with a failure.
  final boolean hasFailed() {
    return state == State.FAILED;
  }

  final boolean isUnread() {
    return state == State.FAILED && !read;
  }

  final @Nullable Throwable failure() {
    return failure;
  }

  // Waiters.

  @SuppressWarnings("unchecked")
  private void addWaiter(Object waiter) {
    if (waiters == null) {
      waiters = waiter;
    } else if (waiters instanceof ArrayList<?> list) {
      ((ArrayList<Object>) list).add(waiter);
    } else {
      var list = new ArrayList<Object>(4);
      list.add(waiters);
      list.add(waiter);
      waiters = list;
    }
  }

  private int removeWaiters(Predicate<Object> condition) {
    if (waiters instanceof ArrayList<?> list) {
      int before = list.size();
      list.removeIf(condition);
      return before - list.size();
    }
    if (waiters != null && condition.test(waiters)) {
      waiters = null;
      return 1;
    }
    return 0;
  }

  // The JDK's futures.

  /// The same result for the world outside: any thread may wait for it there.
  ///
  /// Cancelling it cancels this. What depends on it without an executor of its own runs as a
  /// callback of the loop and must not block.
  public final CompletableFuture<T> toCompletableFuture() {
    var outer = new CompletableFuture<T>();
    linkTo(outer);
    return outer;
  }

  final void linkTo(CompletableFuture<T> outer) {
    addDoneCallback(_ -> {
      switch (state) {
        case FINISHED -> outer.complete(value());
        case CANCELLED -> outer.cancel(false);
        default -> outer.completeExceptionally(failure);
      }
    });
    var _ =
        outer.whenComplete((_, _) -> {
          if (outer.isCancelled()) {
            loop.tryCallSoonThreadSafe(this::cancel);
          }
        });
  }

  @Override
  public String toString() {
    return "future " + state.name().toLowerCase(java.util.Locale.ROOT);
  }
}
