// SPDX-License-Identifier: Apache-2.0
package tulip.sql.spi;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.sql.Description;
import tulip.sql.Result;
import tulip.sql.TransactionOptions;

/// A connection of a driver.
///
/// Several tasks may call it at the same time, as child tasks in a transaction do: it executes
/// their statements in the order of their calls, be it by itself or by having them wait. All
/// methods are called in tasks, and may wait, but for [#abort], [#isInTransaction] and
/// [#markChanged]. A task that is cancelled leaves a connection that can be used, or one that is
/// [#abort]ed.
///
/// All methods throw [tulip.sql.SqlException] if the database refuses something, and [IOException]
/// if the connection is lost.
public interface DriverConnection {
  /// Executes a statement to its end.
  ///
  /// @param arguments for `$1`, `$2` ...
  /// @throws IllegalArgumentException if they are not as many as the statement has parameters, or
  ///   of classes that the driver does not know; nothing was executed then
  Result execute(String sql, @Nullable Object... arguments) throws IOException;

  /// Executes a statement for each row of arguments: all or, if one is refused, none. A driver that
  /// cannot do that by itself uses a transaction, or in a transaction a savepoint.
  ///
  /// @return how many rows were affected altogether
  long executeMany(String sql, Iterable<@Nullable Object[]> rows) throws IOException;

  /// Executes statements without parameters that are divided by semicolons.
  void executeScript(String script) throws IOException;

  /// What parameters and columns a statement has.
  Description describe(String sql) throws IOException;

  /// Executes a statement whose rows come as they are taken. Called in a transaction.
  Cursor openCursor(String sql, @Nullable Object... arguments) throws IOException;

  /// Begins a transaction.
  ///
  /// @throws tulip.sql.SqlException.FeatureNotSupported if there is none of that kind
  void begin(TransactionOptions options) throws IOException;

  /// Begins the transaction of a stream, in which nothing else is executed than its statement.
  ///
  /// @param sql the statement
  default void beginStream(String sql) throws IOException {
    begin(TransactionOptions.DEFAULT);
  }

  /// Commits the transaction.
  ///
  /// @throws tulip.sql.SqlException.TransactionRollback if it was rolled back instead, be it
  ///   because a statement in it had failed
  void commit() throws IOException;

  /// Rolls the transaction back; does nothing if there is none.
  void rollback() throws IOException;

  /// Begins a savepoint.
  ///
  /// @param number 1 for the outermost
  default void savepoint(int number) throws IOException {
    executeScript("savepoint tulip_" + number);
  }

  /// Ends a savepoint, whose deeds stay.
  default void releaseSavepoint(int number) throws IOException {
    executeScript("release savepoint tulip_" + number);
  }

  /// Ends a savepoint, whose deeds are undone.
  default void rollbackToSavepoint(int number) throws IOException {
    var name = "tulip_" + number;
    executeScript("rollback to savepoint " + name + "; release savepoint " + name);
  }

  /// Whether a transaction is open, be it one that has failed.
  boolean isInTransaction();

  /// Says that a program gets the connection into its own hands, and may change what outlives a
  /// transaction: settings, locks, temporary tables. They are undone before it is lent on.
  void markChanged();

  /// Ends the connection at once; what others wait for fails. Never throws.
  void abort();
}
