// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.sql.Result;

/// Statements that are sent together: see [PostgresConnection#pipeline].
public final class Statements {
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Entry(String sql, @Nullable Object[] arguments) {}

  private final List<Entry> entries = new ArrayList<>();

  Statements() {}

  /// Adds a statement.
  ///
  /// @return this
  public Statements add(String sql, @Nullable Object... arguments) {
    entries.add(new Entry(sql, arguments.clone()));
    return this;
  }

  List<Result> run(PostgresConnection connection) throws IOException {
    if (entries.isEmpty()) {
      return List.of();
    }
    var preparation = connection.preparation();
    var prepared = new ArrayList<PreparedStatement>();
    for (var entry : entries) {
      prepared.add(preparation.prepared(entry.sql));
    }
    connection.conversation().awaitTurn();
    var exchange = new PipelineExchange(connection, prepared);
    preparation.send(
        exchange,
        () -> {
          for (int i = 0; i < prepared.size(); i++) {
            preparation.writeExecution(prepared.get(i), entries.get(i).arguments);
          }
        });
    return exchange.results();
  }
}
