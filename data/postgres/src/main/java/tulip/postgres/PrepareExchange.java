// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.FieldDescription;
import tulip.postgres.protocol.PostgresFormatException;

/// Parse, Describe, Sync: the server is asked about a statement.
final class PrepareExchange extends Exchange {
  private final PreparedStatement statement;
  private final StatementCache statements;
  private @Nullable List<Integer> parameters;

  PrepareExchange(
      Conversation conversation, PreparedStatement statement, StatementCache statements) {
    super(conversation);
    this.statement = statement;
    this.statements = statements;
  }

  @Override
  boolean take(BackendReader message) throws PostgresFormatException {
    switch (message.type()) {
      case '1', '3' -> {} // parsed; others closed
      case 't' -> parameters = parameters(message);
      case 'T' -> describe(FieldDescription.read(message));
      case 'n' -> describe(List.of());
      default -> {
        return false;
      }
    }
    return true;
  }

  private void describe(List<FieldDescription> fields) throws PostgresFormatException {
    if (parameters == null) {
      throw new PostgresFormatException("columns before parameters");
    }
    statement.described(parameters, fields);
  }

  private static List<Integer> parameters(BackendReader message) throws PostgresFormatException {
    int count = message.checkCount(message.takeUnsignedShort(), Integer.BYTES);
    var parameters = new ArrayList<Integer>(count);
    for (int i = 0; i < count; i++) {
      parameters.add(message.takeInt());
    }
    return parameters;
  }

  @Override
  void ended() {
    if (hasFailed()) {
      statements.remove(statement);
    }
    statement.answered.set();
  }

  /// It takes no time, and others may wait for it too.
  @Override
  boolean isCancellable() {
    return false;
  }
}
