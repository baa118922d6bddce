// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import tulip.core.Tulip;
import tulip.pipelining.Pipeline;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.FrontendWriter;

/// One statement for many rows of arguments, with one Sync at the end: all or none.
///
/// Rows are written as fast as the server takes them. If that ends early the server is given
/// something that it must refuse, since Sync alone would commit what has come until then.
final class Batch {
  private static final int CHUNK = 32 * 1024;
  private static final String NO_PORTAL = "tulip: this batch was given up";

  private final Preparation preparation;
  private final Pipeline<BackendReader> pipeline;
  private final PreparedStatement statement;
  private final FrontendWriter writer;
  private final QueryExchange exchange;
  private boolean begun;

  Batch(PostgresConnection connection, PreparedStatement statement) {
    this.statement = statement;
    preparation = connection.preparation();
    pipeline = connection.conversation().pipeline();
    writer = connection.conversation().writer();
    exchange = new QueryExchange(connection, statement);
  }

  /// Sends all rows. While nobody else sends.
  ///
  /// @return how many rows were affected
  long run(Iterator<@Nullable Object[]> rows) throws IOException {
    try {
      preparation.writeParse(statement);
      while (rows.hasNext() && !exchange.hasFailed()) {
        statement.bind("", rows.next(), writer);
        writer.execute("", 0);
        if (writer.out().size() >= CHUNK) {
          sendChunk();
        }
      }
      writer.sync();
      sendChunk();
    } catch (Throwable t) {
      giveUp(t);
      throw t;
    } finally {
      writer.out().clear();
    }
    return exchange.result().affected();
  }

  private void sendChunk() throws IOException {
    if (begun) {
      pipeline.awaitSent();
      pipeline.sendMore(exchange, writer.out().view());
    } else {
      begun = true;
      pipeline.send(exchange, writer.out().view());
    }
    writer.out().clear();
    Tulip.yield(); // answers come meanwhile, and others have something to do
  }

  private void giveUp(Throwable cause) {
    writer.out().clear();
    if (!begun) {
      return;
    }
    writer.execute(NO_PORTAL, 0);
    writer.sync();
    try {
      pipeline.sendMore(exchange, writer.out().view());
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
