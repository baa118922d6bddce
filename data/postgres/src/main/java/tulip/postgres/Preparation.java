// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.postgres.protocol.FrontendWriter;
import tulip.postgres.types.TypeCatalog;

/// The prepared statements of one connection: how they come into being, and how they are executed.
final class Preparation {
  private final PostgresConnection connection;
  private final Conversation conversation;
  private final FrontendWriter writer;
  private final TypeCatalog types;
  private final StatementCache statements;

  Preparation(PostgresConnection connection) {
    this.connection = connection;
    conversation = connection.conversation();
    writer = conversation.writer();
    types = connection.types();
    statements = new StatementCache(connection.options().statementCache());
    conversation.setStatements(statements::lost);
  }

  /// Finds or prepares a statement, and waits for the turn to send it: nothing may wait in between.
  PreparedStatement prepared(String sql) throws IOException {
    var statement = statements.find(sql);
    while (statement == null || !statement.isResolved()) {
      if (statement == null) {
        statement = prepare(sql);
      }
      statement.answered.await();
      if (statement.isDescribed()) {
        connection.learnTypes(statement.typeIds().toList());
        statement.resolve(types);
      } else {
        statement = statements.find(sql); // another task has failed with it, so shall this one
      }
    }
    conversation.awaitTurn();
    return statement;
  }

  private PreparedStatement prepare(String sql) throws IOException {
    conversation.awaitTurn();
    var statement = statements.add(sql);
    var exchange = new PrepareExchange(conversation, statement, statements);
    try {
      send(
          exchange,
          () -> {
            writer.parse(statement.name, sql);
            writer.describeStatement(statement.name);
          });
    } catch (Throwable t) {
      statements.remove(statement);
      statement.answered.set();
      throw t;
    }
    exchange.awaitEnd();
    return statement;
  }

  /// Forgets a statement that is no more what it was.
  void forget(PreparedStatement statement) {
    statements.remove(statement);
  }

  /// Writes what executes a statement once.
  void writeExecution(PreparedStatement statement, @Nullable Object... arguments) {
    writeBind(statement, "", arguments);
    writer.execute("", 0);
  }

  /// Writes what binds a statement to arguments. One that the server does not keep is parsed each
  /// time, and may be another one than it was the last time.
  void writeBind(PreparedStatement statement, String portal, @Nullable Object... arguments) {
    writeParse(statement);
    statement.bind(portal, arguments, writer);
    if (statement.name.isEmpty()) {
      writer.describePortal(portal);
    }
  }

  void writeParse(PreparedStatement statement) {
    if (statement.name.isEmpty()) {
      writer.parse("", statement.sql);
    }
  }

  /// Sends messages of the extended protocol, and Sync. Does not wait.
  void send(Exchange exchange, Runnable messages) throws IOException {
    conversation.send(
        exchange,
        () -> {
          statements.dropped().forEach(writer::closeStatement);
          messages.run();
          writer.sync();
        });
    statements.clearDropped();
  }
}
