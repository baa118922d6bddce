// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.core.Cancelled;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.Task;
import tulip.core.Tulip;
import tulip.core.sync.Event;
import tulip.net.ByteStream;
import tulip.net.StreamLimits;
import tulip.pool.PoolOptions;
import tulip.redis.protocol.RedisException;
import tulip.redis.protocol.Reply;
import tulip.redis.protocol.RespDecoder;
import tulip.redis.protocol.RespFormatException;

/// One connection to a server.
///
/// Any number of tasks of its loop may call commands at the same time. What they call in one
/// iteration leaves in one write, without anybody waiting for the replies before: pipelining. The
/// replies come in the order of the commands, and a task that was cancelled or is late leaves its
/// place in that order, so that its reply goes to nobody else.
///
/// Once it is lost a connection stays so; [Redis] has another one then.
public final class RedisConnection implements RedisCommands, AutoCloseable {
  /// How many reads may succeed at once before other tasks have a turn.
  private static final int READS = 16;

  private static final Duration GRACE = Duration.ofSeconds(10);

  private final EventLoop loop = EventLoop.current();
  private final RedisOptions options;
  private final ByteStream stream;
  private final RespDecoder decoder;
  private final Exchanges exchanges;
  private final CommandOutput output;
  private final Event ended = new Event();
  private final Task<?> reader;

  private Consumer<? super Reply.Push> onPush = _ -> {};
  private int protocol = 2;
  private boolean subscribed;
  private boolean changed;
  private boolean watching;

  private boolean closing;

  /// Whether the server has sent something since [#check].
  private boolean heard;

  private @Nullable IOException loss;

  private RedisConnection(ByteStream stream, RedisOptions options) {
    this.stream = stream;
    this.options = options;
    decoder = new RespDecoder(options.limits());
    exchanges = new Exchanges(loop, options.maxPending(), this::giveUpWriting);
    output = new CommandOutput(stream, exchanges::changed);
    reader = loop.createTask("read from " + options.endpoint(), this::read);
  }

  // The beginning.

  /// Connects and logs in. Takes as long as it takes: see [Tulip#timeout]. In a task.
  ///
  /// @throws RedisConnectionException if the server refuses the login
  /// @throws IOException if there is no connection to be had
  public static RedisConnection connect(RedisOptions options) throws IOException {
    var limits = StreamLimits.DEFAULT.withInput(Integer.MAX_VALUE - 64);
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
    var reply = ask(limit, command);
    if (reply instanceof Reply.Failure failure) {
      throw new RedisException(failure);
    }
    return reply;
  }

