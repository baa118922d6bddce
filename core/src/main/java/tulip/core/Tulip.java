// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tulip.core.diagnostics.Waker;
import tulip.core.spi.HostLoop;
import tulip.core.spi.Waitable;

/// What programs call: a loop, a main task, an orderly end, and the few ways to wait.
///
/// ```java
/// Tulip.run(() -> {
///   Tulip.sleep(ofSeconds(1));
///   System.out.println("Hello");
/// });
/// ```
///
/// Everything but [#run] and [#runAsGuest] is for tasks of a running loop.
public final class Tulip {
  private Tulip() {}

  // Running.

  /// Runs a main task on a new loop, ends the loop in order as [Runner] describes, and returns the
  /// task's result.
  ///
  /// The loop has a thread of its own, for which the calling one waits. Ctrl-C cancels the main
  /// task; if it ends cancelled then, the process ends with status 130. The second Ctrl-C prints
  /// what still runs and ends the process at once.
  ///
  /// @throws X what the code throws
  /// @throws Cancelled if the task ended cancelled
  public static <T extends @Nullable Object, X extends Exception> T run(Block<T, X> main) throws X {
    return run(LoopOptions.DEFAULT, main);
  }

  /// Runs a main task without a result.
  ///
  /// @throws X what the code throws
  /// @throws Cancelled if the task ended cancelled
  public static <X extends Exception> void run(Action<X> main) throws X {
    run(LoopOptions.DEFAULT, main);
  }

  /// Runs a main task on a loop made to order.
  ///
  /// @throws X what the code throws
  /// @throws Cancelled if the task ended cancelled
  public static <T extends @Nullable Object, X extends Exception> T run(
      LoopOptions options, Block<T, X> main) throws X {
    boolean interrupted = false;
    try (var runner = Runner.open(options)) {
      try {
        return runner.run(main);
      } catch (Cancelled e) {
        interrupted = runner.wasInterrupted();
        throw e;
      }
    } finally {
      if (interrupted) {
        System.exit(Interrupts.EXIT_CODE);
      }
    }
  }

  /// Runs a main task without a result on a loop made to order.
  ///
  /// @throws X what the code throws
  /// @throws Cancelled if the task ended cancelled
  public static <X extends Exception> void run(LoopOptions options, Action<X> main) throws X {
    run(
        options,
        () -> {
          main.run();
          return null;
        });
  }

  /// Runs a main task on a loop that lives in a host's loop: a window system's, a game's, an
  /// executor's with one thread. Any thread.
  ///
  /// Tasks run on the host's thread, by turns with what the host does, but do not look like it:
  /// they touch the host's own objects through [#onHost].
  ///
  /// @return the task's result, complete when the loop has ended in order; cancelling it cancels
  ///   the task
  public static <T extends @Nullable Object> CompletableFuture<T> runAsGuest(
      HostLoop host, LoopOptions options, Block<T, ?> main) {
    return Guest.start(host, options, main);
  }

  /// Runs a piece on the bare thread of the loop, the host's own in guest mode, while the task
  /// waits.
  ///
  /// The piece may show a modal dialog there: all other tasks go on meanwhile. It must not wait in
  /// Tulip.
  ///
  /// @throws X what the piece throws
  public static <T extends @Nullable Object, X extends Exception> T onHost(Block<T, X> piece)
      throws X {
    return new HostCall<>(Task.current(), piece).await();
  }

  /// Runs a piece without a result on the bare thread of the loop.
  ///
  /// @throws X what the piece throws
  public static <X extends Exception> void onHost(Action<X> piece) throws X {
    onHost(() -> {
      piece.run();
      return null;
    });
  }

  // Waiting.

  /// Waits for so long; none or a negative duration lets the others that are ready go first.
  ///
  /// @throws Cancelled if the task was cancelled
  public static void sleep(Duration duration) {
    var loop = EventLoop.current();
    if (duration.isPositive()) {
      sleepUntil(loop.after(duration));
    } else {
      Tulip.yield();
    }
  }

  /// Waits until a time of [EventLoop#time].
  ///
  /// @throws Cancelled if the task was cancelled
  public static void sleepUntil(long when) {
    var task = Task.current();
    var timer = new Timer(task.loop, when, task);
    task.loop.timers.add(timer);
    task.suspend(timer);
  }

