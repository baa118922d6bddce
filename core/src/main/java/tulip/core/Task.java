// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tulip.core.Traces.Reason;
import tulip.core.diagnostics.Creation;
import tulip.core.engine.Fiber;
import tulip.core.spi.Waitable;

/// A piece of code that runs on a loop by turns, and the future of its result.
///
/// A task is a virtual thread that runs only while it holds its loop's turn: between two waits
/// nothing else of that loop runs. It always gets its first turn, even when it was cancelled
/// before.
///
/// The loop holds on to its tasks; a task that nobody holds runs to its end all the same.
///
/// Cancellation has two faces. [#scope] is what the task runs in: cancelling that is
/// level-triggered and cannot be missed. [#cancel], [#cancelling] and [#uncancel] are asyncio's: a
/// request makes one wait throw, and is counted.
///
/// @param <T> the result's type
public final class Task<T extends @Nullable Object> extends Future<T> implements Runnable {
  /// After so many refusals a task that does not give way to the closing of its loop is left alone.
  private static final int PATIENCE = 1_000;

  private enum Wake {
    NONE,
    RESUMED,
    ABORTED,
    CLOSED
  }

  private final Callable<T> code;
  private final @Nullable String givenName;
  private final long id;
  private final Scope root;
  final Fiber fiber;
  final @Nullable TaskGroup group;
  Context context;

  private Scope scope;
  private @Nullable Waitable waitingFor;
  private Wake wake = Wake.NONE;
  private boolean masked;

  /// What aborted the wait: a scope, or `null` for [#cancel].
  private @Nullable Scope abortedBy;

  private int noWaits;
  private int requests;
  private boolean requested;
  private Reason request = Reason.NONE;
  private @Nullable Throwable poison;
  private boolean interruptedByLoop;
  private int refusals;
  private @Nullable ArrayList<Future<?>> unread;
  private @Nullable ArrayList<Runnable> endHooks;

  Task(
      EventLoop loop,
      @Nullable String name,
      Callable<T> code,
      Scope around,
      @Nullable TaskGroup group) {
    var creator = loop.mountedTask();
    super(loop, creator);
    this.code = loop.isDebug() ? new Traces.Code<>(code, Traces.creation(creator)) : code;
    this.givenName = name;
    this.group = group;
    context = creator == null ? loop.contextHere() : creator.context;
    id = loop.nextTaskId();
    root = Scope.of(this, around);
    scope = root;
    fiber = loop.newFiber(threadName(), this);
  }

  /// The task that runs now.
  ///
  /// @throws IllegalStateException outside of tasks: in callbacks, in plain threads
  public static Task<?> current() {
    return EventLoop.current().taskForWait();
  }

  // Looking.

  /// The name it was given, or `Task-N`.
  public String name() {
    return givenName != null ? givenName : "Task-" + id;
  }

  /// An automatic name costs as much as a quarter of a task's start: only debug mode has time for
  /// it.
  private String threadName() {
    return givenName != null || loop.isDebug() ? name() : "";
  }

  /// The number of the task on its loop: later tasks have higher ones.
  public long id() {
    return id;
  }

  /// The task's thread, for dumps and debuggers. Whoever unparks or interrupts it must know why.
  public Thread thread() {
    return fiber.thread();
  }

  /// What the task waits for inside Tulip, or `null`. On the loop.
  public @Nullable Waitable waitingFor() {
    return waitingFor;
  }

  /// Whether the task waits for something outside Tulip: a lock, a socket of the JDK. On the loop.
  public boolean isWaitingOutside() {
    return fiber.isOutside();
  }

  /// Whether its wait is over, and it stands in the queue for its turn.
  boolean isResumed() {
    return wake != Wake.NONE;
  }

  @Override
  List<Creation> created() {
    return code instanceof Traces.Code<T> traced ? traced.created() : List.of();
  }

  /// Who waits for a task's end waits for the task.
  @Override
  public List<Task<?>> holders() {
    return isDone() ? List.of() : List.of(this);
  }

  /// The innermost scope the task is in. On the loop.
  public Scope scope() {
    return scope;
  }

  /// The scope that the whole task runs in: cancel it to have the task, and all it started in
  /// groups, end. On the loop.
  public Scope taskScope() {
    return root;
  }

  void scope(Scope inner) {
    scope = inner;
  }

  // Cancellation, asyncio's way.

  /// Requests that the task end: its present wait, or its next one, throws [Cancelled] once.
  ///
  /// A shielded scope that the task is in holds the request back. On the loop.
  ///
  /// @return false if the task is done
  @Override
  public boolean cancel(String reason) {
    loop.checkTurn();
    if (isDone()) {
      return false;
    }
    requests++;
    requested = true;
    request = Traces.reason(loop, this, reason);
    deliver();
    return true;
  }

  /// How many requests of [#cancel] were not taken back. On the loop.
  public int cancelling() {
    return requests;
  }

