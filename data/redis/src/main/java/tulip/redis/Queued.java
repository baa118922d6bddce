// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.Reply;

/// The result of a command in a [Batch], when there is one.
///
/// @param <T> what the command returns
public final class Queued<T extends @Nullable Object> {
  private final Batch.Typed<T> command;
  private @Nullable Reply reply;

  Queued(Batch.Typed<T> command) {
    this.command = command;
  }

  void settle(Reply reply) {
    this.reply = reply;
  }

  /// The result. Does not wait.
  ///
  /// @throws tulip.redis.protocol.RedisException if the server answered with an error
  /// @throws IllegalStateException if the batch was not executed
  public T result() {
    if (reply == null) {
      throw new IllegalStateException("the batch of this command was not executed");
    }
    try {
      return command.on(new AnsweredCommands(reply));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the block's own
    }
  }
}
