// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Tulip;
import tulip.net.ByteStream;
import tulip.pipelining.Call;
import tulip.pipelining.Pipeline;
import tulip.pipelining.PipelineLimits;
import tulip.redis.protocol.CommandEncoder;
import tulip.redis.protocol.RedisException;
import tulip.redis.protocol.Reply;

/// One connection to a server.
///
/// Any number of tasks of its loop may call commands at the same time. What they call in one
/// iteration leaves in one write, without anybody waiting for the replies before: pipelining. The
/// replies come in the order of the commands, and a task that was cancelled or is late leaves its
/// place in that order, so that its reply goes to nobody else.
///
/// Once it is lost a connection stays so; [Redis] has another one then.
public final class RedisConnection implements RedisCommands, AutoCloseable {
  /// How many bytes may wait for the server to take them before further commands wait.
  private static final int UNSENT = 1 << 20;

  private static final Duration GRACE = Duration.ofSeconds(10);

  private final EventLoop loop = EventLoop.current();
  private final RedisOptions options;
  private final RedisDialect dialect;
  private final Pipeline<Reply> pipeline;
  private final CommandEncoder encoder = new CommandEncoder(Integer.MAX_VALUE - 16);

  private int protocol = 2;
  private boolean changed;
  private boolean watching;
  private boolean closing;

  /// 0 if nobody has asked.
  private long id;

  /// How many messages had come at the last [#check].
  private long heard;

  private RedisConnection(ByteStream stream, RedisOptions options) {
    this.options = options;
    dialect = new RedisDialect(options.limits());
    var limits = new PipelineLimits(options.maxPending(), UNSENT, Duration.ZERO);
    pipeline = Pipeline.open(options.endpoint().toString(), stream, dialect, limits);
  }

  // The beginning.

  /// Connects and logs in. Takes as long as it takes: see [Tulip#timeout]. In a task.
  ///
  /// @throws RedisConnectionException if the server refuses the login
  /// @throws IOException if there is no connection to be had
  public static RedisConnection connect(RedisOptions options) throws IOException {
    var limits = PipelineLimits.stream(Integer.MAX_VALUE - 64);
    return over(options.endpoint().connect(limits), options);
  }

  /// Logs in over a stream, which is the connection's from now on.
  static RedisConnection over(ByteStream stream, RedisOptions options) throws IOException {
    var connection = new RedisConnection(stream, options);
    try {
      connection.protocol = Handshake.run(connection, options.login());
      return connection;
    } catch (Throwable t) {
      connection.abort();
      throw t;
    }
  }

  // Commands.

  @Override
  public Reply call(Object... command) throws IOException {
    return switch (CommandKind.of(command)) {
      case ORDINARY -> callOrdinary(command);
      case BLOCKING -> callWithin(Duration.ZERO, command);
      case STATEFUL -> callChanging(command);
      case CONVERSATION -> throw CommandKind.noSingleReply(command);
    };
  }

  /// Calls a command of which it is known that it is an ordinary one.
  Reply callOrdinary(Object... command) throws IOException {
    return callWithin(options.commandTimeout(), command);
  }

  private Reply callChanging(Object... command) throws IOException {
    if (command[0].equals("WATCH")) {
      watching = true;
      return callOrdinary(command);
    }
    changed |= !command[0].equals("UNWATCH");
    var reply = callOrdinary(command);
    watching = false;
    return reply;
  }

  private Reply callWithin(Duration limit, Object... command) throws IOException {
    return ask(limit, command).orThrow();
  }

  /// Sends a command of any kind that has one reply, be it an error.
  Reply ask(Duration limit, Object... command) throws IOException {
    return ask(1, false, limit, () -> encode(command))[0];
  }

  /// Sends several commands in one piece, and waits for all replies.
  ///
  /// ```java
  /// var replies = connection.pipeline(batch -> {
  ///   batch.call("SET", "a", 1);
  ///   batch.call("INCR", "a");
  /// });
  /// ```
  ///
  /// @return the replies in order; errors stand among them as [Reply.Failure]
  /// @throws IOException as [#call]
  public List<Reply> pipeline(Consumer<? super Batch> commands) throws IOException {
    return pipeline(Batch.of(commands));
  }

  /// Sends the commands of a batch in one piece, and waits for all replies.
  ///
  /// @return the replies in order; errors stand among them as [Reply.Failure]
  /// @throws IOException as [#call]
  public List<Reply> pipeline(Batch batch) throws IOException {
    return batch.size() == 0 ? List.of() : batch.settle(List.of(ask(batch)));
  }

