// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.PostgresFormatException;
import tulip.sql.Result;

/// Several statements with one Sync: each has a result, in order.
final class PipelineExchange extends Exchange {
  private final Preparation preparation;
  private final List<PreparedStatement> statements;
  private final List<ResultBuilder> builders = new ArrayList<>();
  private int current;

  PipelineExchange(PostgresConnection connection, List<PreparedStatement> statements) {
    super(connection.conversation());
    preparation = connection.preparation();
    this.statements = statements;
    for (var statement : statements) {
      builders.add(new ResultBuilder(connection, statement));
    }
  }

  @Override
  boolean take(BackendReader message) throws PostgresFormatException {
    if (!ResultBuilder.isPart(message) || current == builders.size()) {
      return false;
    }
    if (!hasFailed()) {
      keep(builders.get(current).take(message));
    }
    if (message.type() == 'C' || message.type() == 'I') {
      current++;
    }
    return true;
  }

  /// Whichever it was.
  @Override
  void outdated() {
    statements.forEach(preparation::forget);
  }

  List<Result> results() throws IOException {
    awaitEnd();
    return builders.stream().map(ResultBuilder::result).toList();
  }
}
