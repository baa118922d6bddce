// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.Cancelled;
import tulip.core.Tulip;
import tulip.core.sync.Lock;
import tulip.pool.ConnectionLostException;
import tulip.sql.Description;
import tulip.sql.Result;
import tulip.sql.SqlError;
import tulip.sql.SqlException;
import tulip.sql.TransactionOptions;
import tulip.sql.spi.Cursor;
import tulip.sql.spi.DriverConnection;

/// A connection of JDBC, and the thread that calls it.
///
/// Any number of tasks of its loop may use it; their statements are executed one after the other.
///
/// A task that is cancelled goes on at once, and its statement is stopped by
/// [java.sql.Statement#cancel]. What is called next waits until that is over. If the statement has
/// ended all the same, and the database may yet stop the next one for it, the connection is not
/// used again.
///
/// Programs get one by [tulip.sql.SqlConnection#unwrap].
public final class JdbcConnection implements DriverConnection, AutoCloseable {
  private static final int ROWS_OF_A_CALL = 500;
  private static final int CHECK_SECONDS = 5;

  private final JdbcOptions options;
  private final JdbcThread thread;
  private final JdbcSession session;

  /// Held by the task whose statement is executed, or whose many statements are.
  private final Lock turn = new Lock();

  private boolean inTransaction;
  private boolean changed;
  private boolean over;

  /// Does something with a connection of JDBC.
  ///
  /// @param <T> what comes of it
  @FunctionalInterface
  public interface Use<T extends @Nullable Object> {
    /// Does it.
    T apply(Connection connection) throws SQLException;
  }

  private JdbcConnection(JdbcOptions options, JdbcThread thread, JdbcSession session) {
    this.options = options;
    this.thread = thread;
    this.session = session;
  }

  /// Connects and logs in. In a task.
  ///
  /// @throws IOException if there is no connection to be had; the cause is an [SqlException]
  static JdbcConnection open(JdbcOptions options) throws IOException {
    var thread = new JdbcThread("connection to " + options.name());
    try {
      return new JdbcConnection(
          options, thread, thread.call(call -> JdbcSession.open(call, options)));
    } catch (SQLException e) {
      thread.close();
      throw refusal(options, e);
    } catch (Throwable t) {
      thread.close();
      throw t;
    }
  }

  private static IOException refusal(JdbcOptions options, SQLException exception) {
    var refusal = SqlException.of(SqlErrors.standard(exception));
    refusal.initCause(exception);
    return new IOException("no connection to " + options + ": " + exception.getMessage(), refusal);
  }

  // Statements.

  @Override
  public Result execute(String sql, @Nullable Object... arguments) throws IOException {
    var text = parse(sql);
    text.check(arguments);
    var result = call(call -> session.execute(call, text, arguments));
    if (text.begins()) {
      inTransaction = true;
      changed = true; // the session does not know of it, and will not undo it
    } else if (text.ends()) {
      inTransaction = false;
    }
    return result;
  }

  private StatementText parse(String sql) {
    return StatementText.parse(sql, session.dialect().syntax());
  }

  @Override
  public long executeMany(String sql, Iterable<@Nullable Object[]> rows) throws IOException {
    var text = parse(sql);
    var each = rows.iterator();
    if (!each.hasNext()) {
      return 0;
    }
    turn.acquire();
    try {
      return executeMany(new Batch(session, text), text, each);
    } finally {
      turn.release();
    }
  }

  /// The rows are the task's to make, and may be made while it waits for the thread. What fails is
  /// undone before anything else is done there.
  private long executeMany(Batch batch, StatementText text, Iterator<@Nullable Object[]> each)
      throws IOException {
    try {
      long affected = 0;
      while (each.hasNext()) {
        var rows = take(each, text);
        affected += send(call -> session.guarded(call, its -> batch.add(its, rows)), true);
      }
      send(nothing(batch::commit), false);
      return affected;
    } catch (Throwable t) {
      post(nothing(batch::undo));
      if (!(t instanceof Cancelled)) {
        Tulip.shield(thread::awaitQuiet);
      }
      throw t;
    }
  }

  private static List<@Nullable Object[]> take(
      Iterator<@Nullable Object[]> each, StatementText text) {
    var rows = new ArrayList<@Nullable Object[]>();
    while (rows.size() < ROWS_OF_A_CALL && each.hasNext()) {
      var row = each.next();
      text.check(row);
      rows.add(row);
    }
    return rows;
  }

  @Override
  public void executeScript(String script) throws IOException {
    call(call -> {
      session.executeScript(call, script);
      return true;
    });
  }

  @Override
  public Description describe(String sql) throws IOException {
    var text = parse(sql);
    return call(call -> session.describe(call, text));
  }

  @Override
  public Cursor openCursor(String sql, @Nullable Object... arguments) throws IOException {
    var text = parse(sql);
    text.check(arguments);
    var open = call(call -> session.open(call, text, arguments));
    return new JdbcCursor(this, open, options.fetch());
  }

