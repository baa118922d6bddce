// SPDX-License-Identifier: Apache-2.0
package tulip.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tulip.core.Block;
import tulip.sql.Description;
import tulip.sql.Result;
import tulip.sql.SqlException;
import tulip.sql.TransactionOptions;
import tulip.sql.jdbc.JdbcConnection;
import tulip.sql.spi.Cursor;
import tulip.sql.spi.DriverConnection;

/// A connection to a SQLite database, with a thread of its own.
///
/// Of all connections of a database one writes at a time: tasks stand in line for it, and wait no
/// longer than [SqliteOptions#busyTimeout]. A transaction has the turn from its beginning to its
/// end, unless it only reads; so it never fails halfway because somebody else was faster. Readers
/// wait for nobody: each sees the database as it was when its transaction or statement began.
///
/// Programs get one by [tulip.sql.SqlConnection#unwrap].
public final class SqliteConnection implements DriverConnection {
  private static final TransactionOptions READING = TransactionOptions.DEFAULT.withReadOnly(true);

  private final JdbcConnection jdbc;
  private final WriteTurn writeTurn;

  /// Whether a transaction of this connection has the turn.
  private boolean writing;

  SqliteConnection(JdbcConnection jdbc, WriteTurn writeTurn) {
    this.jdbc = jdbc;
    this.writeTurn = writeTurn;
  }

  JdbcConnection jdbc() {
    return jdbc;
  }

  // Statements.

  @Override
  public Result execute(String sql, @Nullable Object... arguments) throws IOException {
    return Statements.mayWrite(sql)
        ? write(() -> jdbc.execute(sql, arguments))
        : jdbc.execute(sql, arguments);
  }

  @Override
  public long executeMany(String sql, Iterable<@Nullable Object[]> rows) throws IOException {
    return write(() -> jdbc.executeMany(sql, rows));
  }

  @Override
  public void executeScript(String script) throws IOException {
    write(() -> {
      jdbc.executeScript(script);
      return true;
    });
  }

  /// Does something when it is this connection's turn to write.
  private <T> T write(Block<T, IOException> block) throws IOException {
    if (isInTransaction()) {
      return block.run();
    }
    writeTurn.acquire();
    try {
      return block.run();
    } finally {
      writeTurn.release();
    }
  }

  @Override
  public Description describe(String sql) throws IOException {
    return jdbc.describe(sql);
  }

  @Override
  public Cursor openCursor(String sql, @Nullable Object... arguments) throws IOException {
    return jdbc.openCursor(sql, arguments);
  }

  // What only SQLite has.

  /// Copies the whole database into a file that is not there yet, as it is at this moment. Others
  /// may read and write meanwhile. Not within a transaction.
  ///
  /// @throws SqlException if the file is there, or there is no room
  /// @throws IOException if the connection is lost
  public void backup(Path target) throws IOException {
    jdbc.execute("vacuum into $1", target.toString());
  }

  /// Does what only JDBC or xerial's driver can do, on the connection's thread.
  ///
  /// @throws SqlException if the database refuses something
  /// @throws IOException if the connection is lost
  public <T extends @Nullable Object> T use(JdbcConnection.Use<T> use) throws IOException {
    return jdbc.use(use);
  }

  // Transactions.

  @Override
  public void begin(TransactionOptions options) throws IOException {
    if (!options.readOnly()) {
      writeTurn.acquire();
      writing = true;
    }
    try {
      jdbc.begin(options);
    } catch (SqlException e) {
      endTurn();
      throw e;
    }
  }

  /// Who only reads has no need to keep others from writing.
  @Override
  public void beginStream(String sql) throws IOException {
    begin(Statements.mayWrite(sql) ? TransactionOptions.DEFAULT : READING);
  }

  @Override
  public void commit() throws IOException {
    jdbc.commit();
    endTurn();
  }

  @Override
  public void rollback() throws IOException {
    try {
      jdbc.rollback();
    } finally {
      endTurn();
    }
  }

  /// The task that used it has gone, in the middle of a transaction perhaps.
  void left() {
    if (writing) {
      writeTurn.abandon();
    }
  }

  /// Gives the turn back that a transaction has had.
  void endTurn() {
    if (writing) {
      writing = false;
      writeTurn.release();
    }
  }

  @Override
  public void savepoint(int number) throws IOException {
    jdbc.savepoint(number);
  }

  @Override
  public void releaseSavepoint(int number) throws IOException {
    jdbc.releaseSavepoint(number);
  }

  @Override
  public void rollbackToSavepoint(int number) throws IOException {
    jdbc.rollbackToSavepoint(number);
  }

  @Override
  public boolean isInTransaction() {
    return jdbc.isInTransaction();
  }

  @Override
  public void markChanged() {
    jdbc.markChanged();
  }

  // The end.

  /// Whether it can be used.
  public boolean isOpen() {
    return jdbc.isOpen();
  }

  void close() throws IOException {
    try {
      jdbc.close();
    } finally {
      endTurn();
    }
  }

  @Override
  public void abort() {
    jdbc.abort();
    endTurn();
  }

  @Override
  public String toString() {
    return jdbc.toString();
  }
}
