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
/// Thread and task take turns. To the loop, each turn of the thread is a job in an executor, this
/// one: it begins with [#execute], and is over when the thread asks for something or ends, or when
/// the task abandons it. So a virtual clock stands still just while the thread works.
final class Worker<T extends @Nullable Object> implements Executor {
  private static final ThreadLocal<@Nullable Worker<?>> CURRENT = new ThreadLocal<>();

  private final Host<T, ?> host;
  private final Block<? extends T, ?> call;
  private final Context context = Context.current();

  /// Tells the loop that the thread's turn is over.
  private final AtomicReference<@Nullable Runnable> delivery = new AtomicReference<>();

  private volatile @Nullable Request<?> request;

  /// The cancellation of the task that the call has not been told of, or is told of again.
  private final AtomicReference<@Nullable Cancelled> notice = new AtomicReference<>();

  /// Fails when the task waits no longer.
  private final CompletableFuture<Void> gone = new CompletableFuture<>();

  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Thread thread;
  private boolean interrupted;
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

  private void work() {
    begin();
    try {
      result = context.run(call);
    } catch (Throwable t) {
      failure = t;
    } finally {
      end();
    }
  }

  private void begin() {
    CURRENT.set(this);
    lock.lock();
    try {
      thread = Thread.currentThread();
      if (interrupted) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    CURRENT.remove();
    lock.lock();
    try {
      thread = null;
      ended = true;
      var thrown = failure;
      if (abandoned && thrown != null && !(thrown instanceof Cancelled)) {
        tell(() -> host.report(thrown));
      }
    } finally {
      lock.unlock();
    }
    tell(host::threadEnded);
    deliver();
  }

  /// A closed loop has nobody left to tell.
  private void tell(Runnable message) {
    try {
      host.loop().callSoonThreadSafe(message);
    } catch (LoopClosedException e) {
      // whoever waited there has gone
    }
  }

  /// Has a block run in the task, and waits for it.
  <R extends @Nullable Object, X extends Exception> R ask(Block<R, X> block) throws X {
    throwNotice(false);
    var asked = new Request<R>(block);
    request = asked;
    deliver();
    try {
      return asked.await(gone);
    } catch (CompletionException e) {
      throw Failures.<X>thrown(e.getCause() == null ? e : e.getCause());
    }
  }

  void checkCancelled() {
    throwNotice(true);
  }

  /// Tells the call of its task's cancellation: of a request once, of a scope's each time.
  ///
  /// @param scopes whether to tell of a scope's; what waits in it is told by itself
  private void throwNotice(boolean scopes) {
    var cancelled = notice.get();
    if (cancelled == null) {
      return;
    }
    boolean once = isRequest(cancelled);
    if (once && !isAbandoned()) {
      notice.compareAndSet(cancelled, null);
    }
    if (once || scopes) {
      throw cancelled;
    }
  }

  // On the loop.

  /// Lets the thread begin, or go on with the answer to what it asked for.
  @Override
  public void execute(Runnable delivery) {
    this.delivery.set(delivery);
    var asked = request;
    if (asked == null) {
      ThreadCache.start(host.threadName(), this::work);
    } else {
      request = null;
      asked.answer();
    }
  }

  /// What the thread asks for; `null` if it has ended.
  @Nullable Request<?> request() {
    return request;
  }

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
      interrupted = true;
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
