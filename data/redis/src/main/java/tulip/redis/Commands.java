// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import tulip.redis.protocol.Reply;

/// What commands are sent to: a client, or one connection. Every command there is can be called.
public interface Commands {
  /// Sends a command and waits for its reply. In a task.
  ///
  /// @param command its name and its arguments: each a [String], sent as UTF-8,
  ///   [tulip.bytes.Bytes], a `byte[]`, a whole number or a `double`
  /// @return the reply, which is no error
  /// @throws tulip.redis.protocol.RedisException if the server answers with an error
  /// @throws RedisConnectionException if there is no connection, it was lost, or the reply is late;
  ///   it says whether the command may have been executed
  /// @throws IOException if no connection could be had
  /// @throws tulip.core.Cancelled if the task was cancelled; the command may have been executed.
  ///   Its reply goes to nobody
  /// @throws IllegalArgumentException if an argument is nothing for Redis; nothing was sent
  Reply call(Object... command) throws IOException;
}
