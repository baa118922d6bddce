// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.replication;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.sync.Event;
import tulip.pool.Receiving;
import tulip.pool.ResilientSession;
import tulip.pool.SessionEvent;
import tulip.pool.SessionOptions;
import tulip.postgres.PostgresOptions;
import tulip.postgres.replication.ReplicationEvent.Begin;
import tulip.postgres.replication.ReplicationEvent.Commit;
import tulip.postgres.replication.ReplicationEvent.Message;
import tulip.postgres.replication.ReplicationEvent.Restart;
import tulip.postgres.types.Lsn;

/// What others change in a database, as it is committed: logical replication by `pgoutput`.
///
/// ```java
/// try (var changes = LogicalReplication.open(options, ReplicationOptions.of("mine", "everything"))) {
///   for (var event : changes) {
///     switch (event) {
///       case ReplicationEvent.Insert(var table, var row) -> index(table, row);
///       case ReplicationEvent.Commit commit -> changes.acknowledge(commit.end());
///       default -> {}
///     }
///   }
/// }
/// ```
///
/// The server keeps what was not acknowledged, be the program away for days, until its disk is
/// full: drop a slot that nobody uses any more. If the connection is lost there is another one,
/// which begins with a [Restart] and what was not acknowledged. The server stops sending when the
/// program does not receive; it is told about that program's life all the same.
///
/// It wants a server with `wal_level=logical`, of version 10 at least, and a user with the
/// attribute `replication`. The server is the first of the hosts that is there.
///
/// It is a block, and belongs to the task that opened it, which closes it. One task at a time
/// receives.
public final class LogicalReplication implements Receiving<ReplicationEvent>, AutoCloseable {
  private final ReplicationOptions options;
  private final ReplicationConnector connector;
  private final ResilientSession<ReplicationStream> session;
  private final TaskGroup group = TaskGroup.open();

  /// Where events come from; `null` before the first.
  private @Nullable ReplicationStream stream;

  private Lsn acknowledged = new Lsn(0);

  /// The end of what was received in full.
  private Lsn received = new Lsn(0);

  /// Whether a transaction has begun that has not ended.
  private boolean inTransaction;

  private boolean receiving;

  /// Set when the first attempt to connect has ended, and why it has failed.
  private final Event attempted = new Event();

  private @Nullable Throwable firstFailure;

  private LogicalReplication(
      PostgresOptions where, ReplicationOptions options, SessionOptions upkeep) {
    this.options = options;
    connector = new ReplicationConnector(where, options, () -> acknowledged);
    session = ResilientSession.open(connector, upkeep);
    session.addListener(this::note);
    group.start("report to " + this, this::report);
  }

  /// Begins to receive. In a task.
  ///
  /// @throws IOException if there is no connection to be had, or the server refuses: there is no
  ///   such slot, or somebody else uses it
  public static LogicalReplication open(PostgresOptions where, ReplicationOptions options)
      throws IOException {
    return open(where, options, SessionOptions.DEFAULT.withName("replication " + options.slot()));
  }

  /// Begins to receive, on a connection that is kept up in another way. In a task.
  ///
  /// @throws IOException if there is no connection to be had, or the server refuses: there is no
  ///   such slot, or somebody else uses it
  public static LogicalReplication open(
      PostgresOptions where, ReplicationOptions options, SessionOptions upkeep) throws IOException {
    var replication = new LogicalReplication(where, options, upkeep);
    try {
      replication.awaitBeginning();
      return replication;
    } catch (Throwable t) {
      replication.close();
      throw t;
    }
  }

  private void note(SessionEvent event) {
    if (event instanceof SessionEvent.ConnectFailed failed && !attempted.isSet()) {
      firstFailure = failed.cause();
    }
    attempted.set();
  }

  private void awaitBeginning() throws IOException {
    attempted.await();
    if (firstFailure != null) {
      throw new IOException(this + " cannot begin: " + firstFailure.getMessage(), firstFailure);
    }
  }

  private void report() {
    while (true) {
      Tulip.sleep(options.report());
      tell();
    }
  }

  /// Tells the server what was acknowledged, if there is one.
  private void tell() {
    var current = connector.latest();
    if (current != null && current.isOpen()) {
      try {
        current.report(acknowledged, false);
      } catch (IOException e) {
        return; // the next connection begins with it
      }
    }
  }

  /// Receives what comes next. In a task.
  ///
  /// @throws IOException if there is no connection to be had any more
  /// @throws tulip.core.Cancelled if the task was cancelled; nothing was taken
  @Override
  public ReplicationEvent receive() throws IOException {
    if (receiving) {
      throw new IllegalStateException("another task is receiving from " + this + " already");
    }
    receiving = true;
    try {
      while (true) {
        var event = tryReceive();
        if (event != null) {
          return event;
        }
      }
    } finally {
      receiving = false;
    }
  }

  private @Nullable ReplicationEvent tryReceive() throws IOException {
    var current = session.await();
    if (current != stream) {
      boolean first = stream == null;
      stream = current;
      inTransaction = false;
      received = acknowledged;
      if (!first) {
        return new Restart(acknowledged);
      }
    }
    try {
      var event = current.next();
      session.heard();
      note(event, current);
      return event;
    } catch (IOException e) {
      session.reconnect(e);
      return null;
    }
  }

  private void note(@Nullable ReplicationEvent event, ReplicationStream current) {
    switch (event) {
      case Begin _ -> inTransaction = true;
      case Commit commit -> {
        inTransaction = false;
        received = commit.end();
      }
      case Message message when !inTransaction -> received = later(received, message.position());
      case null -> skip(current.sent());
      default -> {}
    }
  }

  /// What the server had to look through without a change for us it need not keep either.
  private void skip(Lsn position) {
    if (!inTransaction && received.compareTo(acknowledged) <= 0) {
      acknowledged = later(acknowledged, position);
    }
  }

  private static Lsn later(Lsn one, Lsn other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  /// Says that all up to a position was taken care of, and need not be sent any more: the end of a
  /// [Commit], or the position of a [Message] outside of transactions. Does not wait.
  public void acknowledge(Lsn position) {
    acknowledged = later(acknowledged, position);
    tell();
  }

  /// What was acknowledged, with what the server has looked through since without a change for us.
  public Lsn acknowledged() {
    return acknowledged;
  }

  /// Ends it, and its connection. By the task that opened it.
  @Override
  public void close() {
    try {
      tell();
      group.cancel();
      session.close();
    } finally {
      group.close();
    }
  }

  @Override
  public String toString() {
    return "replication by slot " + options.slot();
  }
}
