// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tulip.core.Action;
import tulip.core.Scope;
import tulip.core.Task;
import tulip.core.Tulip;
import tulip.core.Tulip.Mapping;
import tulip.sql.spi.DriverConnection;
import tulip.sql.spi.ParameterRows;

/// A transaction, or a savepoint in one, for the time of a block.
///
/// It is a value, and no property of the task: what is to be part of it is called on it, and what
/// is called on the [Database] is not. Child tasks that use it take part in it; their statements go
/// down the same connection in the order in which they were called. When the block is over it
/// refuses to be used.
///
/// While a nested block runs the transaction belongs to that block: other tasks wait for its end,
/// and the task that runs it is told to use the inner one.
public final class Transaction extends Queries {
  /// How long undoing may take, which is not cancelled with the task.
  private static final Duration ROLLBACK_LIMIT = Duration.ofSeconds(5);

  private final DriverConnection connection;
  private final Task<?> owner = Task.current();

  /// 0, or how many savepoints deep.
  private final int depth;

  /// Whether the whole of it ends with the lending of its connection.
  private final boolean lent;

  private final Nesting nesting = new Nesting();
  private boolean over;

  private Transaction(DriverConnection connection, int depth, boolean lent) {
    this.connection = connection;
    this.depth = depth;
    this.lent = lent;
  }

  /// Runs a block as a transaction of a connection.
  ///
  /// @param lent whether the connection goes back to a pool afterwards, which undoes what is open
  static <T extends @Nullable Object, X extends Exception> T run(
      DriverConnection connection,
      boolean lent,
      TransactionOptions options,
      Mapping<? super Transaction, T, X> block)
      throws X, IOException {
    return begin(connection, lent, () -> connection.begin(options)).run(block);
  }

  /// Begins a transaction that its caller ends.
  ///
  /// @param beginning what the connection does for it
  static Transaction begin(DriverConnection connection, boolean lent, Action<IOException> beginning)
      throws IOException {
    if (connection.isInTransaction()) {
      throw new IllegalStateException(
          "a transaction is open on this connection already, by BEGIN or by a stream of rows");
    }
    var transaction = new Transaction(connection, 0, lent);
    try {
      beginning.run();
      return transaction;
    } catch (Throwable t) {
      transaction.undo(t); // it may have begun all the same
      throw t;
    }
  }

  private <T extends @Nullable Object, X extends Exception> T run(
      Mapping<? super Transaction, T, X> block) throws X, IOException {
    try {
      T result = block.apply(this);
      commit();
      return result;
    } catch (Throwable t) {
      undo(t);
      throw t;
    }
  }

  /// Ends it in order.
  void commit() throws IOException {
    over = true;
    if (depth > 0) {
      connection.releaseSavepoint(depth);
    } else {
      connection.commit();
    }
  }

  /// Ends it because of something, to which is added what goes wrong here. If it cannot be undone
  /// the connection is ended, and the database undoes it.
  ///
  /// A task that is being cancelled does not wait for that if the connection goes back to a pool,
  /// which sees to it.
  void undo(Throwable cause) {
    over = true;
    if (lent && Scope.isEnding()) {
      return;
    }
    try {
      if (!Tulip.shield(() -> Tulip.moveOnAfter(ROLLBACK_LIMIT, this::rollback))) {
        throw new IOException("undoing a transaction took more than " + ROLLBACK_LIMIT);
      }
    } catch (IOException | RuntimeException e) {
      cause.addSuppressed(e);
      connection.abort();
    }
  }

  private void rollback() throws IOException {
    if (depth > 0) {
      connection.rollbackToSavepoint(depth);
    } else {
      connection.rollback();
    }
  }

  /// Waits until the transaction belongs to whoever calls.
  private DriverConnection enter() {
    nesting.awaitTurn();
    checkOpen();
    return connection;
  }

  private void checkOpen() {
    if (over) {
      throw new IllegalStateException(
          "this transaction of " + owner.name() + " is over: nothing more can be done in it");
    }
  }

  @Override
  Result run(String sql, @Nullable Object... arguments) throws IOException {
    return enter().execute(sql, arguments);
  }

  @Override
  public long executeMany(String sql, Iterable<?> rows) throws IOException {
    return enter().executeMany(sql, new ParameterRows(rows));
  }

  @Override
  public void executeScript(String script) throws IOException {
    enter().executeScript(script);
  }

  @Override
  public Description describe(String sql) throws IOException {
    return enter().describe(sql);
  }

  @Override
  public RowStream<Row> stream(String sql, @Nullable Object... arguments) throws IOException {
    return new RowStream<>(enter().openCursor(sql, arguments), row -> row);
  }

  /// Runs a block as a savepoint: if it throws, what it has done is undone, and this transaction
  /// can go on.
  ///
  /// @param options must be the default: a part of a transaction is of its kind
  @Override
  public <T extends @Nullable Object, X extends Exception> T inTransaction(
      TransactionOptions options, Mapping<? super Transaction, T, X> block) throws X, IOException {
    if (!options.equals(TransactionOptions.DEFAULT)) {
      throw new IllegalArgumentException(
          "a nested transaction is of the same kind as the outer one, it cannot be " + options);
    }
    try (var _ = nesting.begin()) {
      checkOpen(); // that may have changed while the task waited for its turn
      return savepoint(block);
    }
  }

  private <T extends @Nullable Object, X extends Exception> T savepoint(
      Mapping<? super Transaction, T, X> block) throws X, IOException {
    var inner = new Transaction(connection, depth + 1, false);
    connection.savepoint(inner.depth);
    return inner.run(block);
  }

  /// Whether its block has ended.
  public boolean isOver() {
    return over;
  }

  @Override
  public String toString() {
    return (depth == 0 ? "transaction of " : "savepoint " + depth + " of ") + owner.name();
  }
}
