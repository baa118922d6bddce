// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tulip.core.diagnostics.LoopSnapshot;
import tulip.core.diagnostics.ScopeSnapshot;
import tulip.core.diagnostics.ScopeSnapshot.Kind;
import tulip.core.diagnostics.TaskRef;
import tulip.core.diagnostics.TaskSnapshot;
import tulip.core.diagnostics.TaskSnapshot.State;
import tulip.core.diagnostics.TaskTree;
import tulip.core.diagnostics.WaitSnapshot;
import tulip.core.diagnostics.WakeSources;
import tulip.core.spi.Waitable;

/// Looks at a loop.
///
/// Whoever has the turn may read everything: nothing changes meanwhile. Other threads have the loop
/// look for them, in a callback. If it does not come to that in time they read no list of the loop,
/// but only who has the turn, a single field, and the stack of that thread, which the JDK takes
/// safely at any moment.
final class Snapshots {
  /// Each stack holds the loop up for some fifty microseconds.
  private static final int STACKS = 200;

  /// How much of what a thing says of itself goes into a report.
  private static final int LETTERS = 200;

  /// How often to look again if the turn has changed hands meanwhile.
  private static final int TRIES = 10;

  private record Place(int depth, Scope scope) {}

  private final EventLoop loop;
  private final long now;
  private final @Nullable Task<?> running;
  private final ArrayList<Place> places = new ArrayList<>();
  private final Map<Task<?>, List<TaskRef>> children = new HashMap<>();
  private final IdentityHashMap<Object, WaitSnapshot> waits = new IdentityHashMap<>();
  private int stacks;

  private Snapshots(EventLoop loop) {
    this.loop = loop;
    now = loop.time();
    running = loop.mountedTask();
  }

  /// By whoever has the turn.
  static LoopSnapshot take(EventLoop loop) {
    return new Snapshots(loop).take();
  }

  /// From any thread.
  static LoopSnapshot take(EventLoop loop, Duration limit) {
    if (loop.inLoop()) {
      return take(loop);
    }
    var answer = new CompletableFuture<LoopSnapshot>();
    if (loop.tryCallSoonThreadSafe(() -> answer(loop, answer))) {
      try {
        return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException e) {
        // the loop does not answer: what can be said without it
      }
      answer.cancel(false);
    }
    return fromOutside(loop);
  }

  private static void answer(EventLoop loop, CompletableFuture<LoopSnapshot> answer) {
    if (!answer.isDone()) {
      try {
        answer.complete(take(loop));
      } catch (Throwable t) {
        answer.completeExceptionally(t);
      }
    }
  }

  // By the loop.

  private LoopSnapshot take() {
    walk();
    var tasks = new ArrayList<TaskSnapshot>();
    var rows = new ArrayList<TaskTree.Row>(places.size());
    for (var place : places) {
      var task = taskOf(place.scope);
      if (task == null) {
        rows.add(new TaskTree.Row(place.depth, scope(place.scope)));
      } else {
        var seen = task(task);
        rows.add(new TaskTree.Row(place.depth, seen));
        tasks.add(seen);
      }
    }
    tasks.sort((a, b) -> Long.compare(a.task().id(), b.task().id()));
    return new LoopSnapshot(loop.toString(), true, tasks, new TaskTree(rows), sources(), List.of());
  }

  /// Collects all scopes, each before those in it, the oldest first, and who is whose child.
  private void walk() {
    var open = new ArrayList<Place>();
    open(open, 0, loop.rootScope());
    while (!open.isEmpty()) {
      var place = open.removeLast();
      places.add(place);
      var task = taskOf(place.scope);
      var parent = task == null ? null : parent(task);
      if (task != null && parent != null) {
        children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(ref(task));
      }
      open(open, place.depth + 1, place.scope);
    }
  }

  private static void open(List<Place> open, int depth, Scope around) {
    for (var inner = around.firstChild(); inner != null; inner = inner.nextSibling()) {
      open.add(new Place(depth, inner)); // the oldest comes last, and is taken first
    }
  }

  private static @Nullable Task<?> taskOf(Scope scope) {
    var owner = scope.owner();
    return owner != null && owner.taskScope() == scope ? owner : null;
  }

  private static @Nullable Task<?> parent(Task<?> task) {
    return task.taskScope().parent().owner();
  }

