// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.PostgresFormatException;
import tulip.sql.Result;

/// Bind, Execute, Sync: a statement is executed, once or for many rows of arguments.
final class QueryExchange extends Exchange {
  private final Preparation preparation;
  private final PreparedStatement statement;
  private final ResultBuilder builder;

  QueryExchange(PostgresConnection connection, PreparedStatement statement) {
    super(connection.conversation());
    preparation = connection.preparation();
    this.statement = statement;
    builder = new ResultBuilder(connection, statement);
  }

  @Override
  boolean take(BackendReader message) throws PostgresFormatException {
    return ResultBuilder.isPart(message) && (hasFailed() || keep(builder.take(message)));
  }

  @Override
  void outdated() {
    preparation.forget(statement);
  }

  /// Waits for the result.
  Result result() throws IOException {
    awaitEnd();
    return builder.result();
  }

  /// Whether the server has more rows.
  boolean isSuspended() {
    return builder.isSuspended();
  }
}
