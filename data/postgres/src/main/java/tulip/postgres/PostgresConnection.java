// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tulip.net.ByteStream;
import tulip.postgres.types.PgType;
import tulip.postgres.types.TypeCatalog;
import tulip.sql.Description;
import tulip.sql.Isolation;
import tulip.sql.Result;
import tulip.sql.SqlError;
import tulip.sql.SqlException;
import tulip.sql.TransactionOptions;
import tulip.sql.spi.Cursor;
import tulip.sql.spi.DriverConnection;
import tulip.sql.spi.ParameterRows;

/// One connection to a PostgreSQL server.
///
/// Any number of tasks of its loop may use it at the same time. What they call in one iteration
/// leaves in one write, and nobody waits for the result of another one: pipelining. Each statement
/// is a transaction by itself unless one is open.
///
/// A task that is cancelled leaves its place in the line, so that its result goes to nobody else.
/// If its statement is the only one under way the server is asked to stop it; what is called
/// meanwhile waits until that is over, so that no other statement is stopped.
///
/// Programs get one by [tulip.sql.SqlConnection#unwrap].
public final class PostgresConnection implements DriverConnection, AutoCloseable {
  private final PostgresOptions options;
  private final TypeCatalog types;
  private final Conversation conversation;
  private final Preparation preparation;
  private boolean changed;
  private long portals;

  private PostgresConnection(
      Conversation conversation, PostgresOptions options, TypeCatalog types) {
    this.options = options;
    this.types = types;
    this.conversation = conversation;
    preparation = new Preparation(this);
  }

  /// Logs in over a stream, which is the connection's from now on.
  static PostgresConnection over(ByteStream stream, ServerAddress address, TypeCatalog types)
      throws IOException {
    return new PostgresConnection(new Conversation(address, stream), address.options(), types);
  }

  // Statements.

  @Override
  public Result execute(String sql, @Nullable Object... arguments) throws IOException {
    try {
      return query(preparation.prepared(sql), arguments).result();
    } catch (SqlException e) {
      if (!SqlErrors.isOutdated(e) || isInTransaction()) {
        throw e;
      }
      return query(preparation.prepared(sql), arguments).result();
    }
  }

  private QueryExchange query(PreparedStatement statement, @Nullable Object... arguments)
      throws IOException {
    var exchange = new QueryExchange(this, statement);
    preparation.send(exchange, () -> preparation.writeExecution(statement, arguments));
    return exchange;
  }

  @Override
  public long executeMany(String sql, Iterable<@Nullable Object[]> rows) throws IOException {
    var each = rows.iterator();
    if (!each.hasNext()) {
      return 0;
    }
    var batch = new Batch(this, preparation.prepared(sql));
    conversation.gate().acquire();
    try {
      return batch.run(each);
    } finally {
      conversation.gate().release();
    }
  }

  @Override
  public void executeScript(String script) throws IOException {
    runScript(script, true);
  }

  private ScriptExchange runScript(String script, boolean cancellable) throws IOException {
    conversation.awaitTurn();
    var exchange = new ScriptExchange(conversation, cancellable);
    conversation.send(exchange, () -> conversation.writer().query(script));
    exchange.awaitEnd();
    return exchange;
  }

  @Override
  public Description describe(String sql) throws IOException {
    var statement = preparation.prepared(sql);
    return new Description(
        statement.parameters().stream().map(PgType::name).toList(), statement.rows().columns());
  }

  @Override
  public Cursor openCursor(String sql, @Nullable Object... arguments) throws IOException {
    return PortalCursor.open(this, sql, "c" + ++portals, arguments);
  }

  // What only PostgreSQL has.

  /// Runs several statements as one, with one wait for all results: if one is refused, none is
  /// executed. Each is prepared before, so that none can use what another one creates.
  ///
  /// ```java
  /// var results = connection.pipeline(all -> {
  ///   all.add("insert into orders (id) values ($1)", 7);
  ///   all.add("select count(*) from orders");
  /// });
  /// ```
  ///
  /// @return the results in order
  /// @throws SqlException if one is refused
  /// @throws IOException if the connection is lost
  public List<Result> pipeline(Consumer<? super Statements> statements) throws IOException {
    var all = new Statements();
    statements.accept(all);
    return all.run(this);
  }

  /// Begins a COPY from the server, whatever its format. Others wait until it is closed. In a task,
  /// which closes it.
  ///
  /// @param sql `copy ... to stdout`
  /// @throws SqlException if it is refused
  /// @throws IOException if the connection is lost
  public CopyOut copyOut(String sql) throws IOException {
    conversation.awaitTurn();
    return CopyOut.begin(conversation, sql);
  }

  /// Begins a COPY to the server, whatever its format. Others wait until it is closed. In a task,
  /// which closes it.
  ///
  /// @param sql `copy ... from stdin`
  /// @throws SqlException if it is refused
  /// @throws IOException if the connection is lost
  public CopyIn copyIn(String sql) throws IOException {
    conversation.awaitTurn();
    return CopyIn.begin(conversation, sql);
  }