  /// Does what only JDBC or the database's own driver can do, on the connection's thread.
  ///
  /// ```java
  /// connection.use(jdbc -> jdbc.unwrap(PGConnection.class).getLargeObjectAPI().createLO());
  /// ```
  ///
  /// @throws SqlException if the database refuses something
  /// @throws IOException if the connection is lost
  public <T extends @Nullable Object> T use(Use<T> use) throws IOException {
    return call(_ -> use.apply(session.connection()));
  }

  // Calls.

  /// Makes a call on the thread when it is its turn.
  <T extends @Nullable Object> T call(Work<T> work) throws IOException {
    turn.acquire();
    try {
      return send(call -> session.guarded(call, work), true);
    } finally {
      turn.release();
    }
  }

  private <T extends @Nullable Object> T send(Work<T> work, boolean cancellable)
      throws IOException {
    try {
      return cancellable ? thread.call(work) : thread.callToTheEnd(work);
    } catch (SQLException e) {
      throw failure(SqlErrors.innermost(e));
    }
  }

  /// Has something done on the thread before anything else. If that fails, so does the connection.
  void post(Work<?> work) {
    thread.post(work, this::abort);
  }

  /// @return never
  private SqlException failure(SQLException exception) throws IOException {
    var error = session.dialect().error(exception);
    if (over || SqlErrors.isLoss(exception) || error.sqlState().startsWith("08")) {
      abort();
      boolean begun = !JdbcThread.NEVER_BEGUN.equals(exception.getSQLState());
      throw new ConnectionLostException(
          this + " was lost: " + exception.getMessage(), begun, exception);
    }
    var refusal = SqlException.of(error);
    refusal.initCause(exception);
    return refusal;
  }

  private interface Deed {
    void run() throws SQLException;
  }

  private static Work<Boolean> nothing(Deed deed) {
    return _ -> {
      deed.run();
      return true;
    };
  }

  // Transactions.

  @Override
  public void begin(TransactionOptions kind) throws IOException {
    turn.acquire();
    try {
      inTransaction = true;
      send(nothing(() -> session.begin(kind)), false);
    } catch (SqlException e) {
      inTransaction = false;
      throw e;
    } finally {
      turn.release();
    }
  }

  @Override
  public void commit() throws IOException {
    turn.acquire();
    try {
      send(nothing(session::commit), false);
      inTransaction = false;
    } catch (SqlException.InvalidTransactionState e) {
      throw SqlException.of(
          new SqlError(
              "40000",
              "a statement of the transaction has failed, so the database has rolled it back"
                  + " instead of committing it"));
    } finally {
      turn.release();
    }
  }

  @Override
  public void rollback() throws IOException {
    inTransaction = false;
    finish(session::rollback);
  }

  @Override
  public void savepoint(int number) throws IOException {
    run(() -> session.savepoint(number));
  }

  @Override
  public void releaseSavepoint(int number) throws IOException {
    run(() -> session.releaseSavepoint(number));
  }

  @Override
  public void rollbackToSavepoint(int number) throws IOException {
    finish(() -> session.rollbackToSavepoint(number));
  }

  private void run(Deed deed) throws IOException {
    call(nothing(deed));
  }

  /// Does what ends something, be it lost.
  private void finish(Deed deed) throws IOException {
    turn.acquire();
    try {
      send(nothing(deed), false);
    } finally {
      turn.release();
    }
  }

  @Override
  public boolean isInTransaction() {
    return inTransaction;
  }

  // The state of it.

  @Override
  public void markChanged() {
    changed = true;
  }

  boolean isChanged() {
    return changed;
  }

  /// Whether nothing is under way and no transaction is open.
  boolean isClean() {
    return thread.isQuiet() && !inTransaction;
  }

  /// Makes it so.
  void reset() throws IOException {
    thread.awaitQuiet();
    rollback();
    if (!isOpen()) {
      throw new IOException(this + " may still be met by a cancellation");
    }
  }

  void check() throws IOException {
    if (!use(connection -> connection.isValid(CHECK_SECONDS))) {
      throw new IOException(this + " does not answer");
    }
  }

  /// Whether it can be used: it was neither lost nor closed, and no cancellation is on its way to
  /// the wrong statement.
  public boolean isOpen() {
    return !over && (session.dialect().cancelsExactly() || !thread.hasStrayed());
  }

  // The end.

  /// Waits for what is under way, and closes.
  @Override
  public void close() throws IOException {
    if (!over) {
      over = true;
      try {
        send(nothing(session.connection()::close), false);
      } finally {
        thread.close();
      }
    }
  }

  @Override
  public void abort() {
    over = true;
    thread.abort(this::breakOff, this::closeQuietly);
  }

  private void breakOff() {
    try {
      session.connection().abort(Runnable::run);
    } catch (SQLException e) {
      // it is closed on its thread
    }
  }

  private void closeQuietly() {
    try {
      session.connection().close();
    } catch (SQLException e) {
      // nobody is left to be told
    }
  }

  @Override
  public String toString() {
    return "connection to " + options;
  }
}
