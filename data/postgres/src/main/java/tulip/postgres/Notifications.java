// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import tulip.pool.Inbox;
import tulip.pool.Receiving;
import tulip.pool.ResilientSession;
import tulip.pool.SessionEvent;
import tulip.pool.SessionOptions;
import tulip.postgres.NotificationEvent.Gap;

/// What others send by `NOTIFY`, as it comes.
///
/// ```java
/// try (var news = Notifications.open(PostgresOptions.parse(url), "orders")) {
///   for (var event : news) {
///     switch (event) {
///       case Notification order -> fetch(order.payload());
///       case NotificationEvent.Gap gap -> fetchAll();
///     }
///   }
/// }
/// ```
///
/// It has a connection of its own. If that is lost there is another one, with the same channels,
/// and a [Gap] before its first notification. It keeps [#CAPACITY] notifications that nobody has
/// taken; what comes beyond is dropped, and a gap says so: waiting would fill the server's queue.
///
/// It is a block, and belongs to the task that opened it, which closes it. Any task of its loop may
/// receive; each event goes to one.
public final class Notifications implements Receiving<NotificationEvent>, AutoCloseable {
  /// How many events it keeps that nobody has taken.
  public static final int CAPACITY = 10_000;

  private final ResilientSession<PostgresConnection> session;
  private final Inbox<NotificationEvent> inbox =
      new Inbox<>(
          CAPACITY,
          missing -> new Gap(Gap.Reason.SLOW_RECEIVER, missing),
          "nothing more will come");
  private boolean connectedBefore;

  private Notifications(PostgresOptions options, SessionOptions upkeep) throws IOException {
    session = ResilientSession.open(new PostgresConnector(options), upkeep);
    session.addListener(this::note);
    session.declare(this, this::begin);
  }

  /// Listens to channels. In a task.
  ///
  /// @throws tulip.sql.SqlException if the server refuses the login
  /// @throws IOException if there is no connection to be had
  public static Notifications open(PostgresOptions options, String... channels) throws IOException {
    return open(options, SessionOptions.DEFAULT.withName("notifications"), channels);
  }

  /// Listens to channels, on a connection that is kept up in another way. In a task.
  ///
  /// @throws IOException if there is no connection to be had
  public static Notifications open(
      PostgresOptions options, SessionOptions upkeep, String... channels) throws IOException {
    var notifications = new Notifications(options, upkeep);
    try {
      for (var channel : channels) {
        notifications.listen(channel);
      }
      return notifications;
    } catch (Throwable t) {
      notifications.close();
      throw t;
    }
  }

  /// The first thing on each connection, so that a gap stands before its notifications.
  private void begin(PostgresConnection connection) {
    connection.onNotification(notification -> {
      session.heard();
      inbox.offer(notification);
    });
    if (connectedBefore) {
      inbox.offer(new Gap(Gap.Reason.CONNECTION_LOST, 0));
    }
    connectedBefore = true;
  }

  private void note(SessionEvent event) {
    switch (event) {
      case SessionEvent.GivenUp(var cause) -> inbox.end(cause);
      case SessionEvent.DeclarationFailed(_, var cause) -> inbox.end(cause);
      default -> {} // a gap is told when there is a connection again
    }
  }

  /// Listens to a further channel. In a task.
  ///
  /// @param channel its name as it is, not as SQL folds it: upper case stays upper case
  /// @throws IOException if there is no connection to be had
  public void listen(String channel) throws IOException {
    var command = "listen " + quoted(channel);
    session.await();
    session.declare(channel, connection -> connection.executeScript(command));
  }

  /// Listens to a channel no more. Notifications that have come are still received. In a task.
  ///
  /// @throws IOException if there is no connection to be had
  public void unlisten(String channel) throws IOException {
    var command = "unlisten " + quoted(channel);
    session.withdraw(channel, connection -> connection.executeScript(command));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /// Receives what comes next. In a task.
  ///
  /// @throws IOException if there will be nothing any more
  /// @throws tulip.core.queue.ChannelClosedException if it is closed
  /// @throws tulip.core.Cancelled if the task was cancelled; nothing was taken
  @Override
  public NotificationEvent receive() throws IOException {
    return inbox.receive();
  }

  /// Ends it, and its connection. By the task that opened it.
  @Override
  public void close() {
    inbox.close();
    session.close();
  }

  @Override
  public String toString() {
    return "notifications of "
        + session.declared().stream().filter(String.class::isInstance).toList();
  }
}
