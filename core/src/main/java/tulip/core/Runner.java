// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tulip.core.engine.Engine;

/// A loop on a thread of its own, for main tasks one after the other: asyncio's `Runner`.
///
/// ```java
/// try (var runner = Runner.open()) {
///   runner.run(() -> migrate());
///   runner.run(() -> serve());
/// }
/// ```
///
/// Any thread but a loop's own may use it. Closing it ends the loop in order, in stages:
///
/// 1. The tasks that are left are cancelled, the newest first, each when the one before it has
///    ended or has used up a tenth of the [LoopOptions#grace]; a task in foreign code is
///    interrupted. After the whole grace all others are cancelled at once, and those that have not
///    ended are reported.
/// 2. Jobs of [Tulip#blocking] have the grace once more to end; then they are reported,
///    interrupted, and left.
/// 3. The loop is closed. What still runs wakes up, if ever, on a thread of its own, and cannot
///    wait.
public final class Runner implements AutoCloseable {
  private final EventLoop loop;
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
  private final AtomicReference<@Nullable MainTask<?>> running = new AtomicReference<>();

  private volatile boolean wasInterrupted;

  private Runner(LoopOptions options) {
    loop = EventLoop.create(options);
    newThread(options).start();
  }

  /// Starts a loop as [LoopOptions#DEFAULT] says.
  public static Runner open() {
    return open(LoopOptions.DEFAULT);
  }

  /// Starts a loop.
  ///
  /// @throws IllegalStateException if the calling code runs on a loop itself
  public static Runner open(LoopOptions options) {
    if (Running.loop() != null) {
      throw new IllegalStateException(
          "an event loop runs here already: start a task in a group instead");
    }
    return new Runner(options);
  }

  /// The carrier needs a platform thread; the baton is ten times as fast on a virtual one.
  private Thread newThread(LoopOptions options) {
    if (loop.engine().equals(Engine.baton().name())) {
      return Thread.ofVirtual().name(options.name() + "-loop").unstarted(this::serve);
    }
    return new Running.LoopThread(loop, options.stackSize(), this::serve);
  }

  /// The loop.
  public EventLoop loop() {
    return loop;
  }

  /// Runs a main task to its end, and returns its result.
  ///
  /// An interrupt of the calling thread cancels the task. Ctrl-C does too if the options say so;
  /// the second Ctrl-C prints what runs and ends the process.
  ///
  /// @throws X what the code throws
  /// @throws Cancelled if the task ended cancelled
  /// @throws IllegalStateException if a main task is running already
  public <T extends @Nullable Object, X extends Exception> T run(Block<T, X> main) throws X {
    var task = new MainTask<T>(loop, main);
    if (!running.compareAndSet(null, task)) {
      throw new IllegalStateException("this runner runs another main task");
    }
    var interrupts = Interrupts.whileRunning(loop, task);
    try (interrupts) {
      loop.callSoonThreadSafe(() -> begin(task));
      join(task);
      return task.result();
    } finally {
      wasInterrupted = interrupts.fired();
      running.set(null);
    }
  }

  /// Runs a main task without a result to its end.
  ///
  /// @throws X what the code throws
  /// @throws Cancelled if the task ended cancelled
  public <X extends Exception> void run(Action<X> main) throws X {
    run(() -> {
      main.run();
      return null;
    });
  }

  /// Whether Ctrl-C was pressed while the last main task ran.
  boolean wasInterrupted() {
    return wasInterrupted;
  }

  private void begin(MainTask<?> task) {
    loop.deadlocks.begin(task::deadlocked);
    var _ = task.done().whenComplete((_, _) -> loop.deadlocks.end());
    task.start();
  }

  private static void join(MainTask<?> task) {
    boolean interrupted = false;
    while (true) {
      try {
        task.done().get();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        task.cancel("the thread that waits for it was interrupted");
      } catch (ExecutionException e) {
        throw Exceptions.sneak(e.getCause() == null ? e : e.getCause());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends the loop in order, and waits for that. Does nothing the second time.
  @Override
  public void close() {
    loop.tryCallSoonThreadSafe(loop::stop);
    ended.join();
  }

  private void serve() {
    try {
      loop.runForever();
      new Shutdown(loop).run();
    } catch (Throwable t) {
      loop.errors.report("the loop ended by an error", t, loop);
      loop.close();
    } finally {
      var task = running.get();
      if (task != null) {
        task.loopEnded();
      }
      ended.complete(null);
    }
  }
}
