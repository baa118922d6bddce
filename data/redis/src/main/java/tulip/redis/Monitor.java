// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.core.TaskGroup;
import tulip.core.queue.Channel;
import tulip.core.queue.EndOfChannelException;
import tulip.pool.Receiving;
import tulip.redis.protocol.Reply;

/// All commands that a server gets, its own connection's end being the end of it.
///
/// It keeps [#CAPACITY] commands that nobody has taken; what comes beyond is dropped and counted.
///
/// It is a block, and belongs to the task that opened it, which closes it. Any task of its loop may
/// receive; each command goes to one.
public final class Monitor implements Receiving<MonitoredCommand>, AutoCloseable {
  /// How many commands it keeps that nobody has taken.
  public static final int CAPACITY = 10_000;

  private final TaskGroup group = TaskGroup.open();
  private final RedisConnection connection;
  private final Channel<MonitoredCommand> commands = Channel.open(CAPACITY);
  private @Nullable IOException loss;
  private long dropped;

  private Monitor(RedisConnection connection) {
    this.connection = connection;
    connection.onPush(this::take);
    group.start("watch " + connection, this::awaitLoss);
  }

  static Monitor open(RedisConnector connector) throws IOException {
    var connection = connector.connect();
    try {
      var monitor = new Monitor(connection);
      connection.monitor();
      return monitor;
    } catch (Throwable t) {
      connection.abort();
      throw t;
    }
  }

  private void take(Reply.Push push) {
    if (push.values().getFirst().equals(RedisDialect.MONITOR)) {
      var command = MonitoredCommand.parse(push.values().get(1).string());
      if (!commands.sender().trySend(command)) {
        dropped++;
      }
    }
  }

  private void awaitLoss() {
    try {
      connection.awaitLost();
    } catch (IOException e) {
      loss = e;
    } finally {
      commands.sender().close();
    }
  }

  /// Receives the next command. In a task.
  ///
  /// @throws IOException if the connection was lost, and all that came before was taken
  /// @throws tulip.core.queue.ChannelClosedException if it is closed
  /// @throws tulip.core.Cancelled if the task was cancelled; nothing was taken
  @Override
  public MonitoredCommand receive() throws IOException {
    try {
      return commands.receiver().receive();
    } catch (EndOfChannelException e) {
      throw new IOException("nothing is monitored any more", loss == null ? e : loss);
    }
  }

  /// How many commands were dropped, because nobody took them in time.
  public long dropped() {
    return dropped;
  }

  /// Ends it, and its connection. By the task that opened it.
  @Override
  public void close() {
    commands.receiver().close();
    connection.abort();
    group.close();
  }
}
