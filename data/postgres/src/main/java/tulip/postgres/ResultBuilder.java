// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.CommandTag;
import tulip.postgres.protocol.FieldDescription;
import tulip.postgres.protocol.PostgresFormatException;
import tulip.postgres.types.TypeCatalog;
import tulip.sql.Result;
import tulip.sql.Row;

/// Gathers the answers to Bind and Execute, once or many times.
final class ResultBuilder {
  private final TypeCatalog types;
  private final long limit;
  private final List<Row> rows = new ArrayList<>();
  private RowDecoder decoder;
  private CommandTag tag = CommandTag.NONE;
  private long affected;
  private long size;
  private boolean suspended;

  ResultBuilder(PostgresConnection connection, PreparedStatement statement) {
    types = connection.types();
    limit = connection.options().limits().result();
    decoder = statement.rows();
  }

  /// Whether a message may be one of these answers.
  static boolean isPart(BackendReader message) {
    return switch (message.type()) {
      case 'D', 'C', 's', 'T', '1', '2', '3', 'n', 'I' -> true;
      default -> false;
    };
  }

  /// Takes a message.
  ///
  /// @return what is wrong with it on this side; `null` if nothing is
  /// @throws PostgresFormatException if it cannot be an answer
  @Nullable RuntimeException take(BackendReader message) throws PostgresFormatException {
    switch (message.type()) {
      case 'D' -> {
        return takeRow(message);
      }
      case 'C' -> {
        tag = CommandTag.read(message);
        affected += tag.rows();
      }
      case 's' -> suspended = true;
      case 'T' -> decoder = RowDecoder.of(FieldDescription.read(message), types);
      default -> {} // parsed, bound, closed; no columns; no statement
    }
    return null;
  }

  private @Nullable RuntimeException takeRow(BackendReader message) throws PostgresFormatException {
    size += message.size();
    if (size > limit) {
      rows.clear();
      return new IllegalStateException(
          "the result is larger than the limit of " + limit + " bytes: use a stream");
    }
    try {
      rows.add(decoder.decode(message));
      return null;
    } catch (IllegalStateException e) {
      return e;
    }
  }

  Result result() {
    return new Result(decoder.columns(), rows, affected, tag.text());
  }

  /// Whether the server has more rows.
  boolean isSuspended() {
    return suspended;
  }
}
