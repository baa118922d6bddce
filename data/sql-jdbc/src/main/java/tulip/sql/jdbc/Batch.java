// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.sql.TransactionOptions;

/// A statement that is executed for many rows of parameters: all or none. For the connection's
/// thread.
final class Batch {
  private final JdbcSession session;
  private final StatementText text;

  /// Where a transaction that was open before goes back to; `null` if this has its own.
  private @Nullable Savepoint savepoint;

  private @Nullable PreparedStatement statement;

  Batch(JdbcSession session, StatementText text) {
    this.session = session;
    this.text = text;
  }

  /// Executes it for some rows.
  ///
  /// @return how many rows were affected
  long add(Call<?> call, List<@Nullable Object[]> rows) throws SQLException {
    var prepared = prepared();
    call.watch(prepared);
    for (var row : rows) {
      session.bind(prepared, text, row);
      prepared.addBatch();
    }
    long affected = 0;
    for (int count : prepared.executeBatch()) {
      affected += count == Statement.SUCCESS_NO_INFO ? 1 : Math.max(0, count);
    }
    return affected;
  }

  private PreparedStatement prepared() throws SQLException {
    if (statement == null) {
      if (session.isInTransaction()) {
        savepoint = session.connection().setSavepoint();
      } else {
        session.begin(TransactionOptions.DEFAULT);
      }
      statement = session.connection().prepareStatement(text.sql());
    }
    return statement;
  }

  void commit() throws SQLException {
    close();
    if (savepoint == null) {
      session.commit();
    } else {
      session.release(savepoint);
    }
  }

  void undo() throws SQLException {
    close();
    if (savepoint != null) {
      session.rollback(savepoint);
    } else if (statement != null) {
      session.rollback();
    }
  }

  private void close() throws SQLException {
    if (statement != null) {
      statement.close();
    }
  }
}