  /// Sends several commands that the server executes one after the other with nothing between, or
  /// not at all if one of them is no command.
  ///
  /// @return the replies in order; errors stand among them as [Reply.Failure], and have not undone
  ///   the others. Or `null` if a key that is watched has changed: nothing was executed then
  /// @throws RedisException if the server refused a command before it executed any
  /// @throws IOException as [#call]
  public @Nullable List<Reply> multi(Consumer<? super Batch> commands) throws IOException {
    return multi(Batch.of(commands));
  }

  /// The same with the commands of a batch.
  ///
  /// @throws IOException as [#call]
  public @Nullable List<Reply> multi(Batch batch) throws IOException {
    var replies = ask(batch.asTransaction());
    watching = false;
    var result = Transaction.result(replies);
    return result == null ? null : batch.settle(result);
  }

  private Reply[] ask(Batch batch) throws IOException {
    return ask(batch.size(), false, options.commandTimeout(), batch::buffer);
  }

  private ByteBuffer encode(Object... command) {
    encoder.put(command);
    return encoder.buffer();
  }

  /// Sends commands, and waits for their replies.
  private Reply[] ask(int count, boolean subscribing, Duration limit, Supplier<ByteBuffer> commands)
      throws IOException {
    return send(count, subscribing, limit, commands).awaitReplies();
  }

  /// Sends a command that blocks.
  Exchange sendBlocking(Object... command) throws IOException {
    return send(1, false, Duration.ZERO, () -> encode(command));
  }

  private Exchange send(
      int count, boolean subscribing, Duration limit, Supplier<ByteBuffer> commands)
      throws IOException {
    pipeline.awaitRoom(limit);
    if (closing) {
      throw new RedisConnectionException(
          this + " is closed, the command was not sent", false, null);
    }
    var exchange = new Exchange(count, subscribing, deadline(limit));
    try {
      pipeline.send(exchange, commands.get());
    } finally {
      encoder.clear();
    }
    return exchange;
  }

  private long deadline(Duration limit) {
    return limit.isZero() ? Call.NO_DEADLINE : loop.time() + limit.toNanos();
  }

  // Subscriptions.

  /// Has somebody told what the server says without being asked: messages of channels that were
  /// subscribed to, keys that have changed, [Reply.Push#kind] says which. On the loop, where it
  /// must not wait.
  public void onPush(Consumer<? super Reply.Push> listener) {
    dialect.onPush = listener;
  }

  /// Subscribes to a channel or pattern; the messages go to [#onPush].
  ///
  /// @param command `SUBSCRIBE`, `PSUBSCRIBE`, `SSUBSCRIBE`, or one of these with `UN`
  /// @throws RedisException if the server refuses it
  /// @throws IOException as [#call]
  void subscribe(String command, String channel) throws IOException {
    dialect.messagesAreArrays = protocol == 2;
    ask(1, true, options.commandTimeout(), () -> encode(command, channel))[0].orThrow();
  }

  /// Has the server tell of all commands that it gets; they go to [#onPush].
  void monitor() throws IOException {
    changed = true;
    dialect.monitoring = true;
    ask(options.commandTimeout(), "MONITOR").orThrow();
  }

  // The end.

  /// Waits until the connection is lost.
  ///
  /// @throws IOException why it was lost
  void awaitLost() throws IOException {
    pipeline.awaitLost();
  }

  /// Whether it can be used: it was neither lost nor closed.
  public boolean isOpen() {
    return pipeline.isOpen() && !closing;
  }

  /// Asks the server for a sign of life, if it has given none since the last time.
  void check() throws IOException {
    if (pipeline.received() == heard) {
      ping();
    }
    heard = pipeline.received();
  }

  /// Whether replies are owed on it.
  boolean isOwed() {
    return pipeline.pending() > 0;
  }

  /// Whether it may not be what it was after the login: a database was selected.
  boolean isChanged() {
    return changed;
  }

  /// Whether keys are watched.
  boolean isWatching() {
    return watching;
  }

  /// The version of the protocol that is spoken: 2 or 3.
  public int protocol() {
    return protocol;
  }

  /// The number that the server has given it.
  long id() throws IOException {
    if (id == 0) {
      id = clientId();
    }
    return id;
  }

  /// How many commands wait for their replies.
  public int pending() {
    return pipeline.pending();
  }

  /// Waits up to 10 s for the replies that are owed, and closes. Further commands are refused.
  @Override
  public void close() {
    closing = true;
    try {
      Tulip.moveOnAfter(GRACE, pipeline::awaitQuiet);
    } finally {
      abort();
    }
  }

  /// Closes at once; commands that wait fail.
  public void abort() {
    pipeline.lose(new IOException("the connection was closed"));
  }

  @Override
  public String toString() {
    return "connection to " + options.endpoint();
  }
}