  private TaskSnapshot task(Task<?> task) {
    var state = state(task);
    var parent = parent(task);
    return new TaskSnapshot(
        ref(task),
        state,
        state == State.WAITING ? wait(task) : null,
        scopes(task),
        parent == null ? null : ref(parent),
        children.getOrDefault(task, List.of()),
        stacks++ < STACKS ? Stacks.ofTask(task.thread().getStackTrace()) : List.of(),
        task.created());
  }

  private State state(Task<?> task) {
    if (task.isDone()) {
      return State.DONE;
    }
    if (task == running) {
      return State.RUNNING;
    }
    if (task.isWaitingOutside()) {
      return State.OUTSIDE;
    }
    return task.waitingFor() != null && !task.isResumed() ? State.WAITING : State.READY;
  }

  private @Nullable WaitSnapshot wait(Task<?> task) {
    var on = task.waitingFor();
    return on == null ? null : waits.computeIfAbsent(on.subject(), _ -> wait(on));
  }

  private WaitSnapshot wait(Waitable on) {
    var holders = on.holders().stream().map(Snapshots::ref).toList();
    return new WaitSnapshot(describe(on), waits.size() + 1, on.waker(), holders);
  }

  private String describe(Waitable on) {
    if (on instanceof Timer timer) {
      long left = TimeUnit.NANOSECONDS.toMillis(Math.max(0, timer.when - now));
      return timer + " with " + left / 1000.0 + " s left";
    }
    String text;
    try {
      text = on.toString();
    } catch (RuntimeException e) {
      text = on.getClass().getSimpleName();
    }
    return text.length() > LETTERS ? text.substring(0, LETTERS) + "..." : text;
  }

  private List<ScopeSnapshot> scopes(Task<?> task) {
    var scopes = new ArrayList<ScopeSnapshot>();
    var last = task.taskScope();
    for (var scope = task.scope(); scope != last; scope = scope.parent()) {
      scopes.add(scope(scope));
    }
    scopes.add(scope(last));
    return scopes;
  }

  private ScopeSnapshot scope(Scope scope) {
    var kind = scope.group() != null ? Kind.GROUP : taskOf(scope) == null ? Kind.BLOCK : Kind.TASK;
    long deadline = scope.deadline();
    return new ScopeSnapshot(
        kind,
        scope.isCancelled(),
        scope.reason(),
        scope.isShielded(),
        deadline == Long.MAX_VALUE ? null : Duration.ofNanos(Math.max(0, deadline - now)));
  }

  private WakeSources sources() {
    return new WakeSources(
        loop.queue.size() + (running == null ? 0 : 1),
        loop.timers.size(),
        loop.poller().hasChannels(),
        loop.blocking().jobs(),
        loop.queue.waitingOutside());
  }

  private static TaskRef ref(Task<?> task) {
    return new TaskRef(task.id(), task.name());
  }

  // From outside.

  private static LoopSnapshot fromOutside(EventLoop loop) {
    for (int i = 1; ; i++) {
      var fiber = loop.queue.mounted();
      var thread = fiber == null ? loop.queue.owner() : fiber.thread();
      var frames = thread == null ? new StackTraceElement[0] : thread.getStackTrace();
      if (Objects.equals(loop.queue.mounted(), fiber) || i == TRIES) {
        return fiber != null && fiber.body() instanceof Task<?> task
            ? fromOutside(loop, List.of(mounted(task, frames)), List.of())
            : fromOutside(loop, List.of(), List.of(frames));
      }
    }
  }

  private static LoopSnapshot fromOutside(
      EventLoop loop, List<TaskSnapshot> tasks, List<StackTraceElement> stack) {
    var rows = new ArrayList<TaskTree.Row>();
    tasks.forEach(task -> rows.add(new TaskTree.Row(0, task)));
    return new LoopSnapshot(
        loop.toString(), false, tasks, new TaskTree(rows), WakeSources.NONE, stack);
  }

  private static TaskSnapshot mounted(Task<?> task, StackTraceElement[] frames) {
    return new TaskSnapshot(
        ref(task),
        State.RUNNING,
        null,
        List.of(),
        null,
        List.of(),
        Stacks.ofTask(frames),
        List.of());
  }
}
