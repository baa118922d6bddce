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
    var prepared = new ArrayList<PreparedStatement>();
    for (var entry : entries) {
      prepared.add(connection.prepared(entry.sql));
    }
    connection.awaitTurn();
    var exchange = new PipelineExchange(connection, prepared);
    connection.sendExtended(
        exchange,
        () -> {
          for (int i = 0; i < prepared.size(); i++) {
            write(prepared.get(i), entries.get(i).arguments, connection);
          }
        });
    return exchange.results();
  }

  private static void write(
      PreparedStatement statement, @Nullable Object[] arguments, PostgresConnection connection) {
    connection.writeParse(statement);
    statement.bind("", arguments, connection.writer());
    connection.writeDescribe(statement, "");
    connection.writer().execute("", 0);
  }
}
