// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tulip.core.Tulip.Mapping;
import tulip.pool.ConnectionPool;
import tulip.pool.PoolStatistics;
import tulip.pool.ResilientSession;
import tulip.pool.Use;
import tulip.redis.protocol.Reply;

/// A client of a Redis server.
///
/// ```java
/// try (var redis = Redis.open("redis://localhost")) {
///   redis.set("greeting", "hello");
///   System.out.println(redis.get("greeting"));
/// }
/// ```
///
/// All tasks share one connection, on which nobody waits for another one's reply: commands of many
/// tasks leave in one write. When it is lost the client opens another one. Commands that were under
/// way fail with [RedisConnectionException], which says whether they may have been executed;
/// commands that come meanwhile wait for it, or fail at once if [RedisOptions#failFast] says so.
///
/// Commands that block the server's side of a connection, and transactions with WATCH, get one of
/// their own from a pool.
///
/// A client is a block: it belongs to the task that opened it, which closes it. The other methods
/// are for any task of its loop.
public final class Redis implements RedisCommands, AutoCloseable {
  private static final int TRIES = 100;

  private final RedisOptions options;
  private final RedisConnector connector;
  private final ResilientSession<RedisConnection> session;
  private final ConnectionPool<RedisConnection> pool;
  private boolean closed;

  private Redis(RedisOptions options, RedisConnector connector) {
    this.options = options;
    this.connector = connector;
    session = ResilientSession.open(connector, options.session());
    pool = ConnectionPool.open(connector, options.pool());
  }

  /// Opens a client for a URL of [RedisOptions#parse]; it connects in the background. In a task.
  ///
  /// @throws IllegalArgumentException if it is none
  public static Redis open(String url) {
    return open(RedisOptions.parse(url));
  }

  /// Opens a client; it connects in the background. In a task.
  public static Redis open(RedisOptions options) {
    return open(options, RedisConnector.to(options));
  }

  /// Opens a client whose connections are opened in a way of their own.
  static Redis open(RedisOptions options, RedisConnector connector) {
    return new Redis(options, connector);
  }

  // Commands.

  /// Sends a command on the connection that all share; or, if it is one that waits for others, such
  /// as BLPOP, on one from the pool.
  ///
  /// @throws IllegalArgumentException also if it changes what the connection is to everybody: that
  ///   is for [#connected], [#multi] and [#watch]
  @Override
  public Reply call(Object... command) throws IOException {
    return switch (CommandKind.of(command)) {
      case ORDINARY -> shared().callOrdinary(command);
      case BLOCKING -> pool.use(connection -> BlockingCall.run(connection, this, command));
      case STATEFUL ->
          throw new IllegalArgumentException(
              command[0] + " changes a connection that all share: see connected, multi and watch");
      case CONVERSATION -> throw CommandKind.noSingleReply(command);
    };
  }

  /// The connection that all share.
  RedisConnection shared() throws IOException {
    if (options.failFast() && !session.isConnected()) {
      throw new RedisConnectionException(
          "there is no connection to " + options.endpoint() + ", the command was not sent",
          false,
          null);
    }
    return session.await();
  }

  /// Sends several commands in one piece, and waits for all replies, as [RedisConnection#pipeline]
  /// does.
  ///
  /// @return the replies in order; errors stand among them as [Reply.Failure]
  public List<Reply> pipeline(Consumer<? super Batch> commands) throws IOException {
    return pipeline(Batch.of(commands));
  }

  /// Sends the commands of a batch in one piece, and waits for all replies.
  ///
  /// @throws IOException as [#call]
  public List<Reply> pipeline(Batch batch) throws IOException {
    return shared().pipeline(batch);
  }

  /// Has the server execute several commands with nothing between them: MULTI and EXEC.
  ///
  /// @return the replies in order; errors stand among them as [Reply.Failure], and have not undone
  ///   the others
  /// @throws tulip.redis.protocol.RedisException if the server refused a command before it executed
  ///   any
  /// @throws IOException as [#call]
  public List<Reply> multi(Consumer<? super Batch> commands) throws IOException {
    return multi(Batch.of(commands));
  }

  /// The same with the commands of a batch.
  ///
  /// @throws IOException as [#call]
  public List<Reply> multi(Batch batch) throws IOException {
    var replies = shared().multi(batch);
    if (replies == null) {
      throw new IllegalStateException("a transaction that watched no key has met a change");
    }
    return replies;
  }

  /// What a transaction reads before, and does.
  ///
  /// @param <X> what it throws
  @FunctionalInterface
  public interface Watched<X extends Exception> {
    /// Reads by `now`, whose commands are executed at once, and adds to `then` what the transaction
    /// does. Called again if a watched key has changed meanwhile.
    void run(RedisCommands now, Batch then) throws X, IOException;
  }

