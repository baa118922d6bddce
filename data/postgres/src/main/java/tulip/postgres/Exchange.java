// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.net.ProtocolException;
import org.jspecify.annotations.Nullable;
import tulip.core.Cancelled;
import tulip.pipelining.Call;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.ErrorFields;
import tulip.postgres.protocol.PostgresFormatException;
import tulip.sql.SqlException;

/// What one task asks, and all that the server answers, up to ReadyForQuery: whatever goes wrong in
/// between, the answers to the next one begin behind it.
abstract class Exchange extends Call<BackendReader> {
  private final Conversation conversation;
  private final PostgresDialect dialect;
  private @Nullable SqlException refusal;

  /// What was wrong on this side with what the server has sent.
  private @Nullable RuntimeException trouble;

  private boolean done;

  Exchange(Conversation conversation) {
    super(NO_DEADLINE);
    this.conversation = conversation;
    dialect = conversation.dialect();
  }

  @Override
  protected final boolean accept(BackendReader message) throws IOException {
    try {
      switch (message.type()) {
        case 'Z' -> {
          dialect.setTransactionStatus(message.takeByte());
          done = true;
          ended();
        }
        case 'E' -> refuse(ErrorFields.read(message));
        default -> {
          if (!take(message)) {
            misfit(message);
          }
        }
      }
      return done;
    } catch (PostgresFormatException e) {
      throw (IOException) new ProtocolException(e.getMessage()).initCause(e);
    }
  }

  private void refuse(ErrorFields fields) {
    var exception = SqlErrors.exception(fields);
    if (refusal == null) {
      refusal = exception;
    }
    if (SqlErrors.isOutdated(exception)) {
      outdated();
    }
    if (fields.isFatal()) {
      dialect.setFarewell(exception);
    }
  }

  /// The statement is no more what it was. On the loop, where it must not wait.
  void outdated() {
    // there was none that is kept
  }

  /// Takes a message that is neither an error nor the end.
  ///
  /// @return false if it is none that this statement should have for an answer
  /// @throws PostgresFormatException if it is malformed: the connection is lost then
  abstract boolean take(BackendReader message) throws PostgresFormatException;

  /// The statement is a COPY where it must be none, or none where it must be one.
  private void misfit(BackendReader message) throws PostgresFormatException {
    char type = message.type();
    if (type == 'G') {
      keep(new IllegalArgumentException("COPY from stdin is for copyIn"));
      conversation.refuseToCopy(this);
    } else if (type == 'H' || type == 'd' || type == 'c') {
      keep(new IllegalArgumentException("COPY to stdout is for copyOut"));
    } else if (isSimple() && "TDCI".indexOf(type) >= 0) {
      keep(new IllegalArgumentException("this is no such COPY"));
    } else {
      throw new PostgresFormatException(
          "a message of type " + type + ", which nobody has asked for");
    }
  }

  /// Whether it was sent as a Query message, which has its own Sync.
  boolean isSimple() {
    return false;
  }

  /// All was answered. On the loop, where it must not wait.
  void ended() {
    // whoever waits is told anyhow
  }

  /// Keeps what went wrong on this side, if something has; what follows is only taken.
  ///
  /// @return true
  boolean keep(@Nullable RuntimeException why) {
    if (trouble == null) {
      trouble = why;
    }
    return true;
  }

  boolean hasFailed() {
    return refusal != null || trouble != null;
  }

  /// Waits for the end.
  ///
  /// @throws SqlException if the server has refused something
  /// @throws IOException if the connection is lost
  void awaitEnd() throws IOException {
    try {
      await();
    } catch (Cancelled e) {
      conversation.abandoned(this);
      throw e;
    }
    if (trouble != null) {
      throw trouble;
    }
    if (refusal != null) {
      throw withStackOfCaller(refusal);
    }
  }

  /// It was made where the connection reads.
  private static SqlException withStackOfCaller(SqlException refusal) {
    refusal.fillInStackTrace();
    return refusal;
  }

  boolean isDone() {
    return done;
  }

  /// Whether the server is asked to stop if nobody waits any more.
  boolean isCancellable() {
    return true;
  }

  @Override
  public String toString() {
    return "the answer of " + conversation;
  }
}
