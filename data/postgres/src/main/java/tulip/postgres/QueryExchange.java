// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.CommandTag;
import tulip.postgres.protocol.FieldDescription;
import tulip.postgres.protocol.PostgresFormatException;
import tulip.postgres.types.TypeCatalog;
import tulip.sql.Result;
import tulip.sql.Row;

/// Bind, Execute, Sync: a statement is executed, once or for many rows of arguments.
final class QueryExchange extends Exchange {
  private final TypeCatalog types;
  private final long limit;
  private final List<Row> rows = new ArrayList<>();
  private RowDecoder decoder;
  private CommandTag tag = CommandTag.NONE;
  private long affected;
  private long size;
  private boolean suspended;

  QueryExchange(PostgresConnection connection, PreparedStatement statement) {
    super(connection);
    types = connection.types();
    limit = connection.options().limits().result();
    decoder = statement.rows();
  }

  @Override
  void take(BackendReader message) throws PostgresFormatException {
    switch (message.type()) {
      case 'D' -> takeRow(message);
      case 'C' -> {
        tag = CommandTag.read(message);
        affected += tag.rows();
      }
      case 's' -> suspended = true;
      case 'T' -> decoder = RowDecoder.of(FieldDescription.read(message), types);
      case '1', '2', '3', 'n', 'I' -> {} // parsed, bound, closed; no columns; no statement
      default -> throw unexpected(message);
    }
  }

  private void takeRow(BackendReader message) throws PostgresFormatException {
    size += message.size();
    if (hasFailed()) {
      return;
    }
    if (size > limit) {
      rows.clear();
      fail(
          new IllegalStateException(
              "the result is larger than the limit of " + limit + " bytes: use a stream"));
      return;
    }
    try {
      rows.add(decoder.decode(message));
    } catch (IllegalStateException e) {
      fail(e);
    }
  }

  /// Waits for the result.
  Result result() throws IOException {
    awaitEnd();
    return new Result(decoder.columns(), rows, affected, tag.text());
  }

  /// Whether the server has more rows.
  boolean isSuspended() {
    return suspended;
  }
}