  /// Has the server execute commands if keys have not changed since the block has read them: WATCH,
  /// MULTI and EXEC. If they have the block is run again.
  ///
  /// ```java
  /// redis.watch(List.of("stock"), (now, then) -> {
  ///   long stock = Long.parseLong(now.get("stock"));
  ///   if (stock > 0) then.add(c -> c.decr("stock"));
  /// });
  /// ```
  ///
  /// @return the replies of the transaction in order
  /// @throws X what the block throws
  /// @throws ConcurrentModificationException if the keys have changed a hundred times
  /// @throws IOException as [#call]
  public <X extends Exception> List<Reply> watch(List<String> keys, Watched<X> block)
      throws X, IOException {
    for (int tries = 0; tries < TRIES; tries++) {
      try (var lease = pool.acquire()) {
        var replies = tryWatched(lease.get(), keys, block);
        if (replies != null) {
          return replies;
        }
      }
    }
    throw new ConcurrentModificationException(keys + " have changed " + TRIES + " times");
  }

  private static <X extends Exception> @Nullable List<Reply> tryWatched(
      RedisConnection connection, List<String> keys, Watched<X> block) throws X, IOException {
    connection.call(Arguments.of("WATCH").addAll(keys).toArray());
    var batch = new Batch();
    block.run(connection, batch);
    return connection.multi(batch);
  }

  /// Runs a block with a connection of the pool, which nobody else uses meanwhile: for several
  /// commands in a row that block, or change the connection.
  ///
  /// @throws X what the block throws
  /// @throws IOException if no connection could be had
  public <T extends @Nullable Object, X extends Exception> T connected(
      Mapping<? super RedisConnection, T, X> block) throws X, IOException {
    return pool.use(block);
  }

  // Messages and streams.

  /// Subscribes to channels, on a connection of its own that is kept up. In a task, which closes
  /// the subscription.
  ///
  /// @throws tulip.redis.protocol.RedisException if the server refuses it
  /// @throws IOException if there is no connection to be had
  public Subscription subscribe(String... channels) throws IOException {
    return Subscription.open(
        options.session(), connector, subscription -> subscription.subscribe(channels));
  }

  /// Subscribes to all channels that match patterns, as [#subscribe] does.
  ///
  /// @throws tulip.redis.protocol.RedisException if the server refuses it
  /// @throws IOException if there is no connection to be had
  public Subscription psubscribe(String... patterns) throws IOException {
    return Subscription.open(
        options.session(), connector, subscription -> subscription.psubscribe(patterns));
  }

  /// Subscribes to sharded channels, as [#subscribe] does.
  ///
  /// @throws tulip.redis.protocol.RedisException if the server refuses it
  /// @throws IOException if there is no connection to be had
  public Subscription ssubscribe(String... channels) throws IOException {
    return Subscription.open(
        options.session(), connector, subscription -> subscription.ssubscribe(channels));
  }

  /// Subscribes to what happens to keys that match patterns, as [#subscribe] does. The server has
  /// to be told to tell of it: `configSet("notify-keyspace-events", "KA")`.
  ///
  /// @throws tulip.redis.protocol.RedisException if the server refuses it
  /// @throws IOException if there is no connection to be had
  public KeyspaceEvents keyspaceEvents(String... patterns) throws IOException {
    return KeyspaceEvents.open(this, patterns);
  }

  /// MONITOR: all commands that the server gets from now on, on a connection of its own. It costs
  /// the server much of its speed. In a task, which closes it.
  ///
  /// @throws tulip.redis.protocol.RedisException if the server refuses it
  /// @throws IOException if there is no connection to be had
  public Monitor monitor() throws IOException {
    return Monitor.open(connector);
  }

  /// Deals with the entries of a stream as one of the consumers of a group, until the task is
  /// cancelled or the handler fails.
  ///
  /// First come the entries that this consumer has got before and not acknowledged, then new ones,
  /// and those that other consumers have left for [StreamConsumer#claimAfter]. Each is acknowledged
  /// when the handler returns. So each entry is dealt with once at least, and twice if something
  /// fails between the end of its handling and the acknowledgement.
  ///
  /// @throws X what the handler throws; its entry is not acknowledged
  /// @throws IOException if the server cannot be reached for longer than the session's back-off
  ///   allows, or a command fails otherwise
  public <X extends Exception> void consume(
      StreamConsumer consumer, StreamConsumer.Handler<X> handler) throws X, IOException {
    new ConsumerLoop<>(this, consumer, handler, options.session().backoff()).run();
  }

  /// Has something be done first on each connection that all share.
  void beginWith(Use<? super RedisConnection, IOException> beginning) throws IOException {
    session.declare(beginning, beginning);
  }

  /// Has new connections take the place of all that there are.
  void reconnect(String why) {
    session.reconnect(new IOException(why));
    pool.expireAll();
  }

  // The end.

  /// What the client was told.
  public RedisOptions options() {
    return options;
  }

  /// Whether the connection that all share is up.
  public boolean isConnected() {
    return session.isConnected();
  }

  boolean isClosed() {
    return closed;
  }

  /// The pool at this moment.
  public PoolStatistics poolStatistics() {
    return pool.statistics();
  }

  /// Waits for commands that are under way, for some time, and closes all connections. By the task
  /// that opened the client.
  @Override
  public void close() {
    closed = true;
    try {
      pool.close();
    } finally {
      session.close();
    }
  }

  @Override
  public String toString() {
    return "client of " + options.endpoint();
  }
}
