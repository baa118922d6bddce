// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Future;
import tulip.core.spi.SideThread;
import tulip.sql.jdbc.Call.Outcome;

/// The thread of a connection, on which calls are made one after the other in their order.
///
/// To the loop each call is a job in an executor: its shutdown waits for it, and a virtual clock
/// stands still meanwhile.
///
/// A task that is cancelled goes on at once. Its call is stopped by the way, and what is called
/// next waits for that on the thread.
final class JdbcThread {
  /// The SQLSTATE of what was not even tried: there is no connection.
  static final String NEVER_BEGUN = "08003";

  private static final String CUT_OFF = "08006";

  private record Pending(Call<?> call, Future<? extends Outcome<?>> outcome) {}

  private final EventLoop loop = EventLoop.current();
  private final SideThread thread;

  /// All that has not ended, and perhaps some that has.
  private final List<Pending> underWay = new ArrayList<>();

  private final List<Call<?>> cancelled = new ArrayList<>();
  private @Nullable String end;

  JdbcThread(String name) {
    thread = new SideThread(name);
  }

  // Calls, on the loop.

  /// Makes a call, and waits for it. In a task.
  ///
  /// @throws SQLException what the work throws
  <T extends @Nullable Object> T call(Work<? extends T> work) throws SQLException {
    var call = new Call<T>(work);
    var outcome = send(call);
    try {
      outcome.awaitDone();
    } catch (Throwable t) {
      stop(call);
      throw t;
    }
    return valueOf(outcome.result());
  }

  /// Makes a call that is seen to its end even if the task is cancelled, which does not wait for it
  /// then. In a task.
  ///
  /// @throws SQLException what the work throws
  <T extends @Nullable Object> T callToTheEnd(Work<? extends T> work) throws SQLException {
    var outcome = send(new Call<T>(work));
    outcome.awaitDone();
    return valueOf(outcome.result());
  }

  @SuppressWarnings("NullAway") // without a failure: the value is what T says it is
  private static <T extends @Nullable Object> T valueOf(Outcome<T> outcome) throws SQLException {
    return switch (outcome.failure()) {
      case null -> outcome.value();
      case SQLException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable t -> throw new SQLException("the JDBC driver has failed", t);
    };
  }

  /// Makes a call that nobody waits for.
  ///
  /// @param onFailure is told on the loop if it fails
  void post(Work<?> work, Runnable onFailure) {
    if (end == null) {
      post(new Call<>(work), onFailure);
    }
  }

  private <T extends @Nullable Object> void post(Call<T> call, Runnable onFailure) {
    try {
      send(call)
          .addDoneCallback(done -> {
            if (done.result().failure() != null) {
              onFailure.run();
            }
          });
    } catch (SQLException e) {
      onFailure.run();
    }
  }

  private <T extends @Nullable Object> Future<Outcome<T>> send(Call<T> call) throws SQLException {
    if (end != null) {
      throw new SQLException(end, NEVER_BEGUN);
    }
    underWay.removeIf(pending -> pending.outcome.isDone());
    Future<Outcome<T>> outcome = loop.runInExecutor(this::execute, call::run);
    underWay.add(new Pending(call, outcome));
    return outcome;
  }

  private void execute(Runnable job) {
    var _ =
        thread.call(() -> {
          job.run();
          return null;
        });
  }

  private void stop(Call<?> call) {
    call.cancel();
    cancelled.add(call);
    aside(call::stop);
  }

  /// Runs what may block on a thread that is not this one.
  private void aside(Runnable job) {
    var _ =
        loop.runInExecutor(
            null,
            () -> {
              job.run();
              return null;
            });
  }

  // The state of it, on the loop.

  /// Whether nothing is under way.
  boolean isQuiet() {
    return underWay.stream().allMatch(pending -> pending.outcome.isDone());
  }

  /// Waits until nothing is under way. In a task.
  void awaitQuiet() {
    while (!isQuiet()) {
      underWay.getLast().outcome.awaitDone();
    }
  }

  /// Whether the database may still meet a cancellation whose call is over.
  boolean hasStrayed() {
    cancelled.removeIf(call -> call.hasEnded() && !call.hasStrayed());
    return cancelled.stream().anyMatch(call -> call.hasEnded() && call.hasStrayed());
  }

  // The end, on the loop.

  /// Takes no calls any more; the thread ends after those it has.
  void close() {
    end = "the connection was closed";
    thread.close();
  }

  /// Ends it at once, even while it closes: who waits is told so now, whatever the driver does.
  ///
  /// @param breakOff has the driver let go, on another thread
  /// @param farewell is done on the thread when it has, if nothing of that kind is under way
  void abort(Runnable breakOff, Runnable farewell) {
    boolean closing = end != null;
    if (closing && isQuiet()) {
      return;
    }
    end = "the connection was ended";
    for (var pending : List.copyOf(underWay)) {
      if (!pending.outcome.isDone()) {
        stop(pending.call);
        fail(pending.outcome, new SQLException(end, CUT_OFF));
      }
    }
    aside(breakOff);
    if (!closing) {
      execute(farewell);
      thread.close();
    }
  }

  private static <T extends @Nullable Object> void fail(
      Future<? extends Outcome<?>> outcome, SQLException failure) {
    @SuppressWarnings("unchecked") // an outcome without a value is one of all
    var its = (Future<Outcome<T>>) outcome;
    its.setResult(new Outcome<>(null, failure));
  }
}
