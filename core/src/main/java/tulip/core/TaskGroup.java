// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import tulip.core.spi.Waitable;

/// Tasks that live no longer than a block.
///
/// ```java
/// try (var group = TaskGroup.open()) {
///   var foo = group.start(() -> redis.get("foo"));
///   var bar = group.start(() -> redis.incr("bar"));
///   group.join();
///   return foo.result() + bar.result();
/// }
/// ```
///
/// [#join] waits for all; [#close] without it cancels what still runs, and waits for that. When a
/// child fails, the others are cancelled, and so is the block: its join, or whatever wait it is in,
/// throws the [ExceptionGroup] of all failures; waits after that throw [Cancelled]. A child that
/// ends cancelled is no failure.
///
/// A block that cancels its own group leaves by [Cancelled] if it waits after that; [#join] and
/// [TaskGroup#run] return quietly instead.
///
/// A group belongs to the task that opened it: that one joins and closes it. Any task or callback
/// of the loop may start children in it.
public final class TaskGroup implements AutoCloseable, Waitable {
  /// The block of [TaskGroup#run].
  ///
  /// @param <X> what it throws
  @FunctionalInterface
  public interface GroupBlock<X extends Exception> {
    /// Runs with an open group.
    void run(TaskGroup group) throws X;
  }

  /// The code of a task that tells when it is ready.
  ///
  /// @param <V> what it tells
  @FunctionalInterface
  public interface Service<V extends @Nullable Object> {
    /// Runs the service, and calls [TaskStatus#started] once.
    void run(TaskStatus<V> status) throws Exception;
  }

  private final Task<?> owner;
  private final Scope scope;
  private int running;
  private boolean joining;
  private boolean closed;
  private boolean thrown;
  private final boolean supervising;
  private @Nullable ExceptionGroup failure;

  private TaskGroup(boolean supervising) {
    this.supervising = supervising;
    owner = Task.current();
    scope = Scope.of(this);
    scope.enter();
  }

  /// Opens a group in the running task.
  public static TaskGroup open() {
    return new TaskGroup(false);
  }

  /// Opens a group in which a failing child leaves the others alone: [#join] waits for all, and
  /// throws the failures then.
  public static TaskGroup openSupervisor() {
    return new TaskGroup(true);
  }

  /// Runs a block with a group, and waits for all that the block has started.
  ///
  /// @throws X what the block throws; the failures of children are suppressed in it then
  /// @throws ExceptionGroup if children failed; also if the block was cancelled, for the failure of
  ///   a clean-up must not be lost to that
  public static <X extends Exception> void run(GroupBlock<X> block) throws X {
    try (var group = open()) {
      try {
        block.run(group);
        group.join();
      } catch (Cancelled e) {
        if (!group.scope.catches(e)) {
          group.endFor(e);
        }
      }
    }
  }

  /// The scope that the block and the children run in.
  public Scope scope() {
    return scope;
  }

  /// Starts a task.
  ///
  /// @throws IllegalStateException if the group is closed
  public <T extends @Nullable Object> Task<T> start(Callable<T> code) {
    return start(null, code);
  }

  /// Starts a task without a result.
  ///
  /// @throws IllegalStateException if the group is closed
  public Task<@Nullable Void> start(Action<?> code) {
    return start(null, EventLoop.callable(code));
  }

  /// Starts a task with a name.
  ///
  /// @param name for reports; `null` for `Task-N`
  /// @throws IllegalStateException if the group is closed
  public <T extends @Nullable Object> Task<T> start(@Nullable String name, Callable<T> code) {
    if (closed) {
      throw new IllegalStateException(
          "the task group is closed: start tasks before its block ends");
    }
    var task = owner.loop.newTask(name, code, scope, this);
    running++;
    return task;
  }

  /// Starts a task with a name and without a result.
  ///
  /// @param name for reports; `null` for `Task-N`
  /// @throws IllegalStateException if the group is closed
  public Task<@Nullable Void> start(@Nullable String name, Action<?> code) {
    return start(name, EventLoop.callable(code));
  }

  /// Starts a task and waits until it says that it is ready.
  ///
  /// If it fails before that, the failure is thrown here and is none of the group's.
  ///
  /// @return what the task told with [TaskStatus#started]
  /// @throws IllegalStateException if the task ended without telling
  /// @throws Cancelled if the caller was cancelled; the new task is cancelled too then, and has
  ///   ended
  public <V extends @Nullable Object> V startAndWait(Service<V> service) {
    var status = new TaskStatus<V>(owner.loop);
    var ready = status.ready;
    ready.markRead();
    var task = start(null, () -> serve(service, status));
    try {
      return ready.await();
    } catch (Cancelled e) {
      task.taskScope().cancel(e.reason());
      Tulip.shield(task::awaitDone);
      throw e;
    }
  }

