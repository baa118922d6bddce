// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.RedisException;
import tulip.redis.protocol.Reply;

/// What commands are sent to: a client, one connection, or a [Batch], which only notes them. Every
/// command there is can be called.
public interface Commands {
  /// Sends a command and waits for its reply. In a task.
  ///
  /// @param command its name and its arguments: each a [String], sent as UTF-8,
  ///   [tulip.bytes.Bytes], a `byte[]`, a whole number or a `double`
  /// @return the reply, which is no error
  /// @throws RedisException if the server answers with an error
  /// @throws RedisConnectionException if there is no connection, it was lost, or the reply is late;
  ///   it says whether the command may have been executed
  /// @throws IOException if no connection could be had
  /// @throws tulip.core.Cancelled if the task was cancelled; the command may have been executed.
  ///   Its reply goes to nobody
  /// @throws IllegalArgumentException if an argument is nothing for Redis; nothing was sent
  Reply call(Object... command) throws IOException;

  /// Sends a command and waits for its result: what all typed commands are made of.
  ///
  /// @param result makes the result of the reply, which may be an error: a [Reply.Failure], for
  ///   which the methods of [Reply] throw
  /// @param command as for [#call(Object...)]
  /// @throws IOException as [#call(Object...)]
  default <T extends @Nullable Object> T call(
      Function<? super Reply, ? extends T> result, Object... command) throws IOException {
    Reply reply;
    try {
      reply = call(command);
    } catch (RedisException e) {
      reply = e.failure();
    }
    return result.apply(reply);
  }

  /// The same for a command whose reply may be null: then the result is too.
  ///
  /// @throws IOException as [#call(Object...)]
  default <T> @Nullable T callOrNull(Function<? super Reply, ? extends T> result, Object... command)
      throws IOException {
    return this.<@Nullable T>call(reply -> reply.orNull(result), command);
  }
}