  /// Waits until the task is cancelled.
  ///
  /// @throws Cancelled when it is
  public static void sleepForever() {
    while (true) {
      Task.current().suspend(Forever.INSTANCE);
    }
  }

  /// Lets all others that are ready have a turn: one iteration of the loop.
  ///
  /// @throws Cancelled if the task was cancelled
  @SuppressWarnings("NamedLikeContextualKeyword") // what the thing is called everywhere
  public static void yield() {
    var task = Task.current();
    task.throwIfCancelled();
    task.yieldTurn();
    task.throwIfCancelled();
  }

  /// Waits for a result of the JDK's asynchronous interfaces. Cancelling the task leaves the stage
  /// alone.
  ///
  /// @return as [Future#await] does
  public static <T extends @Nullable Object> T await(CompletionStage<T> stage) {
    return EventLoop.current().<T>observe(stage).await();
  }

  // Doing several things.

  /// Starts a task that no group holds; the shutdown of the loop cancels it. Prefer
  /// [TaskGroup#start].
  public static <T extends @Nullable Object> Task<T> createTask(Callable<T> code) {
    return EventLoop.current().createTask(code);
  }

  /// Starts a task without a result that no group holds.
  public static Task<@Nullable Void> createTask(Action<?> code) {
    return EventLoop.current().createTask(code);
  }

  /// Runs all calls at once and returns their results in order.
  ///
  /// If one fails the others are cancelled, and its failure is thrown; failures that come after it
  /// are suppressed in it.
  ///
  /// @throws X what the calls throw
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends @Nullable Object, X extends Exception> List<T> gather(
      Block<? extends T, ? extends X>... calls) throws X {
    return gather(List.<Block<? extends T, ? extends X>>of(calls), Block::run);
  }

  /// Applies a call to every item, all at once, and returns the results in the items' order.
  ///
  /// If one fails the others are cancelled, and its failure is thrown; failures that come after it
  /// are suppressed in it.
  ///
  /// @throws X what the calls throw
  public static <A extends @Nullable Object, T extends @Nullable Object, X extends Exception>
      List<T> gather(
          Collection<? extends A> items, Mapping<? super A, ? extends T, ? extends X> call)
          throws X {
    var tasks = new ArrayList<Task<T>>(items.size());
    try (var group = TaskGroup.open()) {
      for (var item : items) {
        tasks.add(group.start(() -> call.apply(item)));
      }
      group.join();
    } catch (ExceptionGroup e) {
      throw Exceptions.sneak(firstOf(e));
    }
    var results = new ArrayList<T>(tasks.size());
    for (var task : tasks) {
      results.add(task.result());
    }
    return results;
  }

  @SuppressWarnings("ReferenceEquality") // an exception cannot suppress itself
  private static Throwable firstOf(ExceptionGroup group) {
    var failures = group.exceptions();
    var first = failures.getFirst();
    for (var later : failures.subList(1, failures.size())) {
      if (later != first) {
        first.addSuppressed(later);
      }
    }
    return first;
  }

  /// A call that [#gather] makes for each item.
  ///
  /// @param <A> the item
  /// @param <T> the result
  /// @param <X> what it throws
  @FunctionalInterface
  public interface Mapping<
      A extends @Nullable Object, T extends @Nullable Object, X extends Exception> {
    /// Makes the call.
    T apply(A item) throws X;
  }

  /// Runs all calls at once, returns the first result, and cancels the rest.
  ///
  /// @throws ExceptionGroup if every call failed
  /// @throws CancellationException if every call was cancelled, and not by the caller's
  ///   cancellation
  /// @throws IllegalArgumentException if there is no call
  @SafeVarargs
  @SuppressWarnings({"varargs", "NullAway"}) // the array is only read; the winner's value is a T
  public static <T extends @Nullable Object> T race(Block<? extends T, ?>... calls) {
    if (calls.length == 0) {
      throw new IllegalArgumentException("a race needs somebody who runs");
    }
    var race =
        new Object() {
          boolean won;
          @Nullable T result;
          final List<Throwable> failures = new ArrayList<>();
        };
    try (var group = TaskGroup.open()) {
      for (var call : calls) {
        group.start(() -> {
          try {
            T result = call.run();
            if (!race.won) {
              race.won = true;
              race.result = result;
              group.cancel("another call has won");
            }
          } catch (Exception e) {
            race.failures.add(e);
          }
        });
      }
      group.join();
    }
    if (race.won) {
      return race.result;
    }
    if (race.failures.isEmpty()) {
      throw new CancellationException("every call of a race was cancelled");
    }
    throw new ExceptionGroup("every call of a race failed", race.failures);
  }

