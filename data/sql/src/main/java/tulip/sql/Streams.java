// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.pool.Lease;
import tulip.sql.spi.Cursor;
import tulip.sql.spi.DriverConnection;

/// Opens streams of rows where there is no transaction yet: each has its own.
final class Streams {
  private Streams() {}

  /// @param lease of the connection, which ends with the stream; `null` if there is none. It is
  ///   left as it is if this fails
  static RowStream<Row> open(
      DriverConnection connection,
      @Nullable Lease<DriverConnection> lease,
      String sql,
      @Nullable Object... arguments)
      throws IOException {
    var transaction =
        Transaction.begin(connection, lease != null, () -> connection.beginStream(sql));
    try {
      var cursor = connection.openCursor(sql, arguments);
      return new RowStream<>(new Within(cursor, transaction, lease), row -> row);
    } catch (Throwable t) {
      transaction.undo(t);
      throw t;
    }
  }

  /// A cursor with which its transaction ends. What has failed midway is undone, what was only left
  /// early is not.
  private record Within(
      Cursor cursor, Transaction transaction, @Nullable Lease<DriverConnection> lease)
      implements Cursor {
    @Override
    public Columns columns() {
      return cursor.columns();
    }

    @Override
    public @Nullable Row next() throws IOException {
      try {
        return cursor.next();
      } catch (Throwable t) {
        transaction.undo(t);
        throw t;
      }
    }

    @Override
    public void close() throws IOException {
      try {
        if (!transaction.isOver()) {
          cursor.close();
          transaction.commit();
        }
      } catch (Throwable t) {
        transaction.undo(t);
        throw t;
      } finally {
        release();
      }
    }

    @Override
    public void abandon() {
      cursor.abandon();
      transaction.undo(new IOException("the stream was given up"));
      release();
    }

    private void release() {
      if (lease != null) {
        lease.close();
      }
    }
  }
}
