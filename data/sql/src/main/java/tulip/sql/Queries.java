// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.Tulip.Mapping;
import tulip.pool.Use;

/// What runs statements: a [Database], a [SqlConnection], a [Transaction].
///
/// Parameters stand in a statement as `$1`, `$2` ... and are sent beside it, never inside: there is
/// nothing to quote. Which Java classes are which types of the database is the driver's table;
/// `null` is NULL.
///
/// | | the rows | as records | the first column |
/// |---|---|---|---|
/// | all | [#query(String, Object...)] | [#query(Class, String, Object...)] | [#queryValues] |
/// | exactly one | [#queryOne(String, Object...)] | [#queryOne(Class, String, Object...)] |
/// [#queryValue] |
/// | the first, or `null` | [#queryFirst(String, Object...)] | [#queryFirst(Class, String,
/// Object...)] | [#queryFirstValue] |
/// | one by one | [#stream(String, Object...)] | [#stream(Class, String, Object...)] | |
///
/// All methods wait, in a task. They throw [SqlException] if the database refuses the statement,
/// and [IOException] if the connection is lost; [tulip.pool.ConnectionLostException] says whether
/// the statement may have been executed. If the task is cancelled the statement is too, as far as
/// the database can do that, and what is left of its result is nobody else's.
public abstract sealed class Queries permits Database, SqlConnection, Transaction {
  Queries() {}

  /// Runs a statement to its end.
  abstract Result run(String sql, @Nullable Object... arguments) throws IOException;

  // Rows.

  /// Runs a statement and returns all its rows.
  public List<Row> query(String sql, @Nullable Object... arguments) throws IOException {
    return run(sql, arguments).rows();
  }

  /// Runs a statement and returns its only row.
  ///
  /// @throws RowCountException if there is none, or more
  public Row queryOne(String sql, @Nullable Object... arguments) throws IOException {
    return run(sql, arguments).only(sql);
  }

  /// Runs a statement and returns its first row; `null` if there is none.
  public @Nullable Row queryFirst(String sql, @Nullable Object... arguments) throws IOException {
    var rows = run(sql, arguments).rows();
    return rows.isEmpty() ? null : rows.getFirst();
  }

  // Records.

  /// Runs a statement and returns all its rows as records: see [Row#to].
  public <T extends Record> List<T> query(Class<T> type, String sql, @Nullable Object... arguments)
      throws IOException {
    return query(sql, arguments).stream().map(row -> row.to(type)).toList();
  }

  /// Runs a statement and returns its only row as a record.
  ///
  /// @throws RowCountException if there is none, or more
  public <T extends Record> T queryOne(Class<T> type, String sql, @Nullable Object... arguments)
      throws IOException {
    return queryOne(sql, arguments).to(type);
  }

  /// Runs a statement and returns its first row as a record; `null` if there is none.
  public <T extends Record> @Nullable T queryFirst(
      Class<T> type, String sql, @Nullable Object... arguments) throws IOException {
    var row = queryFirst(sql, arguments);
    return row == null ? null : row.to(type);
  }

  // Values.

  /// Runs a statement and returns the first column of all its rows, in which there is no NULL.
  public <T> List<T> queryValues(Class<T> type, String sql, @Nullable Object... arguments)
      throws IOException {
    return query(sql, arguments).stream().map(row -> row.get(0, type)).toList();
  }

  /// Runs a statement and returns the first column of its only row, which is not NULL.
  ///
  /// @throws RowCountException if there is no row, or more
  /// @throws ConversionException if the value is NULL, or cannot be one of this class
  public <T> T queryValue(Class<T> type, String sql, @Nullable Object... arguments)
      throws IOException {
    return queryOne(sql, arguments).get(0, type);
  }

  /// Runs a statement and returns the first column of its first row; `null` if there is no row, or
  /// a NULL.
  public <T> @Nullable T queryFirstValue(Class<T> type, String sql, @Nullable Object... arguments)
      throws IOException {
    var row = queryFirst(sql, arguments);
    return row == null ? null : row.find(0, type);
  }

  // Deeds.

  /// Runs a statement.
  ///
  /// @return how many rows it has inserted, updated or deleted
  public long execute(String sql, @Nullable Object... arguments) throws IOException {
    return run(sql, arguments).affected();
  }

  /// Runs a statement once for each row of parameters: all of them or none.
  ///
  /// @param rows each an `Object[]`, a list or a record
  /// @return how many rows were inserted, updated or deleted altogether
  public abstract long executeMany(String sql, Iterable<?> rows) throws IOException;

  /// Runs a script: statements without parameters, with semicolons between. Some databases run it
  /// as one transaction.
  public abstract void executeScript(String script) throws IOException;

  /// Asks what parameters a statement has and what it will return, without executing it.
  public abstract Description describe(String sql) throws IOException;

  // Streams.

  /// Runs a statement whose rows come as they are taken: for more than one would keep in memory.
  ///
  /// ```java
  /// try (var rows = db.stream("select * from measurement")) {
  ///   for (var row : rows) { ... }
  /// }
  /// ```
  ///
  /// It is read within a transaction, on a connection of its own if there is none yet.
  public abstract RowStream<Row> stream(String sql, @Nullable Object... arguments)
      throws IOException;

  /// Runs a statement whose rows come as they are taken, as records.
  public <T extends Record> RowStream<T> stream(
      Class<T> type, String sql, @Nullable Object... arguments) throws IOException {
    return stream(sql, arguments).map(row -> row.to(type));
  }

  // Transactions.

  /// Runs a block as a transaction: what it does is committed when it returns, and undone if it
  /// throws. In a transaction this is a savepoint.
  ///
  /// ```java
  /// db.transaction(tx -> {
  ///   tx.execute("update account set balance = balance - $2 where id = $1", from, amount);
  ///   tx.execute("update account set balance = balance + $2 where id = $1", to, amount);
  /// });
  /// ```
  ///
  /// @throws X what the block throws
  /// @throws SqlException.TransactionRollback if the database has undone it by itself; then the
  ///   whole may be tried again
  /// @throws IOException if the connection is lost; during the commit nobody knows then whether it
  ///   was done
  public <X extends Exception> void transaction(Use<? super Transaction, X> block)
      throws X, IOException {
    transaction(TransactionOptions.DEFAULT, block);
  }

  /// Runs a block as a transaction of some kind.
  ///
  /// @throws X what the block throws
  /// @throws IOException as [#transaction(Use)]
  public <X extends Exception> void transaction(
      TransactionOptions options, Use<? super Transaction, X> block) throws X, IOException {
    this.<@Nullable Void, X>inTransaction(
        options,
        transaction -> {
          block.accept(transaction);
          return null;
        });
  }

  /// Runs a block as a transaction, and returns what it returns.
  ///
  /// @throws X what the block throws
  /// @throws IOException as [#transaction(Use)]
  public <T extends @Nullable Object, X extends Exception> T inTransaction(
      Mapping<? super Transaction, T, X> block) throws X, IOException {
    return inTransaction(TransactionOptions.DEFAULT, block);
  }

  /// Runs a block as a transaction of some kind, and returns what it returns.
  ///
  /// @throws X what the block throws
  /// @throws IOException as [#transaction(Use)]
  public abstract <T extends @Nullable Object, X extends Exception> T inTransaction(
      TransactionOptions options, Mapping<? super Transaction, T, X> block) throws X, IOException;
}
