// SPDX-License-Identifier: Apache-2.0
package tulip.core.threads;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tulip.core.Block;
import tulip.core.Cancelled;
import tulip.core.Context;
import tulip.core.LoopClosedException;

/// A call on its thread. The task that waits for it is its [Host].
///
/// To the loop it is an executor of one job, which is over when [#deliver] was called: by the thread
/// at its end, or by the task that abandons it.
final class Worker<T extends @Nullable Object> implements Executor {
  private static final ThreadLocal<@Nullable Worker<?>> CURRENT = new ThreadLocal<>();

  private final Host<T, ?> host;
  private final Block<? extends T, ?> call;
  private final Context context = Context.current();
  private final AtomicReference<@Nullable Runnable> delivery = new AtomicReference<>();

  /// The cancellation of the task that the call has not been told of, or is told of again.
  private final AtomicReference<@Nullable Cancelled> notice = new AtomicReference<>();

  /// Fails when the task waits no longer.
  private final CompletableFuture<Void> gone = new CompletableFuture<>();

  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Thread thread;
  private boolean ended;
  private boolean abandoned;

  private @Nullable T result;
  private @Nullable Throwable failure;

  Worker(Host<T, ?> host, Block<? extends T, ?> call) {
    this.host = host;
    this.call = call;
  }

  /// The call that the calling thread makes.
  static Worker<?> current() {
    var worker = CURRENT.get();
    if (worker == null) {
      throw new IllegalStateException(
          Thread.currentThread()
              + " makes no call of ToThread.run: FromThread is for such calls only, a Portal for"
              + " all other threads");
    }
    return worker;
  }

  // On the thread.

  /// Starts the call. On the loop.
  @Override
  public void execute(Runnable delivery) {
    this.delivery.set(delivery);
    ThreadCache.start(host.threadName(), this::work);
  }

  private void work() {
    CURRENT.set(this);
    setThread(Thread.currentThread());
    try {
      result = context.run(call);
    } catch (Throwable t) {
      failure = t;
    } finally {
      setThread(null);
      CURRENT.remove();
      tell(host::threadEnded);
      deliver();
    }
  }

  private void setThread(@Nullable Thread current) {
    lock.lock();
    try {
      thread = current;
      ended = current == null;
      if (ended && abandoned && failure != null && !(failure instanceof Cancelled)) {
        tell(() -> host.report(failure));
      }
    } finally {
      lock.unlock();
    }
  }

  /// Asks the task for something; a closed loop has nobody left to ask.
  private void tell(Runnable message) {
    try {
      host.loop().callSoonThreadSafe(message);
    } catch (LoopClosedException e) {
      // whoever waited there has gone
    }
  }

  /// Has a block run in the task, and waits for it.
  <R extends @Nullable Object, X extends Exception> R ask(Block<R, X> block) throws X {
    takeRequest();
    var request = new Request<R>(block);
    host.loop().callSoonThreadSafe(() -> host.take(request));
    try {
      return request.await(gone);
    } catch (CompletionException e) {
      throw Failures.<X>thrown(e.getCause() == null ? e : e.getCause());
    }
  }

  void checkCancelled() {
    takeRequest();
    var cancelled = notice.get();
    if (cancelled != null) {
      throw cancelled;
    }
  }

  /// Throws the notice of a request, which is told once.
  private void takeRequest() {
    var cancelled = notice.get();
    if (cancelled != null && isRequest(cancelled)) {
      notice.compareAndSet(cancelled, isAbandoned() ? cancelled : null);
      throw cancelled;
    }
  }

  // On the loop.

  static boolean isRequest(Cancelled cancelled) {
    return cancelled.scope() == null;
  }

  @Nullable Cancelled notice() {
    return notice.get();
  }

  void notice(Cancelled cancelled) {
    notice.set(cancelled);
  }

  void interrupt() {
    lock.lock();
    try {
      if (thread != null) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Leaves the call behind, unless it has ended.
  ///
  /// @return whether it had not
  boolean abandon() {
    lock.lock();
    try {
      abandoned |= !ended;
      return abandoned;
    } finally {
      lock.unlock();
    }
  }

  private boolean isAbandoned() {
    lock.lock();
    try {
      return abandoned;
    } finally {
      lock.unlock();
    }
  }

  /// The task waits no longer.
  void hostIsGone(Throwable why) {
    gone.completeExceptionally(why);
    deliver();
  }

  /// The loop waits no longer, and its clock neither. Any thread.
  private void deliver() {
    var message = delivery.getAndSet(null);
    if (message != null) {
      message.run();
    }
  }

  @Nullable Throwable failure() {
    return failure;
  }

  @SuppressWarnings("NullAway") // without a failure: the value is what T says it is
  T result() {
    return result;
  }

  @Override
  public String toString() {
    return "call of " + host.task() + " on a thread";
  }
}
