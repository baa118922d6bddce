// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import tulip.core.Cancelled;
import tulip.sql.Columns;
import tulip.sql.Row;
import tulip.sql.spi.Cursor;

/// A portal of the server, out of which rows are fetched some at a time. Other statements may come
/// between: a portal lives as long as its transaction.
///
/// When half of the rows were taken the next ones are asked for, so that server and program work at
/// the same time. Not before: whoever wants only the first few rows has nothing to wait for at the
/// end.
final class PortalCursor implements Cursor {
  private final PostgresConnection connection;
  private final PreparedStatement statement;
  private final String portal;
  private final int fetch;
  private final Queue<Row> rows = new ArrayDeque<>();

  /// What was asked for and is not among the rows yet.
  private @Nullable QueryExchange ahead;

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
    cursor.take(cursor.ask(() -> connection.preparation().writeBind(statement, portal, arguments)));
    return cursor;
  }

  /// Asks for more rows. Does not wait.
  ///
  /// @param before what is written first
  private QueryExchange ask(Runnable before) throws IOException {
    var exchange = new QueryExchange(connection, statement);
    connection
        .preparation()
        .send(
            exchange,
            () -> {
              before.run();
              connection.conversation().writer().execute(portal, fetch);
            });
    ahead = exchange;
    return exchange;
  }

  /// Waits for the rows that were asked for. Whoever is cancelled meanwhile may do it again.
  private void take(QueryExchange exchange) throws IOException {
    try {
      rows.addAll(exchange.result().rows());
    } catch (Cancelled e) {
      throw e;
    } catch (Throwable t) {
      ahead = null;
      atEnd = true;
      throw t;
    }
    ahead = null;
    atEnd = !exchange.isSuspended();
  }

  @Override
  public Columns columns() {
    return statement.rows().columns();
  }

  @Override
  public @Nullable Row next() throws IOException {
    if (ahead == null && !atEnd && rows.size() <= fetch / 2) {
      connection.conversation().awaitTurn();
      ask(() -> {});
    }
    while (rows.isEmpty() && ahead != null) {
      take(ahead);
    }
    return rows.poll();
  }

  /// If the statement fails in the rows that were asked for, so does this.
  @Override
  public void close() throws IOException {
    if (ahead != null) {
      take(ahead);
    }
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

  @Override
  public void abandon() {
    if (ahead != null) {
      connection.conversation().abandoned(ahead);
    }
  }
}
