// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One call on a connection's thread, and how it is stopped.
///
/// [Statement#cancel] concerns whatever its connection is doing. So it is called under a lock that
/// the end of this call takes too: the next call begins only when a cancellation has passed, and is
/// not hit by it. And what is cancelled just before the driver has sent it goes on as if nothing
/// were, so the cancellation is repeated until the call has ended.
final class Call<T extends @Nullable Object> {
  private static final long FIRST_PAUSE_MILLIS = 10;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  /// How a call ended.
  ///
  /// @param value what the work returned, without a failure
  record Outcome<T extends @Nullable Object>(@Nullable T value, @Nullable Throwable failure) {}

  private enum State {
    QUEUED,
    RUNNING,
    ENDED
  }

  private final Work<? extends T> work;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition end = lock.newCondition();
  private volatile State state = State.QUEUED;
  private volatile boolean strayed;

  /// It has stopped by itself, without the database. Of the connection's thread.
  private boolean withdrawn;

  private volatile boolean cancelled;
  private volatile @Nullable Statement statement;

  Call(Work<? extends T> work) {
    this.work = work;
  }

  // On the connection's thread.

  /// Does the work, unless it was cancelled before.
  Outcome<T> run() {
    if (!begin()) {
      return new Outcome<>(null, withdrawal());
    }
    Throwable failure = null;
    T value = null;
    try {
      value = work.run(this);
    } catch (Throwable t) {
      failure = t;
    }
    end(failure != null && !withdrawn);
    return new Outcome<>(value, failure);
  }

  private boolean begin() {
    lock.lock();
    try {
      state = cancelled ? State.ENDED : State.RUNNING;
      return !cancelled;
    } finally {
      lock.unlock();
    }
  }

  /// @param hit whether it has failed, be it by the cancellation
  private void end(boolean hit) {
    lock.lock();
    try {
      strayed = strayed && !hit;
      state = State.ENDED;
      statement = null;
      end.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Says which statement is executed from now on.
  void watch(Statement statement) throws SQLException {
    this.statement = statement;
    checkCancelled();
  }

  /// Between two statements.
  void checkCancelled() throws SQLException {
    if (cancelled) {
      throw withdrawal();
    }
  }

  private SQLException withdrawal() {
    withdrawn = true;
    return new SQLException("the task that wanted it was cancelled", "57014");
  }

  boolean isCancelled() {
    return cancelled;
  }

  // On other threads.

  /// Has it stop soon, or never begin. Never waits.
  void cancel() {
    cancelled = true;
  }

  /// Stops the statement that runs. Blocks until it has ended, or the driver cannot do that.
  void stop() {
    lock.lock();
    try {
      long pause = FIRST_PAUSE_MILLIS;
      while (state == State.RUNNING && cancelStatement()) {
        end.await(pause, MILLISECONDS);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      // the loop is closed over it; whoever closes the connection ends the statement
    } finally {
      lock.unlock();
    }
  }

  private boolean cancelStatement() {
    var running = statement;
    try {
      if (running != null) {
        strayed = true; // until it has failed by it
        running.cancel();
      }
      return true;
    } catch (SQLException e) {
      return false; // it was closed meanwhile, or cannot be cancelled
    }
  }

  /// Whether it has ended.
  boolean hasEnded() {
    return state == State.ENDED;
  }

  /// Whether it was cancelled and ended in good order all the same: then the database may still
  /// have the cancellation before it. Known when it has ended.
  boolean hasStrayed() {
    return strayed;
  }
}