  /// Waits until enough of the futures are done or the limit has passed, and tells which are. The
  /// futures stay as they are.
  ///
  /// @param limit how long at most; `null` for as long as it takes
  /// @throws IllegalArgumentException if there is none, or one belongs to another loop
  /// @throws Cancelled if the task was cancelled
  public static <T extends @Nullable Object> WaitResult<T> wait(
      Collection<? extends Future<? extends T>> futures,
      @Nullable Duration limit,
      ReturnWhen when) {
    if (futures.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to wait for");
    }
    var waiting = new Waiting<T>(futures);
    waiting.until(when, limit);
    return new WaitResult<>(waiting.done(), waiting.pending());
  }

  /// The futures one by one as they become done; the iterator waits for the next one, in the task
  /// that called this.
  ///
  /// @param limit how long for all of them; `null` for as long as it takes. After it the iterator
  ///   throws [TimeoutException], undeclared as `Iterator` demands
  public static <T extends @Nullable Object> Iterable<Future<? extends T>> asCompleted(
      Collection<? extends Future<? extends T>> futures, @Nullable Duration limit) {
    long deadline = limit == null ? Long.MAX_VALUE : EventLoop.current().after(limit);
    var waiting = new Waiting<T>(futures);
    return () -> waiting.iterator(deadline);
  }

  /// Waits for a task's result for so long at most; a task that is late, or whose waiter is
  /// cancelled, is cancelled and has ended when this throws.
  ///
  /// @return as [Future#await] does; the result also when it came while the task was being
  ///   cancelled for its lateness
  /// @throws TimeoutException if the task was late and gave way
  /// @throws Cancelled if the caller was cancelled, unless the task failed at that: then its
  ///   failure is thrown
  public static <T extends @Nullable Object> T waitFor(Task<T> task, Duration limit)
      throws TimeoutException {
    try {
      return timeout(limit, task::await);
    } catch (TimeoutException e) {
      end(task, "too late");
      if (task.isCancelled()) {
        throw e;
      }
      return task.result();
    } catch (Cancelled e) {
      end(task, "its waiter was cancelled");
      if (task.failure() != null && !task.isCancelled()) {
        if (e.scope() == null) {
          Task.current().requestAgain(e);
        }
        return task.result();
      }
      throw e;
    } catch (ExceptionGroup e) {
      end(task, "its waiter was cancelled"); // unless the failure is the task's own
      throw e;
    }
  }

  private static void end(Task<?> task, String why) {
    task.taskScope().cancel(why);
    shield(task::awaitDone);
  }

  // Limits.

  /// Runs a block for so long at most.
  ///
  /// @throws TimeoutException if it was not done by then and gave way; a block that is done returns
  ///   its result even if it was late
  /// @throws X what the block throws
  public static <T extends @Nullable Object, X extends Exception> T timeout(
      Duration limit, Block<T, X> block) throws X, TimeoutException {
    var scope = new Scope().timeout(limit);
    scope.enter();
    try {
      return block.run();
    } catch (Cancelled e) {
      if (!scope.catches(e)) {
        throw e;
      }
      throw timedOut(limit, e);
    } finally {
      scope.leave();
    }
  }

  /// Runs a block without a result for so long at most.
  ///
  /// @throws TimeoutException if it was not done by then and gave way
  /// @throws X what the block throws
  public static <X extends Exception> void timeout(Duration limit, Action<X> block)
      throws X, TimeoutException {
    timeout(
        limit,
        () -> {
          block.run();
          return null;
        });
  }

