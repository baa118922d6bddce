// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.core.sync.Event;
import tulip.pipelining.Call;
import tulip.pipelining.Dialect;
import tulip.pool.ConnectionLostException;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.ErrorFields;
import tulip.postgres.protocol.PostgresFormatException;
import tulip.sql.SqlException;

/// What the server says on a connection, told apart: to a statement, or by itself.
final class PostgresDialect implements Dialect<BackendReader> {
  private final BackendReader message;
  private final PostgresOptions options;
  private final Map<String, String> parameters;

  /// Set while more may be read.
  private final Event demand = new Event();

  private final Runnable onLost;
  private Consumer<? super Notification> listener = _ -> {};
  private char transactionStatus = 'I';
  private @Nullable SqlException farewell;

  PostgresDialect(
      BackendReader message,
      ServerAddress address,
      Map<String, String> parameters,
      Runnable onLost) {
    this.message = message;
    options = address.options();
    this.parameters = parameters;
    this.onLost = onLost;
    demand.set();
  }

  @Override
  public @Nullable BackendReader decode(ByteQueue input) throws IOException {
    try {
      while (message.next()) {
        switch (message.type()) {
          case 'N' -> options.onNotice().accept(SqlErrors.error(ErrorFields.read(message)));
          case 'A' -> listener.accept(Notification.read(message));
          case 'S' -> parameters.put(message.takeString(), message.takeString());
          default -> {
            return message;
          }
        }
      }
      return null;
    } catch (PostgresFormatException e) {
      throw (IOException) new ProtocolException(e.getMessage()).initCause(e);
    }
  }

  /// An error that belongs to no statement is the last thing that is said.
  @Override
  public boolean takeUnasked(BackendReader said, @Nullable Call<BackendReader> next) {
    if (said.type() != 'E' || next != null) {
      return false;
    }
    try {
      farewell = SqlErrors.exception(ErrorFields.read(said));
      return true;
    } catch (PostgresFormatException e) {
      return false;
    }
  }

  @Override
  public IOException failure(String what, boolean maybeExecuted, @Nullable IOException cause) {
    var failure = new ConnectionLostException(what, maybeExecuted, cause);
    if (farewell != null) {
      failure.addSuppressed(farewell);
    }
    return failure;
  }

  @Override
  public void awaitDemand() {
    demand.await();
  }

  /// Has the connection read on, or not.
  void setDemand(boolean on) {
    if (on) {
      demand.set();
    } else {
      demand.clear();
    }
  }

  @Override
  public void lost() {
    demand.set();
    onLost.run();
  }

  void setListener(Consumer<? super Notification> listener) {
    this.listener = listener;
  }

  /// What a server says that ends a connection.
  void setFarewell(SqlException farewell) {
    this.farewell = farewell;
  }

  /// The status at the end of the last statement: idle `I`, in a transaction `T`, in one that has
  /// failed `E`.
  char transactionStatus() {
    return transactionStatus;
  }

  void setTransactionStatus(byte status) {
    transactionStatus = (char) status;
  }

  @Nullable String parameter(String name) {
    return parameters.get(name);
  }
}
