// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.redis.protocol.CommandEncoder;
import tulip.redis.protocol.Reply;

/// Commands that leave in one piece: of a pipeline, or of a transaction.
///
/// ```java
/// var batch = new Batch();
/// var stock = batch.queue(c -> c.decr("stock"));
/// batch.add(c -> c.lpush("log", "sold one")).call("PFADD", "buyers", name);
/// redis.multi(batch);
/// System.out.println(stock.result());
/// ```
///
/// It can be sent once.
public final class Batch {
  private static final int MAX = 1 << 30;

  /// A typed command, and perhaps what is made of its result.
  ///
  /// @param <T> what it returns
  @FunctionalInterface
  public interface Typed<T extends @Nullable Object> {
    /// Calls one method. It is run twice: first to note the command, when nothing comes back, and
    /// then to make the result of the reply.
    T on(RedisCommands commands) throws IOException;
  }

  /// A typed command whose result does not matter.
  @FunctionalInterface
  public interface Untyped {
    /// Calls one method, from which nothing comes back.
    void on(RedisCommands commands) throws IOException;
  }

  /// A command whose result somebody wants.
  private record Wanted(int at, Queued<?> result) {}

  private final CommandEncoder encoder = new CommandEncoder(MAX);
  private final List<Object[]> commands = new ArrayList<>();
  private final List<Wanted> wanted = new ArrayList<>(0);
  private boolean sent;

  /// One without commands.
  public Batch() {}

  static Batch of(Consumer<? super Batch> commands) {
    var batch = new Batch();
    commands.accept(batch);
    return batch;
  }

  /// Adds a command; its reply will be at the same place as it is here.
  ///
  /// @param command its name and its arguments, as for [Commands#call(Object...)]
  /// @return this
  /// @throws IllegalArgumentException if it blocks, has not one reply, or belongs to a transaction:
  ///   or if an argument is nothing for Redis
  public Batch call(Object... command) {
    if (CommandKind.of(command) != CommandKind.ORDINARY) {
      throw new IllegalArgumentException(command[0] + " has no place among other commands");
    }
    putAnyway(command);
    return this;
  }

  /// Adds a typed command: `batch.add(c -> c.set("a", 1))`.
  ///
  /// @param command calls one typed command, which is noted instead of sent
  /// @return this
  /// @throws IllegalArgumentException as [#call], or if it calls none
  public Batch add(Untyped command) {
    return call(NotingCommands.command(command));
  }

  /// Adds a typed command: `var sum = batch.queue(c -> c.incr("a"))`.
  ///
  /// @param command calls one typed command, which is noted instead of sent; with the same
  ///   arguments when it is run again
  /// @return its result, when the batch was executed
  /// @throws IllegalArgumentException as [#call], or if it calls none
  public <T extends @Nullable Object> Queued<T> queue(Typed<T> command) {
    var result = new Queued<>(command);
    call(NotingCommands.command(command::on));
    wanted.add(new Wanted(size() - 1, result));
    return result;
  }

  /// Adds a command of any kind that has one reply.
  void putAnyway(Object... command) {
    encoder.put(command);
    commands.add(command);
  }

  /// How many commands there are.
  public int size() {
    return commands.size();
  }

  /// The commands one by one, for who sends them to different servers.
  List<Object[]> commands() {
    return commands;
  }

  /// The commands as they are sent.
  ///
  /// @throws IllegalStateException if they were sent already
  ByteBuffer buffer() {
    if (sent) {
      throw new IllegalStateException("a batch is sent once: make another one");
    }
    sent = true;
    return encoder.buffer();
  }

  /// The same commands between MULTI and EXEC.
  Batch asTransaction() {
    var whole = new Batch();
    whole.putAnyway("MULTI");
    whole.encoder.append(Bytes.copyOf(buffer()));
    whole.commands.addAll(commands);
    whole.putAnyway("EXEC");
    return whole;
  }

  /// Has those who want a result get it.
  List<Reply> settle(List<Reply> replies) {
    for (var one : wanted) {
      one.result.settle(replies.get(one.at));
    }
    return replies;
  }
}