  /// Runs a block for so long at most, and goes on either way.
  ///
  /// @return whether the block was done; false if it gave way to the limit
  /// @throws X what the block throws
  public static <X extends Exception> boolean moveOnAfter(Duration limit, Action<X> block)
      throws X {
    var scope = new Scope().timeout(limit);
    scope.run(block);
    return !scope.wasCancelled();
  }

  private static TimeoutException timedOut(Duration limit, Cancelled cause) {
    var timeout = new TimeoutException("not done within " + limit);
    timeout.initCause(cause);
    return timeout;
  }

  /// Runs a block that cancellation from around it does not reach: for clean-up that must wait.
  /// Give it a limit of its own.
  ///
  /// @throws X what the block throws
  @SuppressWarnings("NullAway") // nobody else has the scope: it is never cancelled
  public static <T extends @Nullable Object, X extends Exception> T shield(Block<T, X> block)
      throws X {
    return new Scope().shield(true).run(block);
  }

  /// Runs a block without a result that cancellation from around it does not reach.
  ///
  /// @throws X what the block throws
  public static <X extends Exception> void shield(Action<X> block) throws X {
    new Scope().shield(true).run(block);
  }

  // Not waiting.

  /// Runs a block that must not wait, and fails it if it does: a debug aid that shows that nothing
  /// else of the loop can run between two changes that belong together. May be nested; in a
  /// callback, which cannot wait, it just runs the block.
  ///
  /// A wait of Tulip's throws where it is called, before it has begun. Only those that clean up,
  /// the end of a group's block among them, wait all the same; they, and on the carrier engine
  /// waits in foreign code, are found when the block returns. On the baton engine a foreign wait
  /// keeps the turn.
  ///
  /// @throws NoWaitError if it waited
  /// @throws X what the block throws
  public static <T extends @Nullable Object, X extends Exception> T noWait(Block<T, X> block)
      throws X {
    var task = EventLoop.current().currentTask();
    return task == null ? block.run() : task.noWait(block);
  }

  /// Runs a block without a result that must not wait, and fails it if it does.
  ///
  /// @throws NoWaitError if it waited
  /// @throws X what the block throws
  public static <X extends Exception> void noWait(Action<X> block) throws X {
    noWait(() -> {
      block.run();
      return null;
    });
  }

  // Work that would block the loop.

  /// Runs a call that would block the whole loop on a thread of its own, and waits for its result:
  /// file I/O, host names, standard input, pipes of processes, heavy computing.
  ///
  /// As many run at once as [LoopOptions#blockingThreads] says; the others queue. A cancelled task
  /// waits for the call to end all the same, for it cannot be stopped; what it returned is dropped.
  /// `tulip.core.threads.ToThread` keeps it, can interrupt or abandon the call, and has a way back
  /// to the loop.
  ///
  /// @throws X what the call throws
  /// @throws Cancelled if the task was cancelled, after the call has ended
  public static <T extends @Nullable Object, X extends Exception> T blocking(Block<T, X> call)
      throws X {
    var task = Task.current();
    Future<T> job = task.loop.runInExecutor(null, call::run);
    job.markRead();
    try {
      job.awaitDone();
    } catch (Cancelled | ExceptionGroup e) {
      while (!job.isDone()) {
        job.awaitDoneMasked(task);
      }
      throw e;
    }
    var failure = job.failure();
    if (failure != null) {
      throw Exceptions.sneak(failure);
    }
    return job.result();
  }

  /// Runs a call without a result that would block the whole loop.
  ///
  /// @throws X what the call throws
  /// @throws Cancelled if the task was cancelled, after the call has ended
  public static <X extends Exception> void blocking(Action<X> call) throws X {
    blocking(() -> {
      call.run();
      return null;
    });
  }

  /// Nothing that ever happens on the loop by itself: who waits for it trusts in Ctrl-C, or another
  /// thread.
  private enum Forever implements Waitable {
    INSTANCE;

    @Override
    public Waker waker() {
      return Waker.OUTSIDE;
    }

    @Override
    public void abort(Task<?> task) {
      // nobody keeps it
    }

    @Override
    public String toString() {
      return "cancellation";
    }
  }
}
