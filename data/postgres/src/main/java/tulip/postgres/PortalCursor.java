// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import tulip.sql.Columns;
import tulip.sql.Row;
import tulip.sql.spi.Cursor;

/// A portal of the server, out of which rows are fetched some at a time. Other statements may come
/// between: a portal lives as long as its transaction.
final class PortalCursor implements Cursor {
  private final PostgresConnection connection;
  private final PreparedStatement statement;
  private final String portal;
  private final int fetch;
  private final Queue<Row> rows = new ArrayDeque<>();
  private boolean atEnd;

  private PortalCursor(PostgresConnection connection, PreparedStatement statement, String portal) {
    this.connection = connection;
    this.statement = statement;
    this.portal = portal;
    fetch = connection.options().limits().fetch();
  }

  /// Opens a portal, and fetches the first rows.
  static PortalCursor open(
      PostgresConnection connection, String sql, String portal, @Nullable Object... arguments)
      throws IOException {
    var statement = connection.preparation().prepared(sql);
    var cursor = new PortalCursor(connection, statement, portal);
    cursor.fetch(() -> connection.preparation().writeBind(statement, portal, arguments));
    return cursor;
  }

  /// @param before what is written first
  private void fetch(Runnable before) throws IOException {
    var exchange = new QueryExchange(connection, statement);
    connection
        .preparation()
        .send(
            exchange,
            () -> {
              before.run();
              connection.conversation().writer().execute(portal, fetch);
            });
    rows.addAll(exchange.result().rows());
    atEnd = !exchange.isSuspended();
  }

  @Override
  public Columns columns() {
    return statement.rows().columns();
  }

  @Override
  public @Nullable Row next() throws IOException {
    while (rows.isEmpty() && !atEnd) {
      connection.conversation().awaitTurn();
      fetch(() -> {});
    }
    return rows.poll();
  }

  @Override
  public void close() throws IOException {
    rows.clear();
    atEnd = true;
    if (connection.conversation().dialect().transactionStatus() == 'T') {
      connection.conversation().awaitTurn();
      var exchange = new QueryExchange(connection, statement);
      connection
          .preparation()
          .send(exchange, () -> connection.conversation().writer().closePortal(portal));
      exchange.awaitEnd();
    }
  }
}