  /// Sends a command of any kind that has one reply, be it an error.
  Reply ask(Duration limit, Object... command) throws IOException {
    return exchange(output.encode(command), 1, false, limit)[0];
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

  List<Reply> pipeline(Batch batch) throws IOException {
    if (batch.size() == 0) {
      return List.of();
    }
    return List.of(exchange(batch.take(), batch.size(), false, options.commandTimeout()));
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

  @Nullable List<Reply> multi(Batch batch) throws IOException {
    var all = batch.asTransaction();
    var replies = exchange(all.take(), all.size(), false, options.commandTimeout());
    watching = false;
    return Transaction.result(replies);
  }

  private Reply[] exchange(Bytes commands, int count, boolean subscribing, Duration limit)
      throws IOException {
    var task = Task.current();
    checkLoop(task);
    if (mustWait()) {
      awaitRoom(limit);
    }
    checkOpen();
    long end = output.written() + commands.length();
    long deadline = exchanges.deadline(limit);
    var exchange = new Exchange(task, count, subscribing, end, deadline, options.endpoint());
    exchanges.add(exchange);
    send(commands);
    exchange.written = true;
    return exchange.await();
  }

  /// Whether a command must wait before it is sent: too many are under way, or a large one is being
  /// written.
  private boolean mustWait() {
    return loss == null && (exchanges.isFull() || output.isBusy());
  }

  /// Nothing is lost if this is cancelled: nothing was sent.
  private void awaitRoom(Duration limit) throws RedisConnectionException {
    try {
      Tulip.timeout(
          limit.isZero() ? PoolOptions.FOREVER : limit,
          () -> {
            while (mustWait()) {
              exchanges.awaitChange();
            }
          });
    } catch (TimeoutException e) {
      throw new RedisConnectionException(
          this + " has had no room for a command within " + limit + ", it was not sent", false, e);
    }
  }

  private void checkLoop(Task<?> task) {
    if (task.loop() != loop) {
      throw new IllegalStateException(
          this + " belongs to " + loop + ": go there with submit or callSoonThreadSafe");
    }
  }

  private void checkOpen() throws RedisConnectionException {
    if (loss != null || closing) {
      throw new RedisConnectionException(
          this + (closing ? " is closed" : " was lost") + ", the command was not sent",
          false,
          loss);
    }
  }

  private void send(Bytes commands) {
    try {
      output.write(commands);
    } catch (IOException e) {
      lose(e);
    }
  }

  private void giveUpWriting() {
    lose(new IOException("the server has not taken a command within the time for one"));
  }

  // Subscriptions.

  /// Has somebody told what the server says without being asked: messages of channels that were
  /// subscribed to, keys that have changed, [Reply.Push#kind] says which. On the loop, where it
  /// must not wait.
  public void onPush(Consumer<? super Reply.Push> listener) {
    onPush = listener;
  }

  /// Subscribes to a channel or pattern; the messages go to [#onPush].
  ///
  /// @param command `SUBSCRIBE`, `PSUBSCRIBE`, `SSUBSCRIBE`, or one of these with `UN`
  /// @throws RedisException if the server refuses it
  /// @throws IOException as [#call]
  void subscribe(String command, String channel) throws IOException {
    changed = true;
    subscribed = true;
    var bytes = output.encode(command, channel);
    var reply = exchange(bytes, 1, true, options.commandTimeout())[0];
    if (reply instanceof Reply.Failure failure) {
      throw new RedisException(failure);
    }
  }

  // Reading.

  private void read() {
    try {
      for (int reads = 1; ; reads++) {
        for (Reply reply; (reply = decoder.decode(stream.input())) != null; ) {
          deliver(reply);
        }
        if (!stream.fill()) {
          throw new EOFException("the server has closed the connection");
        }
        heard = true;
        if (reads % READS == 0) {
          Tulip.yield();
        }
      }
    } catch (RespFormatException e) {
      lose(new IOException("the server does not keep to the protocol: " + e.getMessage(), e));
    } catch (IOException e) {
      lose(e);
    } catch (Cancelled e) {
      lose(new IOException("the loop ends", e));
      throw e;
    }
  }

  private void deliver(Reply reply) {
    boolean messagesAreArrays = protocol == 2 && subscribed;
    var push = Pushes.of(reply, messagesAreArrays, exchanges.isSubscribing());
    if (push != null) {
      tell(push);
    } else if (!exchanges.receive(reply)) {
      lose(new IOException("the server sent a reply to nothing that was asked: " + reply));
    }
  }

  private void tell(Reply.Push push) {
    try {
      onPush.accept(push);
    } catch (RuntimeException e) {
      loop.callExceptionHandler(new ErrorContext("a listener of " + this + " failed", e, onPush));
    }
  }

  // The end.

  private void lose(IOException why) {
    if (loss == null) {
      loss = why;
      long sent = output.sent();
      stream.abort();
      exchanges.failAll(why, sent);
      ended.set();
    }
  }

  /// Waits until the connection is lost.
  ///
  /// @throws IOException why it was lost
  void awaitLost() throws IOException {
    ended.await();
    if (loss != null) {
      throw loss;
    }
  }

  /// Whether it can be used: it was neither lost nor closed.
  public boolean isOpen() {
    return loss == null && !closing;
  }

  /// Asks the server for a sign of life, if it has given none since the last time.
  void check() throws IOException {
    if (!heard) {
      ping();
    }
    heard = false;
  }

  /// Whether replies are owed on it.
  boolean isOwed() {
    return !exchanges.isEmpty();
  }

  /// Whether it may not be what it was after the login: a database was selected, a channel
  /// subscribed to.
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

  /// How many commands wait for their replies.
  public int pending() {
    return exchanges.size();
  }

  /// Waits up to 10 s for the replies that are owed, and closes. Further commands are refused.
  @Override
  public void close() {
    closing = true;
    try {
      Tulip.moveOnAfter(
          GRACE,
          () -> {
            while (loss == null && isOwed()) {
              exchanges.awaitChange();
            }
          });
    } finally {
      abort();
    }
  }

  /// Closes at once; commands that wait fail.
  public void abort() {
    lose(new IOException("the connection was closed"));
    reader.taskScope().cancel("the connection was closed");
  }

  @Override
  public String toString() {
    return "connection to " + options.endpoint();
  }
}
