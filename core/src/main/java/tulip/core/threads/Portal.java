// SPDX-License-Identifier: Apache-2.0
package tulip.core.threads;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future.State;
import org.jspecify.annotations.Nullable;
import tulip.core.Action;
import tulip.core.Block;
import tulip.core.Cancelled;
import tulip.core.EventLoop;
import tulip.core.LoopClosedException;
import tulip.core.LoopOptions;
import tulip.core.Runner;
import tulip.core.Task;
import tulip.core.TaskGroup;
import tulip.core.TaskStatus;
import tulip.core.Tulip;

/// The way into a loop for threads that are none of its tasks: anyio's blocking portal.
///
/// A task opens one for a library that calls back on threads of its own:
///
/// ```java
/// try (var portal = Portal.open()) {
///   library.onMessage(message -> portal.call(() -> handle(message)));
///   library.awaitEnd();
/// }
/// ```
///
/// And a program without a loop starts one together with its loop:
///
/// ```java
/// try (var portal = Portal.start()) {
///   var page = portal.call(() -> fetch(url));
/// }
/// ```
///
/// Each call is a task in a group of the portal's. Its failure is its caller's alone. It begins
/// with the context variables of the calling thread, and with the calls that the same thread made
/// before in the order of the calls.
///
/// [#call], [#submit], [#startAndWait] and [#cancel] are for all threads. Tasks and callbacks of
/// the portal's own loop, and the thread of its host, may only submit: a call would wait for
/// itself, and is refused.
public final class Portal implements AutoCloseable {
  /// A task that has said that it is ready.
  ///
  /// @param <V> what it told
  /// @param value what it told
  /// @param end done when it has ended; cancelling it cancels the task
  public record Started<V extends @Nullable Object>(
      V value, CompletableFuture<@Nullable Void> end) {}

  private final EventLoop loop = EventLoop.current();
  private final Task<?> owner = Task.current();
  private final TaskGroup group = TaskGroup.open();
  private final Set<PortalCall<?>> underWay = ConcurrentHashMap.newKeySet();

  /// The loop that was started with this portal.
  private final @Nullable Runner own;

  private volatile boolean closed;

  private Portal(@Nullable Runner own) {
    this.own = own;
  }

  /// Opens a portal in the running task, which closes it.
  public static Portal open() {
    return new Portal(null);
  }

  /// Starts a loop as [LoopOptions#DEFAULT] says, and a portal into it.
  public static Portal start() {
    return start(LoopOptions.DEFAULT);
  }

  /// Starts a loop on a thread of its own, and a portal into it. Closing it ends the loop in order,
  /// as [Runner#close] does. Any thread but a loop's own.
  ///
  /// @throws IllegalStateException if the calling code runs on a loop itself: open a portal there
  public static Portal start(LoopOptions options) {
    var runner = Runner.open(options);
    var opened = new CompletableFuture<Portal>();
    runner.loop().callSoonThreadSafe(() -> runner.loop().createTask(() -> serve(runner, opened)));
    return opened.join();
  }

  private static void serve(Runner runner, CompletableFuture<Portal> opened) {
    var portal = new Portal(runner);
    try {
      opened.complete(portal);
      Tulip.sleepForever();
    } finally {
      portal.end();
    }
  }

  /// The loop that the calls run on.
  public EventLoop loop() {
    return loop;
  }

  // Calls.

  /// Runs a block in a task of the loop, and blocks the calling thread until it has ended.
  ///
  /// An interrupt of the thread cancels the task; this returns when it has ended, and leaves the
  /// thread interrupted. A task of another loop waits without blocking that loop; when it is
  /// cancelled the call is, and has ended when this throws.
  ///
  /// @throws X what the block throws
  /// @throws Cancelled if the call ended cancelled
  /// @throws IllegalStateException if the portal is closed, or this code runs on its loop
  public <T extends @Nullable Object, X extends Exception> T call(Block<T, X> block) throws X {
    if (loop.wouldBlockItself()) {
      throw new IllegalStateException(
          "a portal's call from its own loop would wait for itself: call the block directly, or"
              + " submit it");
    }
    boolean inTask = isInTask();
    PortalCall<T> call = begin(block);
    try {
      return inTask ? call.await() : call.join();
    } catch (ExecutionException e) {
      throw Failures.<X>thrown(e.getCause() == null ? e : e.getCause());
    }
  }

