// SPDX-License-Identifier: Apache-2.0
package tulip.net.workers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tulip.core.EventLoop;
import tulip.core.LoopClosedException;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.net.Server;
import tulip.net.ServerOptions;
import tulip.net.SharedPort;

/// Several loops in one process, each on a thread of its own, that run the same main task: one loop
/// a core, for servers that one core cannot serve.
///
/// ```java
/// void main() throws Exception {
///   Tulip.run(() -> Workers.serve(8000, stream -> stream.transferTo(stream)));
/// }
/// ```
///
/// Tasks of one worker never run at the same time; those of two do. What workers share must be made
/// for threads, and an object that belongs to a loop stays there: locks, queues and connections of
/// Tulip's. Values go from one loop to another by [EventLoop#submit] and
/// [EventLoop#callSoonThreadSafe].
///
/// The task that opens the workers looks after them from its own loop, which has no other work to
/// do. A worker whose main task throws, or whose loop dies, has *crashed*, and is started again. A
/// worker whose loop does nothing for [WorkersOptions#stuckAfter] is *stuck*: its ports are left to
/// the others, it is told to stop, and another is started in its place. A connection's handler that
/// fails, or a callback, ends no worker. A worker that ends by itself is not started again.
///
/// All methods are for the task that opened the workers.
public final class Workers implements AutoCloseable {
  /// What each worker does, in a task of its own loop.
  @FunctionalInterface
  public interface Main {
    /// Does the worker's work until it is cancelled, or there is no more.
    ///
    /// @throws Exception to have the worker started again
    void run(Worker worker) throws Exception;
  }

  private final EventLoop loop = EventLoop.current();
  private final WorkersOptions options;
  private final TaskGroup group = TaskGroup.open();
  private final List<Slot> slots = new ArrayList<>();
  private boolean closed;

  private Workers(WorkersOptions options, Main main) {
    this.options = options;
    for (int i = 0; i < options.count(); i++) {
      var slot = new Slot(i, options, main, group);
      slots.add(slot);
      group.start("worker " + i, slot::keepRunning);
    }
  }

  /// Serves a port of all of the machine's addresses with a worker a processor, until the task is
  /// cancelled, or by SIGTERM; then lets the connections end as [Server#close] does.
  ///
  /// @throws IOException if the port cannot be listened at
  /// @throws UnsupportedOperationException if this system has no shared ports
  public static void serve(int port, Server.Handler handler) throws IOException {
    try (var shared = SharedPort.open(port)) {
      serve(shared, WorkersOptions.DEFAULT, handler);
    }
  }

  /// Serves a port with workers made to order.
  ///
  /// @throws tulip.core.ExceptionGroup of [WorkersFailedException]s, as [#join]
  public static void serve(SharedPort port, WorkersOptions options, Server.Handler handler) {
    try (var workers =
        open(options, worker -> worker.serve(port, ServerOptions.DEFAULT, handler))) {
      workers.join();
    }
  }

  /// Starts workers. In a task.
  public static Workers open(WorkersOptions options, Main main) {
    return new Workers(options, main);
  }

  /// Waits until each worker has said that it is [ready][Worker#ready], or has ended.
  ///
  /// @throws tulip.core.ExceptionGroup as [#join]
  public void awaitReady() {
    slots.forEach(Slot::awaitReady);
  }

  /// Waits until all workers have ended by themselves, or, with [WorkersOptions#terminable], until
  /// SIGTERM comes: [#close] then ends them in order, and a second SIGTERM ends the JVM.
  ///
  /// @throws tulip.core.ExceptionGroup of [WorkersFailedException]s if a worker had to be started
  ///   again too often; any other wait in the block throws it too
  /// @throws tulip.core.Cancelled if the task was cancelled
  public void join() {
    if (!options.terminable()) {
      group.join();
      return;
    }
    try (var _ = new Termination(this::terminate)) {
      group.join();
    }
  }

  private void terminate() {
    try {
      loop.callSoonThreadSafe(() -> group.cancel("SIGTERM"));
    } catch (LoopClosedException e) {
      // the end has come already
    }
  }

  /// What each worker has done so far.
  public List<WorkerStatistics> statistics() {
    return slots.stream().map(Slot::statistics).toList();
  }

  /// Ends all workers: cancels their main tasks, waits until their loops are closed, and after
  /// [WorkersOptions#stopLimit] leaves those behind that are not, and tells of them. Those that are
  /// stuck are not waited for. If the task itself was cancelled the limit is kept nevertheless.
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      group.cancel("the workers are stopped");
      Tulip.shield(this::stop);
    } finally {
      group.close();
    }
  }

  private void stop() {
    group.children().forEach(child -> child.awaitDone()); // no more workers are started
    slots.forEach(Slot::stop);
    Tulip.moveOnAfter(options.stopLimit(), () -> slots.forEach(Slot::awaitStopped));
    slots.forEach(Slot::abandonRest);
  }

  @Override
  public String toString() {
    return options.count() + " workers";
  }
}
