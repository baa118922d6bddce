// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.pool.Inbox;
import tulip.pool.Receiving;
import tulip.pool.ResilientSession;
import tulip.pool.SessionEvent;
import tulip.pool.SessionOptions;
import tulip.redis.PubSubEvent.Gap;
import tulip.redis.PubSubEvent.Message;
import tulip.redis.protocol.RedisException;
import tulip.redis.protocol.Reply;

/// The messages of channels and patterns.
///
/// ```java
/// try (var news = redis.subscribe("news")) {
///   for (var event : news) {
///     switch (event) {
///       case PubSubEvent.Message message -> System.out.println(message.text());
///       case PubSubEvent.Gap gap -> System.out.println("messages may be missing here");
///     }
///   }
/// }
/// ```
///
/// It has a connection of its own. If that is lost there is another one, with the same channels,
/// and a [Gap] before its first message. It keeps [#CAPACITY] messages that nobody has taken; what
/// comes beyond is dropped, and a gap says so: waiting would have the server cut the connection.
///
/// A subscription is a block, and belongs to the task that opened it, which closes it. Any task of
/// its loop may receive; each event goes to one.
public final class Subscription implements Receiving<PubSubEvent>, AutoCloseable {
  /// How many events it keeps that nobody has taken.
  public static final int CAPACITY = 10_000;

  private static final Map<String, String> UNDO =
      Map.of(
          "SUBSCRIBE", "UNSUBSCRIBE",
          "PSUBSCRIBE", "PUNSUBSCRIBE",
          "SSUBSCRIBE", "SUNSUBSCRIBE");

  /// What a node of a cluster says to who asks the wrong one for a sharded channel.
  private static final String MOVED = "MOVED";

  /// A channel or pattern, by which command it was subscribed to.
  private record Topic(String command, String name) {}

  /// What is done before anybody has the subscription.
  interface Beginning {
    /// Subscribes.
    void accept(Subscription subscription) throws IOException;
  }

  private final ResilientSession<RedisConnection> session;
  private final Inbox<PubSubEvent> events =
      new Inbox<>(
          CAPACITY,
          dropped -> new Gap(Gap.Reason.SLOW_RECEIVER, dropped),
          "the subscription has ended");
  private boolean connectedBefore;

  private Subscription(SessionOptions options, RedisConnector connector) throws IOException {
    session = ResilientSession.open(connector, options);
    session.addListener(this::note);
    session.declare(this, this::begin);
  }

  static Subscription open(SessionOptions options, RedisConnector connector, Beginning beginning)
      throws IOException {
    var subscription = new Subscription(options, connector);
    try {
      beginning.accept(subscription);
      return subscription;
    } catch (Throwable t) {
      subscription.close();
      throw t;
    }
  }

  // Channels.

  /// SUBSCRIBE: subscribes to further channels. In a task.
  ///
  /// @throws tulip.redis.protocol.RedisException if the server refuses it
  /// @throws IOException if there is no connection to be had
  public void subscribe(String... channels) throws IOException {
    declare("SUBSCRIBE", channels);
  }

  /// PSUBSCRIBE: subscribes to all channels that match patterns. In a task.
  ///
  /// @throws IOException as [#subscribe]
  public void psubscribe(String... patterns) throws IOException {
    declare("PSUBSCRIBE", patterns);
  }

  /// SSUBSCRIBE: subscribes to sharded channels. In a task.
  ///
  /// @throws IOException as [#subscribe]
  public void ssubscribe(String... channels) throws IOException {
    declare("SSUBSCRIBE", channels);
  }

  /// UNSUBSCRIBE: takes [#subscribe] back. Messages that have come are still received. In a task.
  ///
  /// @throws IOException as [#subscribe]
  public void unsubscribe(String... channels) throws IOException {
    withdraw("SUBSCRIBE", channels);
  }

  /// PUNSUBSCRIBE: takes [#psubscribe] back. In a task.
  ///
  /// @throws IOException as [#subscribe]
  public void punsubscribe(String... patterns) throws IOException {
    withdraw("PSUBSCRIBE", patterns);
  }

  /// SUNSUBSCRIBE: takes [#ssubscribe] back. In a task.
  ///
  /// @throws IOException as [#subscribe]
  public void sunsubscribe(String... channels) throws IOException {
    withdraw("SSUBSCRIBE", channels);
  }

  private void declare(String command, String... names) throws IOException {
    for (var name : names) {
      session.await(); // with a connection, the server's refusal comes here
      session.declare(new Topic(command, name), connection -> begin(connection, command, name));
    }
  }

  private static void begin(RedisConnection connection, String command, String name)
      throws IOException {
    try {
      connection.subscribe(command, name);
    } catch (RedisException e) {
      if (e.code().equals(MOVED)) {
        connection.abort(); // the next one goes elsewhere
      }
      throw e;
    }
  }

  private void withdraw(String command, String... names) throws IOException {
    for (var name : names) {
      session.withdraw(
          new Topic(command, name),
          connection -> connection.subscribe(UNDO.getOrDefault(command, command), name));
    }
  }

  // What happens on the connection.

  /// The first thing on each connection, so that a gap stands before its messages.
  private void begin(RedisConnection connection) {
    connection.onPush(this::take);
    if (connectedBefore) {
      events.offer(new Gap(Gap.Reason.CONNECTION_LOST, 0));
    }
    connectedBefore = true;
  }

  private void take(Reply.Push push) {
    session.heard();
    var values = push.values();
    switch (push.kind()) {
      case "message", "smessage" -> events.offer(message(values, 1, null));
      case "pmessage" -> events.offer(message(values, 2, values.get(1).string()));
      case "sunsubscribe" -> session.reconnect(new IOException("the channel's slot has moved"));
      default -> {} // nothing for subscribers
    }
  }

  private static Message message(List<Reply> values, int at, @Nullable String pattern) {
    return new Message(values.get(at).bytes().utf8(), pattern, values.get(at + 1).bytes());
  }

  private void note(SessionEvent event) {
    switch (event) {
      case SessionEvent.GivenUp(var cause) -> events.end(cause);
      case SessionEvent.DeclarationFailed(_, var cause) -> events.end(cause);
      default -> {} // a gap is told when there is a connection again
    }
  }

  // Receiving.

  /// Receives what comes next. In a task.
  ///
  /// @throws IOException if there will be nothing any more: the server refuses a channel on a new
  ///   connection, or the session has given up
  /// @throws tulip.core.queue.ChannelClosedException if the subscription is closed
  /// @throws tulip.core.Cancelled if the task was cancelled; nothing was taken
  @Override
  public PubSubEvent receive() throws IOException {
    return events.receive();
  }

  /// Ends it, and its connection. By the task that opened it.
  @Override
  public void close() {
    events.close();
    session.close();
  }

  @Override
  public String toString() {
    return "subscription to "
        + session.declared().stream().filter(Topic.class::isInstance).toList();
  }
}
