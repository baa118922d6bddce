// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
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

/// What is said on one connection after the login: who may send, in which order, and what is
/// stopped if nobody waits for it any more.
///
/// An [Exchange] is sent whole, with nothing that waits between [#awaitTurn] and [#send]; so the
/// answers come in the order of the exchanges. Two things have the connection for themselves: what
/// is sent in several pieces, which holds the gate, and a cancel request.
final class Conversation {
  private static final int UNSENT = 1 << 18;
  private static final int LARGEST = 1 << 30;
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Backoff AGAIN =
      Backoff.DEFAULT
          .withDelays(Duration.ofMillis(50), Duration.ofSeconds(5), 2)
          .withJitter(Backoff.Jitter.NONE);

  private final ServerAddress address;
  private final ByteStream stream;
  private final Startup.Session session;
  private final PostgresDialect dialect;
  private final Pipeline<BackendReader> pipeline;
  private final ByteWriter out = new ByteWriter(LARGEST);
  private final FrontendWriter writer = new FrontendWriter(out);

  /// Held by who must have the connection alone: what is sent in several pieces.
  private final Lock gate = new Lock();

  /// Set while no cancel request is under way, which must not meet another statement.
  private final Event uncancelled = new Event();

  /// Is told when the connection is lost: who keeps statements, and a COPY under way.
  private Runnable statements = () -> {};

  private Runnable copy = () -> {};

  /// Whether nothing more will be sent but what belongs to the last exchange.
  private boolean dedicated;

  private boolean closing;

  /// Logs in over a stream, which is the conversation's from now on.
  Conversation(ServerAddress address, ByteStream stream) throws IOException {
    this.address = address;
    this.stream = stream;
    uncancelled.set();
    var limits = address.options().limits();
    var message = new BackendReader(stream.input(), limits.message());
    session = Startup.run(stream, address, message);
    dialect = new PostgresDialect(message, address, session.parameters(), this::lost);
    pipeline =
        Pipeline.open(
            address.toString(),
            stream,
            dialect,
            new PipelineLimits(limits.pending(), UNSENT, Duration.ZERO));
  }

  /// Has those told who keep statements if the connection is lost.
  void setStatements(Runnable statements) {
    this.statements = statements;
  }

  /// Has a COPY told if the connection is lost.
  void setCopy(Runnable copy) {
    this.copy = copy;
  }

  /// Has nothing else sent any more.
  void dedicate() {
    dedicated = true;
  }

  private void lost() {
    statements.run();
    copy.run();
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
      if (dedicated) {
        throw new IllegalStateException(
            this + " is for replication: statements need another connection");
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

  Startup.Session session() {
    return session;
  }

  Lock gate() {
    return gate;
  }

  // Cancelling.

  /// Nobody waits for this exchange any more.
  void abandoned(Exchange exchange) {
    boolean isAlone = !exchange.isDone() && pipeline.isOpen() && pipeline.pending() == 1;
    boolean isOurs = !gate.isLocked() || gate.owner() == Task.current();
    if (exchange.isCancellable() && isAlone && isOurs && uncancelled.isSet()) {
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

  // The state.

  /// Waits until nothing is under way, be it a cancel request.
  void settle() throws IOException {
    pipeline.awaitQuiet();
    awaitTurn();
  }

  /// Whether nothing is under way.
  boolean isQuiet() {
    return pipeline.pending() == 0 && !isTaken();
  }

  /// Whether it can be used: it was neither lost nor closed.
  boolean isOpen() {
    return pipeline.isOpen() && !closing;
  }

  // The end.

  /// Waits for some time for what is under way, says goodbye and ends the connection.
  void close() throws IOException {
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

  /// Ends the connection at once.
  void abort() {
    closing = true;
    pipeline.lose(new IOException("the connection was closed"));
  }

  @Override
  public String toString() {
    return "connection to " + address;
  }
}
