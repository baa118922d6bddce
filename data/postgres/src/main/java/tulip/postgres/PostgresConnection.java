// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteWriter;
import tulip.core.EventLoop;
import tulip.core.Task;
import tulip.core.Tulip;
import tulip.core.sync.Event;
import tulip.core.sync.Lock;
import tulip.net.ByteStream;
import tulip.pipelining.Pipeline;
import tulip.pipelining.PipelineLimits;
import tulip.pool.Backoff;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.FrontendWriter;
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
  private static final int UNSENT = 1 << 18;
  private static final int LARGEST = 1 << 30;
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Backoff AGAIN =
      Backoff.DEFAULT
          .withDelays(Duration.ofMillis(50), Duration.ofSeconds(5), 2)
          .withJitter(Backoff.Jitter.NONE);

  private final ServerAddress address;
  private final ByteStream stream;
  private final TypeCatalog types;
  private final Startup.Session session;
  private final PostgresDialect dialect;
  private final Pipeline<BackendReader> pipeline;
  private final StatementCache statements;
  private final ByteWriter out = new ByteWriter(LARGEST);
  private final FrontendWriter writer = new FrontendWriter(out);

  /// Held by who must have the connection alone: what is sent in several pieces.
  private final Lock gate = new Lock();

  /// Set while no cancel request is under way, which must not meet another statement.
  private final Event uncancelled = new Event();

  private Copy copy = () -> {};
  private boolean changed;
  private boolean closing;
  private long portals;

  private PostgresConnection(
      ServerAddress address, ByteStream stream, TypeCatalog types, BackendReader message)
      throws IOException {
    this.address = address;
    this.stream = stream;
    this.types = types;
    uncancelled.set();
    statements = new StatementCache(address.options().statementCache());
    session = Startup.run(stream, address, message);
    dialect = new PostgresDialect(message, address, session.parameters(), this::lost);
    var limits = new PipelineLimits(options().limits().pending(), UNSENT, Duration.ZERO);
    pipeline = Pipeline.open(address.toString(), stream, dialect, limits);
  }

  /// Logs in over a stream, which is the connection's from now on.
  static PostgresConnection over(ByteStream stream, ServerAddress address, TypeCatalog types)
      throws IOException {
    var message = new BackendReader(stream.input(), address.options().limits().message());
    return new PostgresConnection(address, stream, types, message);
  }

  // Statements.

  @Override
  public Result execute(String sql, @Nullable Object... arguments) throws IOException {
    try {
      return query(prepared(sql), arguments).result();
    } catch (SqlException e) {
      if (!SqlErrors.isOutdated(e) || isInTransaction()) {
        throw e;
      }
      return query(prepared(sql), arguments).result();
    }
  }

  private QueryExchange query(PreparedStatement statement, @Nullable Object... arguments)
      throws IOException {
    var exchange = new QueryExchange(this, statement);
    sendExtended(
        exchange,
        () -> {
          writeParse(statement);
          statement.bind("", arguments, writer);
          writeDescribe(statement, "");
          writer.execute("", 0);
        });
    return exchange;
  }

  /// A statement that the server does not keep is parsed each time.
  void writeParse(PreparedStatement statement) {
    if (statement.name.isEmpty()) {
      writer.parse("", statement.sql);
    }
  }

  /// And may be another one than it was the last time.
  void writeDescribe(PreparedStatement statement, String portal) {
    if (statement.name.isEmpty()) {
      writer.describePortal(portal);
    }
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
        learnTypes(statement);
        statement.resolve(types);
      } else {
        statement = statements.find(sql); // another task has failed with it, so shall this one
      }
    }
    awaitTurn();
    return statement;
  }

  private PreparedStatement prepare(String sql) throws IOException {
    awaitTurn();
    var statement = statements.add(sql);
    var exchange = new PrepareExchange(this, statement, statements);
    try {
      sendExtended(
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

  private void learnTypes(PreparedStatement statement) throws IOException {
    var unknown =
        statement.typeIds().filter(id -> types.find(id) == null).collect(Collectors.toSet());
    if (!unknown.isEmpty()) {
      new Introspection(this).learn(unknown);
    }
  }

  @Override
  public long executeMany(String sql, Iterable<@Nullable Object[]> rows) throws IOException {
    var each = rows.iterator();
    if (!each.hasNext()) {
      return 0;
    }
    var batch = new Batch(this, prepared(sql));
    return alone(() -> batch.run(each));
  }

  @Override
  public void executeScript(String script) throws IOException {
    runScript(script, true);
  }

  private ScriptExchange runScript(String script, boolean cancellable) throws IOException {
    awaitTurn();
    var exchange = new ScriptExchange(this, cancellable);
    send(exchange, () -> writer.query(script));
    exchange.awaitEnd();
    return exchange;
  }

  @Override
  public Description describe(String sql) throws IOException {
    var statement = prepared(sql);
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
    awaitTurn();
    gate.acquire();
    try {
      return CopyOut.begin(this, sql);
    } catch (Throwable t) {
      gate.release();
      throw t;
    }
  }

  /// Begins a COPY to the server, whatever its format. Others wait until it is closed. In a task,
  /// which closes it.
  ///
  /// @param sql `copy ... from stdin`
  /// @throws SqlException if it is refused
  /// @throws IOException if the connection is lost
  public CopyIn copyIn(String sql) throws IOException {
    awaitTurn();
    gate.acquire();
    try {
      return CopyIn.begin(this, sql);
    } catch (Throwable t) {
      gate.release();
      throw t;
    }
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
    var fields = prepared("select " + names + " from " + table).types();
    try (var copy = copyIn("copy %s (%s) from stdin (format binary)".formatted(table, names))) {
      new BinaryRows(fields).write(new ParameterRows(rows), copy);
      return copy.finish();
    }
  }

  /// Has somebody told of notifications for which this connection has executed `LISTEN`. On the
  /// loop, where it must not wait. [Notifications] outlives connections.
  public void onNotification(Consumer<? super Notification> listener) {
    dialect.setListener(listener);
  }

  // Sending.

  /// Waits until something may be sent.
  void awaitTurn() throws IOException {
    do {
      uncancelled.await();
      while (gate.isLocked()) {
        checkGate();
        gate.run(() -> {});
      }
      if (closing) {
        throw dialect.failure(this + " is closed, the statement was not sent", false, null);
      }
      pipeline.awaitRoom(Duration.ZERO);
    } while (isTaken());
  }

  /// Whether nobody else may send.
  private boolean isTaken() {
    return gate.isLocked() || !uncancelled.isSet();
  }

  private void checkGate() {
    if (gate.owner() == Task.current()) {
      throw new IllegalStateException(
          "a COPY of this task is under way on " + this + ": finish or close it first");
    }
  }

  /// Sends messages of the extended protocol, and Sync. Does not wait.
  void sendExtended(Exchange exchange, Runnable messages) throws IOException {
    send(
        exchange,
        () -> {
          statements.dropped().forEach(writer::closeStatement);
          messages.run();
          writer.sync();
        });
    statements.clearDropped();
  }

  /// Sends messages to which the exchange is the answer. Does not wait.
  void send(Exchange exchange, Runnable messages) throws IOException {
    try {
      messages.run();
      pipeline.send(exchange, out.view());
    } finally {
      out.clear();
    }
  }

  /// Refuses to send what a COPY wants to have that nobody has expected. The server has ignored the
  /// Sync behind it; what others have sent behind it it has not understood.
  void refuseToCopy(Exchange exchange) {
    if (pipeline.pending() > 1) {
      pipeline.lose(new ProtocolException("a COPY stood among statements that were pipelined"));
      return;
    }
    try {
      writer.copyFail("the program has not expected a COPY");
      if (!exchange.isSimple()) {
        writer.sync();
      }
      pipeline.sendMore(exchange, out.view());
    } catch (IOException e) {
      pipeline.lose(e);
    } finally {
      out.clear();
    }
  }

  FrontendWriter writer() {
    return writer;
  }

  Pipeline<BackendReader> pipeline() {
    return pipeline;
  }

  PostgresDialect dialect() {
    return dialect;
  }

  StatementCache statements() {
    return statements;
  }

  TypeCatalog types() {
    return types;
  }

  PostgresOptions options() {
    return address.options();
  }

  Lock gate() {
    return gate;
  }

  /// A COPY under way.
  interface Copy {
    /// There is no connection any more.
    void lost();
  }

  /// What has the connection for itself.
  private interface Alone<T> {
    T run() throws IOException;
  }

  /// Runs something while nobody else sends.
  private <T> T alone(Alone<T> action) throws IOException {
    gate.acquire();
    try {
      return action.run();
    } finally {
      gate.release();
    }
  }

  // Cancelling.

  /// Nobody waits for this exchange any more.
  void abandoned(Exchange exchange) {
    boolean isAlone = !exchange.isDone() && pipeline.isOpen() && pipeline.pending() == 1;
    if (exchange.isCancellable() && isAlone && !isTaken()) {
      stopStatement();
    }
  }

  /// Has the server stop the only statement that is under way. Does not wait; others do who want to
  /// send something.
  void stopStatement() {
    uncancelled.clear();
    EventLoop.current().createTask("cancel a statement at " + address, this::cancel);
  }

  /// Nothing is sent before the statement has ended and the request cannot meet another one. A
  /// server that has not begun with the statement ignores the request, which is then repeated.
  private void cancel() {
    var request = new CancelRequest(address, session);
    try {
      for (var pauses = AGAIN.delays(); pipeline.pending() > 0; ) {
        request.send();
        Tulip.moveOnAfter(pauses.next(), pipeline::awaitQuiet);
      }
    } finally {
      uncancelled.set();
    }
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
    settle();
    if (isInTransaction()) {
      runScript("rollback", false);
    }
  }

  @Override
  public void rollbackToSavepoint(int number) throws IOException {
    settle();
    DriverConnection.super.rollbackToSavepoint(number);
  }

  @Override
  public boolean isInTransaction() {
    return dialect.transactionStatus() != 'I';
  }

  /// Waits until nothing is under way, be it a cancel request.
  private void settle() throws IOException {
    pipeline.awaitQuiet();
    awaitTurn();
  }

  // The state of the session.

  @Override
  public void markChanged() {
    changed = true;
  }

  /// Whether it is as it was after the login, and nothing is under way.
  boolean isClean() {
    return pipeline.pending() == 0 && !isTaken() && !isInTransaction() && !changed;
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
    return dialect.parameter(name);
  }

  /// The number of the server's process for this connection, as in `pg_stat_activity`.
  public int processId() {
    return session.process();
  }

  /// How many statements wait for their results; those are among them that nobody waits for any
  /// more.
  public int pending() {
    return pipeline.pending();
  }

  // The end.

  /// Whether it can be used: it was neither lost nor closed.
  public boolean isOpen() {
    return pipeline.isOpen() && !closing;
  }

  private void lost() {
    statements.lost();
    copy.lost();
  }

  /// What is being copied is told if the connection is lost.
  void setCopy(Copy copy) {
    this.copy = copy;
  }

  void awaitLost() throws IOException {
    pipeline.awaitLost();
  }

  /// Waits up to 5 s for what is under way, says goodbye and closes.
  @Override
  public void close() throws IOException {
    if (closing) {
      return;
    }
    closing = true;
    try {
      Tulip.moveOnAfter(GRACE, this::sayGoodbye);
    } finally {
      abort();
    }
  }

  private void sayGoodbye() throws IOException {
    pipeline.awaitQuiet();
    uncancelled.await();
    if (gate.isLocked()) {
      gate.run(() -> {});
    }
    if (pipeline.isOpen()) {
      writer.terminate();
      stream.write(out.view());
      out.clear();
      stream.flush();
    }
  }

  @Override
  public void abort() {
    closing = true;
    pipeline.lose(new IOException("the connection was closed"));
  }

  @Override
  public String toString() {
    return "connection to " + address;
  }
}