  /// Takes one request back; with the last one also what has not been delivered. On the loop.
  ///
  /// @return how many are left
  public int uncancel() {
    loop.checkTurn();
    if (requests > 0 && --requests == 0) {
      requested = false;
    }
    return requests;
  }

  /// Not for tasks: a task's result is what its code returns.
  ///
  /// @throws UnsupportedOperationException always
  @Override
  public void setResult(T result) {
    throw new UnsupportedOperationException("a task's result is what its code returns");
  }

  /// Not for tasks: a task's failure is what its code throws.
  ///
  /// @throws UnsupportedOperationException always
  @Override
  public void setException(Throwable exception) {
    throw new UnsupportedOperationException("a task's failure is what its code throws");
  }

  // Waiting: for those who build primitives.

  /// Gives the turn back until [#resume]. Called by the task itself, after it has put itself where
  /// somebody will find and resume it. If this throws, `on` has been told to forget the task.
  ///
  /// @throws Cancelled if the task was cancelled, and not resumed before that
  public void suspend(Waitable on) {
    try {
      checkWait(on);
    } catch (Throwable t) {
      on.abort(this);
      throw t;
    }
    if (cancellation() != null) {
      on.abort(this);
      var cause = takeCause();
      yieldTurn(); // or a task that swallows its cancellation would starve the others
      throw cancelled(cause);
    }
    park(on);
  }

  /// Ends a wait: the task goes on when its turn comes. On the loop.
  ///
  /// @return false if it was not waiting, or was resumed or cancelled already
  public boolean resume() {
    if (waitingFor == null || wake != Wake.NONE) {
      return false;
    }
    wake = Wake.RESUMED;
    fiber.resume();
    loop.scheduled(this);
    return true;
  }

  /// Has a callback queued when the task ends, whatever becomes of its result: for what others wait
  /// to get from it. On the loop.
  public void addEndHook(Runnable hook) {
    endHooks = endHooks == null ? new ArrayList<>(2) : endHooks;
    endHooks.add(hook);
  }

  /// Takes an [#addEndHook] back, if there was one. On the loop.
  public void removeEndHook(Runnable hook) {
    if (endHooks != null) {
      endHooks.remove(hook);
    }
  }

  /// Lets all others that are ready have a turn, whatever was cancelled.
  void yieldTurn() {
    checkYield();
    boolean before = masked;
    masked = true;
    try {
      waitingFor = Yield.INSTANCE;
      resume();
      park(Yield.INSTANCE);
    } finally {
      masked = before;
    }
  }

  /// Throws if the task may not let others go first.
  void checkYield() {
    checkWait(Yield.INSTANCE);
  }

  /// Gives a new task its first turn at once, and goes on when that task waits or ends. After
  /// [#checkYield].
  void letFirst(Task<?> newcomer) {
    boolean before = masked;
    masked = true;
    try {
      wake = Wake.RESUMED;
      fiber.resumeFirst();
      newcomer.fiber.startFirst();
      loop.extendIteration(2);
      park(Yield.INSTANCE);
    } finally {
      masked = before;
    }
  }

  /// Runs a block whose waits fail; what must wait to clean up does, and fails the block then.
  <R extends @Nullable Object, X extends Exception> R noWait(Block<R, X> block) throws X {
    long turns = loop.queue.turns();
    noWaits++;
    R result;
    try {
      result = block.run();
    } finally {
      noWaits--;
    }
    if (loop.queue.turns() != turns) {
      throw new NoWaitError(
          this
              + " gave its turn away inside Tulip.noWait: in foreign code, or to end a group or a"
              + " blocking call");
    }
    return result;
  }

  /// Throws if the task is cancelled; never waits.
  void throwIfCancelled() {
    if (cancellation() != null) {
      throw cancelled(takeCause());
    }
  }

  /// Waits in spite of every cancellation.
  void suspendMasked(Waitable on) {
    boolean before = masked;
    masked = true;
    try {
      suspend(on);
    } finally {
      masked = before;
    }
  }

  private void park(Waitable on) {
    waitingFor = on;
    Runnable resumed = null;
    try {
      if (loop.flight != null) {
        resumed = loop.flight.parks(this, on);
      }
      while (!fiber.suspend()) {
        interrupted();
      }
    } catch (Throwable t) {
      on.abort(this);
      wake = Wake.NONE;
      throw t;
    } finally {
      waitingFor = null;
    }
    if (resumed != null) {
      resumed.run();
    }
    var how = wake;
    wake = Wake.NONE;
    switch (how) {
      case ABORTED -> {
        if (abortedBy == null) {
          requested = false; // one throw answers all requests that came before it
        }
        throw cancelled(abortedBy);
      }
      case CLOSED -> throw closed();
      case NONE, RESUMED -> {}
    }
  }

  private void checkWait(Waitable on) {
    if (noWaits > 0 && !masked) {
      throw new NoWaitError(this + " waits for " + on + " inside Tulip.noWait");
    }
    if (loop.isClosed()) {
      if (++refusals > PATIENCE) {
        leaveForGood();
      }
      throw closed();
    }
    if (poison != null) {
      throw Exceptions.sneak(poison);
    }
  }

