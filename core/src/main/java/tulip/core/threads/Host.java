// SPDX-License-Identifier: Apache-2.0
package tulip.core.threads;

import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import org.jspecify.annotations.Nullable;
import tulip.core.Block;
import tulip.core.Cancelled;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.ExceptionGroup;
import tulip.core.Task;
import tulip.core.Tulip;
import tulip.core.diagnostics.Waker;
import tulip.core.spi.Waitable;
import tulip.core.sync.CapacityLimiter;

/// The task that waits for a call on a thread, its [Worker], and runs what that asks for meanwhile.
///
/// It waits openly until it is cancelled, to know of it at once, and under a shield after that.
/// What its wait has thrown must not be lost: a cancelled scope will tell again by itself, a
/// request is made again at the end, and the failure of a group that the task is the block of is
/// thrown.
final class Host<T extends @Nullable Object, X extends Exception> implements Waitable {
  private final Task<?> task = Task.current();
  private final OnCancel onCancel;
  private final Worker<T> worker;
  private @Nullable CapacityLimiter limiter;

  /// Whether it is the thread's turn.
  private boolean working;

  private @Nullable ExceptionGroup groupFailure;

  Host(OnCancel onCancel, Block<T, X> call) {
    this.onCancel = onCancel;
    worker = new Worker<>(this, call);
  }

  T run(CapacityLimiter limiter) throws X {
    limiter.acquireOnBehalfOf(worker);
    this.limiter = limiter;
    try {
      letWork();
    } catch (Throwable t) {
      limiter.releaseOnBehalfOf(worker);
      throw t;
    }
    try {
      awaitWorker();
      for (var asked = worker.request(); asked != null; asked = worker.request()) {
        asked.run();
        letWork();
        awaitWorker();
      }
    } catch (Throwable t) {
      leave(t);
      throw t;
    }
    return outcome();
  }

  private void letWork() {
    working = true;
    loop().runInExecutor(worker, () -> null).addDoneCallback(_ -> workerWaits());
  }

  private void workerWaits() {
    working = false;
    if (task.waitingFor() == this) {
      task.resume();
    }
  }

  private void awaitWorker() {
    while (working) {
      if (worker.notice() == null) {
        awaitOpenly();
      } else {
        Tulip.shield(() -> task.suspend(this));
      }
    }
  }

  private void awaitOpenly() {
    try {
      task.suspend(this);
    } catch (ExceptionGroup e) {
      groupFailure = e; // the next wait throws the cancellation that goes with it
    } catch (Cancelled e) {
      worker.notice(e);
      switch (onCancel) {
        case WAIT -> {}
        case INTERRUPT -> worker.interrupt();
        case ABANDON -> {
          if (worker.abandon()) {
            throw e;
          }
        }
      }
    }
  }

  /// The call goes on without the task: it was abandoned, or the task can wait no longer.
  private void leave(Throwable why) {
    worker.hostIsGone(why);
    if (worker.abandon() && !(why instanceof Cancelled)) {
      worker.interrupt();
    }
    if (groupFailure != null) {
      throw groupFailure;
    }
  }

  private T outcome() throws X {
    var failure = worker.failure();
    if (groupFailure != null) {
      if (failure != null && !(failure instanceof Cancelled)) {
        groupFailure.addSuppressed(failure);
      }
      throw groupFailure;
    }
    var notice = worker.notice();
    if (notice != null && onCancel == OnCancel.INTERRUPT && isInterrupt(failure)) {
      notice.addSuppressed(failure);
      throw notice;
    }
    if (notice != null && Worker.isRequest(notice) && !(failure instanceof Cancelled)) {
      task.cancel(notice.reason());
      task.uncancel(); // it has been counted already
    }
    if (failure != null) {
      throw Failures.<X>thrown(failure);
    }
    return worker.result();
  }

  private static boolean isInterrupt(@Nullable Throwable failure) {
    return failure instanceof InterruptedException
        || failure instanceof InterruptedIOException
        || failure instanceof ClosedByInterruptException;
  }

  // What the worker has the loop do.

  void threadEnded() {
    if (limiter != null) {
      limiter.releaseOnBehalfOf(worker);
    }
  }

  void report(Throwable failure) {
    loop()
        .callExceptionHandler(
            new ErrorContext("the abandoned " + worker + " has failed", failure, worker));
  }

  EventLoop loop() {
    return task.loop();
  }

  Task<?> task() {
    return task;
  }

  String threadName() {
    return loop().options().name() + "-" + task.name();
  }

  @Override
  public Waker waker() {
    return Waker.OUTSIDE;
  }

  @Override
  public void abort(Task<?> waiter) {
    // nobody keeps it in a list
  }

  @Override
  public String toString() {
    return worker + ", which has not ended";
  }
}