  /// Runs a block without a result in a task of the loop, and blocks the calling thread until it
  /// has ended.
  ///
  /// @throws X what the block throws
  /// @throws Cancelled if the call ended cancelled
  /// @throws IllegalStateException if the portal is closed, or this code runs on its loop
  public <X extends Exception> void call(Action<X> block) throws X {
    call(() -> {
      block.run();
      return null;
    });
  }

  /// Starts a block in a task of the loop.
  ///
  /// @return its result; cancelling it cancels the task. What depends on it without an executor of
  ///   its own runs in the task and must not block
  /// @throws IllegalStateException if the portal is closed
  public <T extends @Nullable Object> CompletableFuture<T> submit(Block<T, ?> block) {
    PortalCall<T> call = begin(block);
    return call.result();
  }

  /// Starts a task, and blocks the calling thread until it says that it is ready. It runs on until
  /// it ends, or the portal does.
  ///
  /// @throws IllegalStateException if the task ended without telling, the portal is closed, or this
  ///   code runs on its loop
  /// @throws Cancelled if it was cancelled before it had told
  public <V extends @Nullable Object> Started<V> startAndWait(TaskGroup.Service<V> service) {
    return call(() -> {
      var running = new PortalCall<@Nullable Void>(this);
      V value = group.startAndWait(status -> serve(service, status, running));
      return new Started<>(value, running.result());
    });
  }

  /// What fails after it was ready fails for who has its end, before that for who starts it.
  private static <V extends @Nullable Object> void serve(
      TaskGroup.Service<V> service, TaskStatus<V> status, PortalCall<@Nullable Void> running)
      throws Exception {
    running.run(() -> {
      service.run(status);
      return null;
    });
    if (!status.isStarted() && running.result().state() == State.FAILED) {
      throw Failures.<Exception>thrown(running.result().exceptionNow());
    }
  }

  private <T extends @Nullable Object> PortalCall<T> begin(Block<? extends T, ?> block) {
    var call = new PortalCall<T>(this);
    loop.callSoonThreadSafe(() -> start(call, block));
    return call;
  }

  /// On the loop.
  private <T extends @Nullable Object> void start(PortalCall<T> call, Block<? extends T, ?> block) {
    if (closed) {
      call.refuse(closedException());
    } else if (!call.result().isDone()) {
      group.start(() -> call.run(block));
    }
  }

  /// A loop that closes drops what is queued: whoever waits for that must be told.
  void add(PortalCall<?> call) {
    underWay.add(call);
    if (closed) {
      underWay.remove(call);
      throw closedException();
    }
  }

  void remove(PortalCall<?> call) {
    underWay.remove(call);
  }

  /// Whether a task of another loop makes the call.
  private static boolean isInTask() {
    EventLoop here;
    try {
      here = EventLoop.current();
    } catch (LoopClosedException e) {
      throw e;
    } catch (IllegalStateException e) {
      return false;
    }
    return here.inLoop() && Task.current().loop() == here; // a callback is refused
  }

  // The end.

  /// Cancels all calls, and takes no new ones. The block of the task that opened the portal goes
  /// on.
  public void cancel(String reason) {
    closed = true;
    try {
      loop.callSoonThreadSafe(
          () -> group.children().forEach(call -> call.taskScope().cancel(reason)));
    } catch (LoopClosedException e) {
      // then there are none
    }
  }

  /// Takes no new calls, and waits for those under way. By the task that opened the portal.
  ///
  /// @throws Cancelled if the caller was cancelled; the calls are cancelled too, and have ended
  public void join() {
    checkOwner();
    closed = true;
    group.join();
  }

  /// Cancels all calls, takes no new ones, and waits for the end. By the task that opened the
  /// portal; of one that came with its loop, by any thread but the loop's. Does nothing the second
  /// time.
  @Override
  public void close() {
    if (own == null) {
      checkOwner();
      end();
    } else if (loop.wouldBlockItself()) {
      throw new IllegalStateException(
          "closing this portal ends its loop, which cannot wait for that: close it from outside");
    } else {
      closed = true;
      own.close();
    }
  }

  private void end() {
    closed = true;
    try {
      group.close();
    } finally {
      underWay.forEach(call -> call.refuse(closedException()));
    }
  }

  /// A task that outlives its loop has its portal ended all the same.
  private void checkOwner() {
    if (!loop.isClosed() && loop.currentTask() != owner) {
      throw new IllegalStateException("only the task that opened a portal joins and closes it");
    }
  }

  private static IllegalStateException closedException() {
    return new IllegalStateException("the portal is closed: its task has ended, or ends");
  }

  @Override
  public String toString() {
    return "portal into " + loop + (closed ? ", closed" : "");
  }
}