  /// Begins a COPY in both directions, by a command of the replication protocol, on a connection
  /// with the setting `replication`, which is for nothing else from now on. In a task.
  ///
  /// @param command `START_REPLICATION ...`
  /// @throws SqlException if it is refused
  /// @throws IOException if the connection is lost
  public CopyBoth copyBoth(String command) throws IOException {
    conversation.awaitTurn();
    return CopyBoth.begin(conversation, command);
  }

  /// Copies rows into a table: the fastest way there is. All of them or none.
  ///
  /// @param table as it stands in SQL: `account`, `bank."Account"`
  /// @param columns whose values the rows have, in order; as they stand in SQL
  /// @param rows each an `Object[]`, a list or a record
  /// @return how many rows there were
  /// @throws SqlException if it is refused
  /// @throws IOException if the connection is lost
  public long copyRows(String table, List<String> columns, Iterable<?> rows) throws IOException {
    var names = String.join(", ", columns);
    var fields = preparation.prepared("select " + names + " from " + table).types();
    try (var copy = copyIn("copy %s (%s) from stdin (format binary)".formatted(table, names))) {
      new BinaryRows(fields).write(new ParameterRows(rows), copy);
      return copy.finish();
    }
  }

  /// Asks the database about types by their numbers in `pg_type`, unless they are known.
  ///
  /// @return what is known of the database's types now, for all connections of one connector
  /// @throws IOException if the connection is lost
  public TypeCatalog learnTypes(Collection<Integer> ids) throws IOException {
    var unknown = ids.stream().filter(id -> types.find(id) == null).collect(Collectors.toSet());
    if (!unknown.isEmpty()) {
      new Introspection(this).learn(unknown);
    }
    return types;
  }

  /// Has somebody told of notifications for which this connection has executed `LISTEN`. On the
  /// loop, where it must not wait. [Notifications] outlives connections.
  public void onNotification(Consumer<? super Notification> listener) {
    conversation.dialect().setListener(listener);
  }

  // For those who send statements.

  Conversation conversation() {
    return conversation;
  }

  Preparation preparation() {
    return preparation;
  }

  TypeCatalog types() {
    return types;
  }

  PostgresOptions options() {
    return options;
  }

  // Transactions.

  @Override
  public void begin(TransactionOptions options) throws IOException {
    var command = new StringBuilder("begin");
    if (options.isolation() != Isolation.DEFAULT) {
      command.append(" isolation level ").append(options.isolation().name().replace('_', ' '));
    }
    command.append(options.readOnly() ? " read only" : "");
    command.append(options.deferrable() ? " deferrable" : "");
    runScript(command.toString(), true);
  }

  @Override
  public void commit() throws IOException {
    if (runScript("commit", false).tag().text().equals("ROLLBACK")) {
      throw SqlException.of(
          new SqlError(
              "40000",
              "a statement of the transaction has failed, so the server has rolled it back"
                  + " instead of committing it"));
    }
  }

  @Override
  public void rollback() throws IOException {
    conversation.settle();
    if (isInTransaction()) {
      runScript("rollback", false);
    }
  }

  @Override
  public void rollbackToSavepoint(int number) throws IOException {
    conversation.settle();
    DriverConnection.super.rollbackToSavepoint(number);
  }

  @Override
  public boolean isInTransaction() {
    return conversation.dialect().transactionStatus() != 'I';
  }

  // The state of the session.

  @Override
  public void markChanged() {
    changed = true;
  }

  /// Whether it is as it was after the login, and nothing is under way.
  boolean isClean() {
    return conversation.isQuiet() && !isInTransaction() && !changed;
  }

  /// Makes it so.
  void reset() throws IOException {
    rollback();
    if (changed) {
      runScript(
          "select pg_advisory_unlock_all(); close all; unlisten *; reset session authorization;"
              + " reset all; discard temp",
          false);
      changed = false;
    }
  }

  /// A parameter that the server reports, as `server_version` and `TimeZone`; `null` if it reports
  /// none of this name.
  public @Nullable String parameter(String name) {
    return conversation.dialect().parameter(name);
  }

  /// The number of the server's process for this connection, as in `pg_stat_activity`.
  public int processId() {
    return conversation.session().process();
  }

  /// How many statements wait for their results; those are among them that nobody waits for any
  /// more.
  public int pending() {
    return conversation.pipeline().pending();
  }

  // The end.

  /// Whether it can be used: it was neither lost nor closed.
  public boolean isOpen() {
    return conversation.isOpen();
  }

  void awaitLost() throws IOException {
    conversation.pipeline().awaitLost();
  }

  /// Waits up to 5 s for what is under way, says goodbye and closes.
  @Override
  public void close() throws IOException {
    conversation.close();
  }

  @Override
  public void abort() {
    conversation.abort();
  }

  @Override
  public String toString() {
    return conversation.toString();
  }
}
