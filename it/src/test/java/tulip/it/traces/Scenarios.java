// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import tulip.core.Action;
import tulip.core.EventLoop;
import tulip.core.ExceptionGroup;
import tulip.core.Future;
import tulip.core.ReturnWhen;
import tulip.core.Task;
import tulip.core.Tulip;

/// What every scenario uses, as `tracing.py` has it: its trace, and short words for what all of
/// them do.
abstract class Scenarios {
  /// What goes wrong on purpose.
  static final class Boom extends RuntimeException {
    private static final long serialVersionUID = 1;

    Boom(String message) {
      super(message);
    }
  }

  /// In the unit of the loop's time.
  static final long SECOND = 1_000_000_000;

  private final List<String> trace = new ArrayList<>();

  /// What was traced so far.
  final List<String> lines() {
    return List.copyOf(trace);
  }

  final void trace(@Nullable Object line) {
    trace.add(String.valueOf(line));
  }

  /// What traces a line when it is run.
  final Runnable tracing(String line) {
    return () -> trace(line);
  }

  static Task<@Nullable Void> start(Action<?> code) {
    return Tulip.createTask(code);
  }

  static <T extends @Nullable Object> Task<T> start(Callable<T> code) {
    return Tulip.createTask(code);
  }

  static <T extends @Nullable Object> Task<T> start(String name, Callable<T> code) {
    return EventLoop.current().createTask(name, code);
  }

  /// What is started for each of several items.
  ///
  /// @param <A> the item
  @FunctionalInterface
  interface Work<A> {
    void with(A item) throws Exception;
  }

  /// Starts the same work for each item.
  static <A> List<Task<@Nullable Void>> each(List<A> items, Work<A> work) {
    return items.stream().map(item -> start(() -> work.with(item))).toList();
  }

  /// Lets all others that are ready have one turn.
  static void tick() {
    Tulip.yield();
  }

  /// Lets all others run until they wait for something that does not come by itself.
  static void settle() {
    Tulip.sleep(Duration.ofMillis(1));
  }

  static void sleep(int seconds) {
    Tulip.sleep(Duration.ofSeconds(seconds));
  }

  /// Waits until all have ended in whatever way.
  static void join(Future<?>... tasks) {
    join(List.of(tasks));
  }

  static void join(List<? extends Future<?>> tasks) {
    Tulip.wait(tasks, null, ReturnWhen.ALL_COMPLETED);
  }

  static String outcome(Future<?> future) {
    if (!future.isDone()) {
      return "pending";
    }
    if (future.isCancelled()) {
      return "cancelled";
    }
    var failure = future.exception();
    if (failure != null) {
      return "failed by " + failure.getMessage();
    }
    var result = future.result();
    return result == null ? "done" : "result " + result;
  }

  /// What is in an exception group, nested as there.
  static String failures(ExceptionGroup group) {
    return group.exceptions().stream()
        .map(e -> e instanceof ExceptionGroup inner ? "(" + failures(inner) + ")" : e.getMessage())
        .collect(joining(" + "));
  }
}