  private LoopClosedException closed() {
    return new LoopClosedException(this + " cannot wait any more: its loop is closed");
  }

  /// A task that runs on whatever it is told would keep the reaper's thread busy for ever.
  private static void leaveForGood() {
    while (true) {
      LockSupport.park();
    }
  }

  /// The thread was interrupted in a wait.
  private void interrupted() {
    var frames = fiber.takePinnedFrames();
    if (frames != null) {
      throw pinned(frames);
    }
    if (!fiber.isStaleBreak()) {
      cancel("its thread was interrupted");
    }
  }

  private PinnedWaitError pinned(StackTraceElement[] frames) {
    var error =
        new PinnedWaitError(
            this
                + " waited where its thread cannot leave the loop: a class initialiser or a native"
                + " frame below the wait holds it");
    error.setStackTrace(frames);
    return error;
  }

  // Being cancelled.

  /// Ends the task's wait if it has been cancelled. On the loop.
  void deliver() {
    var on = waitingFor;
    if (on == null || wake != Wake.NONE || masked || cancellation() == null) {
      return;
    }
    abortedBy = takeCause();
    wake = Wake.ABORTED;
    on.abort(this);
    fiber.resume();
    loop.scheduled(this);
  }

  /// What there is to throw: this task for a request, a scope, or `null`.
  private @Nullable Object cancellation() {
    if (masked) {
      return null;
    }
    if (requested && !isShielded()) {
      return this;
    }
    return scope.isEffective() ? scope : null;
  }

  /// Uses up a request, or finds the scope that will catch.
  private @Nullable Scope takeCause() {
    if (requested && !isShielded()) {
      requested = false;
      return null;
    }
    return scope.cause();
  }

  private boolean isShielded() {
    for (var inner = scope; inner != root; inner = inner.parent()) {
      if (inner.isShielded()) {
        return true;
      }
    }
    return false;
  }

  /// What a wait throws. The body of a group whose child has failed gets the failure itself, once.
  private Throwable toThrow(@Nullable Scope cause) {
    if (cause == null) {
      return request.toCancelled(null);
    }
    var failed = cause.group();
    if (failed != null && cause.owner() == this) {
      var failure = failed.takeFailure();
      if (failure != null) {
        return failure;
      }
    }
    return cause.why().toCancelled(cause);
  }

  private RuntimeException cancelled(@Nullable Scope cause) {
    return Exceptions.sneak(toThrow(cause));
  }

  /// A request that came while the task had something more urgent to throw: it is made again.
  void requestAgain(Cancelled first) {
    requested = true;
    request = new Reason(first.reason(), first.getCause());
  }

  // Running.

  /// The task's body. Called by its thread.
  @Override
  @SuppressWarnings("ReferenceEquality") // an exception cannot suppress itself
  public void run() {
    loop.enterFiber();
    try {
      T result = code.call();
      if (poison != null) {
        throw Exceptions.sneak(poison);
      }
      finish(result);
    } catch (Throwable t) {
      if (group != null) {
        markRead();
      }
      var foreign = poison;
      if (foreign != null) {
        if (t != foreign) {
          foreign.addSuppressed(t);
        }
        fail(foreign);
      } else if (t instanceof Cancelled || t instanceof InterruptedException || interruptedByLoop) {
        finishCancelled(t);
      } else {
        fail(t);
      }
    }
    root.detach();
    loop.taskEnded(this);
    if (endHooks != null) {
      endHooks.forEach(hook -> loop.call(hook, context, this));
    }
    if (group != null) {
      group.childEnded(this);
    }
    if (unread != null) {
      unread.forEach(loop.errors::reportIfUnread);
    }
  }

  /// Keeps a failed future that this task created, to be reported when the task ends.
  void keepUnread(Future<?> failed) {
    if (unread == null) {
      unread = new ArrayList<>(2);
    }
    unread.add(failed);
  }

  /// The loop is closed and the task still waits: it goes on elsewhere, to be told so.
  void abandon() {
    if (waitingFor != null) {
      if (wake == Wake.NONE) {
        wake = Wake.CLOSED;
      }
      fiber.abandon();
    }
  }

  /// The loop closes and the task sits in foreign code.
  void interruptOutside() {
    interruptedByLoop = true;
    fiber.thread().interrupt();
  }

  /// Has the task fail with this at its next wait or its end, and gets it out of foreign code.
  void poison(Throwable error) {
    if (poison == null) {
      poison = error;
      fiber.thread().interrupt();
    }
  }

  @Override
  public String toString() {
    return "task " + name();
  }

  /// What a task that only lets others go first waits for.
  private enum Yield implements Waitable {
    INSTANCE;

    @Override
    public void abort(Task<?> task) {
      // nobody keeps it
    }

    @Override
    public String toString() {
      return "yield";
    }
  }
}
