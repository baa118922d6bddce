// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import tulip.sql.Columns;
import tulip.sql.Row;
import tulip.sql.spi.Cursor;

/// Rows that the thread reads some at a time, when they are wanted.
final class JdbcCursor implements Cursor {
  private final JdbcConnection connection;
  private final OpenRows open;
  private final int fetch;
  private final Queue<Row> rows = new ArrayDeque<>();
  private boolean atEnd;

  JdbcCursor(JdbcConnection connection, OpenRows open, int fetch) {
    this.connection = connection;
    this.open = open;
    this.fetch = fetch;
  }

  @Override
  public Columns columns() {
    return open.columns();
  }

  @Override
  public @Nullable Row next() throws IOException {
    if (rows.isEmpty() && !atEnd) {
      rows.addAll(connection.call(call -> open.take(call, fetch)));
      atEnd = rows.size() < fetch;
    }
    return rows.poll();
  }

  @Override
  public void close() {
    abandon();
  }

  /// What is done on the thread after this comes after it.
  @Override
  public void abandon() {
    atEnd = true;
    rows.clear();
    connection.post(_ -> {
      open.close();
      return null;
    });
  }
}
