// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.RedisException;
import tulip.redis.protocol.Reply;

/// What comes back from MULTI, some commands, and EXEC.
final class Transaction {
  private Transaction() {}

  /// The replies of the commands, or `null` if a key that is watched has changed.
  ///
  /// @throws RedisException if nothing was executed because a command is none
  static @Nullable List<Reply> result(Reply... replies) {
    var outcome = replies[replies.length - 1];
    if (!(outcome instanceof Reply.Failure failure)) {
      return outcome.orNull(Reply::list);
    }
    var why = new RedisException(failure);
    for (int i = 0; i < replies.length - 1; i++) {
      if (replies[i] instanceof Reply.Failure refusal) {
        why.addSuppressed(new RedisException(refusal));
      }
    }
    throw why;
  }
}