  private static <V extends @Nullable Object> @Nullable Void serve(
      Service<V> service, TaskStatus<V> status) throws Exception {
    try {
      service.run(status);
    } catch (Exception e) {
      if (status.ready.isDone()) {
        throw e;
      }
      status.ready.fail(e);
    } finally {
      if (!status.ready.isDone()) {
        status.ready.fail(
            new IllegalStateException("the task ended before it called TaskStatus.started"));
      }
    }
    return null;
  }

  /// Cancels the block and all children, without a reason.
  public void cancel() {
    cancel("");
  }

  /// Cancels the block and all children. On the loop.
  public void cancel(String reason) {
    scope.cancel(reason);
  }

  /// Ends the block and all children, and gives them so much time to finish what they are doing;
  /// see [Scope#cancelGracefully(Duration)]. On the loop.
  public void cancelGracefully(Duration grace) {
    scope.cancelGracefully(grace);
  }

  /// Ends the block and all children with a grace and a reason. On the loop.
  public void cancelGracefully(Duration grace, String reason) {
    scope.cancelGracefully(grace, reason);
  }

  /// The children that still run, the oldest first. On the loop.
  public List<Task<?>> children() {
    var children = new ArrayList<Task<?>>();
    for (var inner = scope.firstChild(); inner != null; inner = inner.nextSibling()) {
      var task = inner.owner();
      if (task != null && task.group == this && task.taskScope() == inner) {
        children.addFirst(task);
      }
    }
    return children;
  }

  /// Waits until all children have ended. By the task that opened the group.
  ///
  /// @throws ExceptionGroup if any has failed
  /// @throws Cancelled if the caller was cancelled, be it by a scope within the group's block; the
  ///   children are cancelled too, and have ended
  public void join() {
    checkOwner();
    Cancelled cancelled = null;
    try {
      waitAsFromOutside();
    } catch (Cancelled e) {
      cancelled = e;
      cancelFor(e);
      waitToTheEnd();
    }
    throwFailure(cancelled);
  }

  /// What comes from within the block ends the children alone: the block goes on.
  private void cancelFor(Cancelled e) {
    var from = e.scope();
    if (from != null && from != scope && from.isWithin(scope)) {
      children().forEach(child -> child.taskScope().cancel(e.reason()));
    } else {
      scope.cancel(e.reason());
    }
  }

  /// Ends the block: cancels the children that still run, and waits for them.
  ///
  /// @throws ExceptionGroup if any has failed and nobody was told
  @Override
  public void close() {
    if (closed) {
      return;
    }
    checkOwner();
    if (running > 0) {
      scope.cancel("its group was closed");
      waitToTheEnd();
    }
    closed = true;
    scope.leave();
    if (!thrown) {
      throwFailure(null);
    }
  }

  private void checkOwner() {
    if (Task.current() != owner) {
      throw new IllegalStateException("only the task that opened a group joins and closes it");
    }
  }

  /// The block was cancelled from outside, and throws what it would throw if it had been in its
  /// join.
  private void endFor(Cancelled cancelled) {
    scope.cancel(cancelled.reason());
    waitToTheEnd();
    if (thrown) {
      throw cancelled;
    }
    throwFailure(cancelled);
  }

  /// A failing child cancels the group's scope; that must not cut its join short. What comes from
  /// around the group does, if the scope has no shield, and what comes from within its block.
  private void waitAsFromOutside() {
    var here = owner.scope();
    if (here != scope) {
      here.outermostWithin(scope).lift(this::awaitChildren);
    } else if (scope.isShielded()) {
      waitToTheEnd();
    } else {
      owner.scope(scope.parent());
      try {
        awaitChildren();
      } finally {
        owner.scope(here);
      }
    }
  }

  private void awaitChildren() {
    joining = true;
    try {
      while (running > 0) {
        owner.suspend(this);
      }
    } finally {
      joining = false;
    }
  }

  private void waitToTheEnd() {
    joining = true;
    try {
      while (running > 0) {
        owner.suspendMasked(this);
      }
    } finally {
      joining = false;
    }
  }

  private void throwFailure(@Nullable Cancelled cancelled) {
    if (failure != null) {
      if (cancelled != null && cancelled.scope() == null) {
        owner.requestAgain(cancelled);
      }
      thrown = true;
      throw failure;
    }
    if (cancelled != null) {
      throw cancelled;
    }
  }

  void childEnded(Task<?> child) {
    running--;
    var problem = child.isCancelled() ? null : child.failure();
    if (problem != null) {
      if (failure == null) {
        failure = new ExceptionGroup("in a task group", problem);
      } else {
        failure.add(problem);
      }
      if (!supervising) {
        scope.cancel(child + " failed");
      }
    }
    if (joining && running == 0) {
      owner.resume();
    }
  }

  /// The failures, if the block has not been told of them.
  @Nullable ExceptionGroup takeFailure() {
    if (thrown) {
      return null;
    }
    thrown = failure != null;
    return failure;
  }

  @Override
  public List<Task<?>> holders() {
    return children();
  }

  @Override
  public void abort(Task<?> task) {
    // the owner is resumed only while it joins
  }

  @Override
  public String toString() {
    return "task group of " + running + " running";
  }
}
